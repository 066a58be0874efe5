from django.db import migrations


class Migration(migrations.Migration):
    """What changed for where products are met."""

    dependencies = [("commerce", "0003_catalogue")]

    operations = []
