"""Clips, recipes, drafts, and every try to prepare a video."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0002_sounds")]

    operations = []
