from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_screening")]

    operations: list = []
