from django.db import migrations


class Migration(migrations.Migration):
    """What changed for buying together."""

    dependencies = [("commerce", "0007_orders")]

    operations = []
