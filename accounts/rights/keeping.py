"""How long a kind of data is kept, said once: by whom it is deleted, after how long, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Retention:
    """`models` (labels) are kept for `kept` (None: for good) after `since`, because of `why`.

    `job` is the task that deletes them. Where that is the one that keeps this table, `sweep` is
    what it does: it answers how many went.
    """

    models: tuple[str, ...]
    kept: timedelta | None
    since: str
    why: str
    job: str
    sweep: Callable[[], int] | None = None

    @property
    def words(self) -> str:
        """ "90 days", "24 hours", "for good"."""
        if self.kept is None:
            return "for good"
        seconds = round(self.kept.total_seconds())
        for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
            if seconds >= (2 * size if unit == "day" else size) and seconds % size == 0:
                number = seconds // size
                return f"{number} {unit}{'' if number == 1 else 's'}"
        return f"{seconds} seconds"


def delete_in_batches(label: str, which: Q, *, by: str = "pk") -> int:
    """Delete these rows, a thousand in a transaction, so that nobody waits for long."""
    rows: Any = apps.get_model(label)._base_manager
    gone = 0
    while keys := list(rows.filter(which).order_by(by).values_list("pk", flat=True)[:BATCH]):
        rows.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone
