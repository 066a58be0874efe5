"""The person's own inbox: folders, settings, search."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0013_watching")]

    operations = []
