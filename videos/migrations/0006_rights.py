"""Chosen friends, who may do what with a video, co-creators, captions, versions."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0005_around_index")]

    operations = []
