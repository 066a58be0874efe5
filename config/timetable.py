"""The timetable, kept in the database: of two beats one sends each slot, and none needs a file."""

import logging
from datetime import timedelta
from typing import Any

from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import BaseSchedule, schedule
from django.db import DatabaseError, connection

from accounts.models import BeatSlot

logger = logging.getLogger(__name__)

# Of its interval: a beat's own clock may run a little ahead of its last slot.
APART = 0.9
# A crontab's slots are at least a minute apart.
APART_ELSE = timedelta(seconds=50)


class SlotScheduler(Scheduler):
    """Celery's scheduler, except that it takes each slot in the database before it sends it.

    A second beat is refused until the first is gone, and then goes on within one interval. After a
    restart what has become due meanwhile is sent at once, what was never sent too.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        taken = _taken()
        for name, entry in self.schedule.items():
            now = entry.default_now()
            entry.last_run_at = taken.get(name, now - timedelta(days=400))

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        if _claim(entry):
            super().apply_entry(entry, producer=producer)


def apart(when: BaseSchedule) -> timedelta:
    """How long after one slot the next cannot be."""
    return when.run_every * APART if isinstance(when, schedule) else APART_ELSE


def _claim(entry: ScheduleEntry) -> bool:
    try:
        return BeatSlot.objects.claim(entry.name, apart(entry.schedule))
    except DatabaseError as error:
        logger.warning("%s is left out, without a database: %s", entry.name, error)
        return False
    finally:
        _give_connection_back()


def _taken() -> dict[str, Any]:
    try:
        return dict(BeatSlot.objects.values_list("name", "claimed_at"))
    except DatabaseError as error:
        logger.warning("the timetable begins anew, without a database: %s", error)
        return {}
    finally:
        _give_connection_back()


def _give_connection_back() -> None:
    """Beat lives for months: each look takes a connection that works."""
    if not connection.in_atomic_block:
        connection.close()
