"""Comments that are liked and pinned, favourites, collections, reposts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0004_watching")]

    operations = []
