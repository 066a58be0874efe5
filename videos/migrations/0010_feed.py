"""To be filled by its owner."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0009_insights")]

    operations: list = []
