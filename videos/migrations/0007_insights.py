"""Where views come from, day by day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0006_rights")]

    operations = []
