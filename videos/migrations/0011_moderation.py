from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0010_comment_mentions")]

    operations: list = []
