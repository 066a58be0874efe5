"""Creator channels and fan groups."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0007_groups")]

    operations = []
