"""The index by which disappearing messages are found. It holds those alone, and nobody waits."""

from django.db import migrations, models
from django.db.models import Q

from accounts.schema import AddIndexPatiently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("chat", "0010_expiry")]

    operations = [
        AddIndexPatiently(
            "message",
            models.Index(
                fields=["expires_at"],
                name="message_expiring",
                condition=Q(expires_at__isnull=False, expired_at__isnull=True),
            ),
        ),
    ]
