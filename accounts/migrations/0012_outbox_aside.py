"""The index by which jobs that were put aside are found. It holds those alone, and nobody waits."""

from django.db import migrations, models

from accounts.schema import AddIndexPatiently


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0011_slots")]

    operations = [
        AddIndexPatiently(
            "outboxjob",
            models.Index(
                fields=["parked_at"],
                name="outbox_aside",
                condition=models.Q(
                    parked_at__isnull=False, done_at__isnull=True, discarded_at__isnull=True
                ),
            ),
        ),
    ]
