from django.db import migrations


class Migration(migrations.Migration):
    """What changed for the ledger."""

    dependencies = [("commerce", "0008_together")]

    operations = []
