"""Albums, voice, files and stickers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0010_timing")]

    operations = []
