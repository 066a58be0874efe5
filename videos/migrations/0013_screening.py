from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("videos", "0012_word_filters")]

    operations: list = []
