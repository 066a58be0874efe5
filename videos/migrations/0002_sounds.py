"""Sounds, and which video uses which."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0001_initial")]

    operations = []
