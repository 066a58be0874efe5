"""Saying that something happened, or that it was taken back: outbox rows, written with it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.notifications.kinds import Cause, kinds
from accounts.outbox import enqueue

RECEIVERS = 500  # of one job


def notify(
    kind: str,
    to: UUID | Iterable[UUID],
    *,
    actor: UUID | None = None,
    about: UUID | None = None,
    detail: UUID | None = None,
    **words: Any,
) -> None:
    """Have people told (ids; whoever did it is not); call it in the transaction of the cause.

    `about` and `detail` as in `Cause`; `words` are JSON values that the kind's sentence names.
    Blocks (R15), settings and rights are asked when the job runs.
    """
    receivers = [str(each) for each in _several(to) if each != actor]
    cause = _stored(actor, about, detail) | {"words": words, "at": timezone.now().isoformat()}
    for start in range(0, len(receivers), RECEIVERS):
        some = receivers[start : start + RECEIVERS]
        enqueue("accounts.note", kind=kinds()[kind].name, to=some, **cause)


def withdraw(
    kind: str,
    to: UUID | Iterable[UUID],
    *,
    actor: UUID | None = None,
    about: UUID | None = None,
    detail: UUID | None = None,
) -> None:
    """It was taken back: whoever has not read of it yet will not; the same arguments as then."""
    receivers = [str(each) for each in _several(to) if each != actor]
    if receivers:
        cause = _stored(actor, about, detail)
        enqueue("accounts.unnote", kind=kinds()[kind].name, to=receivers, **cause)


def _several(to: UUID | Iterable[UUID]) -> list[UUID]:
    return [to] if isinstance(to, UUID) else list(dict.fromkeys(to))


def _stored(actor: UUID | None, about: UUID | None, detail: UUID | None) -> dict[str, Any]:
    named = {"actor": actor, "about": about, "detail": detail}
    return {name: str(key) if key else None for name, key in named.items()}


def restored(actor: str | None, about: str | None, detail: str | None, words: Any = None) -> Cause:
    """A job's arguments as they were meant."""
    keys = (UUID(key) if key else None for key in (actor, about, detail))
    return Cause(*keys, words=words or {})
