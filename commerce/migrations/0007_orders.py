from django.db import migrations


class Migration(migrations.Migration):
    """What changed for orders."""

    dependencies = [("commerce", "0006_paying")]

    operations = []
