from django.db import migrations


class Migration(migrations.Migration):
    """What changed for payments."""

    dependencies = [("commerce", "0005_checkout")]

    operations = []
