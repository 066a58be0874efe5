"""A stub: its slice fills it in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("chat", "0015_messenger_gaps")]
    operations: list = []
