from django.db import migrations


class Migration(migrations.Migration):
    """What changed for the catalogue."""

    dependencies = [("commerce", "0002_sellers")]

    operations = []
