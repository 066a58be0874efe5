"""A stub: its slice fills it in."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_notification_preferences")]
    operations: list = []
