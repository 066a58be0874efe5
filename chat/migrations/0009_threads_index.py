"""The index by which a thread is read. It holds thread messages only, and nobody waits for it."""

from django.db import migrations, models
from django.db.models import Q

from accounts.schema import AddIndexPatiently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("chat", "0009_threads_pins_forwards")]

    operations = [
        AddIndexPatiently(
            "message",
            models.Index(
                fields=["conversation", "thread", "seq"],
                condition=Q(thread__isnull=False),
                name="message_threads",
            ),
        ),
    ]
