from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0011_moderation")]

    operations: list = []
