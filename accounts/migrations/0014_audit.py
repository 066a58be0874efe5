from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_moderation")]

    operations: list = []
