"""A stub: its slice fills it in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_follow_bell")]
    operations: list = []
