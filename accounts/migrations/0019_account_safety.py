from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_data_rights")]

    operations: list = []
