from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_guardians")]

    operations: list = []
