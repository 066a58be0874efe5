"""Groups: roles, rights, joining."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_membership_indexes")]

    operations = []
