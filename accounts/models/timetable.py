"""The clock's own rows: when each slot of the timetable was last taken, each queue last proved."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now


class BeatSlotQuerySet(models.QuerySet["BeatSlot"]):
    """Slots, as sets."""

    def claim(self, name: str, apart: timedelta) -> bool:
        """Take the slot of this name; False where somebody did less than `apart` ago.

        The database's clock decides: those of two machines may differ.
        """
        if self.filter(pk=name, claimed_at__lte=Now() - apart).update(claimed_at=Now()):
            return True
        return self.get_or_create(pk=name)[1]


class BeatSlot(models.Model):
    """One entry of the timetable. However many beats run, one of them sends it each time."""

    name = models.CharField(max_length=100, primary_key=True)
    claimed_at = models.DateTimeField(db_default=Now())

    objects = BeatSlotQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Canary(models.Model):
    """One queue, and when a job last went its whole way: row, broker, worker, database."""

    queue = models.CharField(max_length=50, primary_key=True)
    # An OutboxJob's; no foreign key: those are deleted by the thousand, without a look at others.
    job_id = models.BigIntegerField(null=True, blank=True)
    sung_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.queue
