from django.db import migrations


class Migration(migrations.Migration):
    """What changed for what sellers need."""

    dependencies = [("commerce", "0001_initial")]

    operations = []
