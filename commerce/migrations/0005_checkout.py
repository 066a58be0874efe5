from django.db import migrations


class Migration(migrations.Migration):
    """What changed for checking out."""

    dependencies = [("commerce", "0004_meeting")]

    operations = []
