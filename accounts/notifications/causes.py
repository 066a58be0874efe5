"""Saying that something happened, or that it was taken back: outbox rows, written with it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.notifications.kinds import Cause, kinds
from accounts.outbox import enqueue

RECEIVERS = 500  # of one job

Job = tuple[str, dict[str, Any]]  # a Celery task and its arguments


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
    _write(noting(kind, to, actor=actor, about=about, detail=detail, **words))


def withdraw(
    kind: str,
    to: UUID | Iterable[UUID],
    *,
    actor: UUID | None = None,
    about: UUID | None = None,
    detail: UUID | None = None,
) -> None:
    """It was taken back: whoever has not read of it yet will not; the same arguments as then."""
    _write(withdrawing(kind, to, actor=actor, about=about, detail=detail))


def forget(to: UUID | Iterable[UUID], about: Iterable[UUID]) -> None:
    """These things are gone, or are no longer for those people: all their lines about them go."""
    _write(forgetting(to, about))


# --- The same as jobs, for verbs that have several: `enqueue_all` writes them with one query ------


def noting(
    kind: str,
    to: UUID | Iterable[UUID],
    *,
    actor: UUID | None = None,
    about: UUID | None = None,
    detail: UUID | None = None,
    **words: Any,
) -> list[Job]:
    """The jobs of `notify`."""
    cause = _stored(actor, about, detail) | {"words": words, "at": timezone.now().isoformat()}
    named = {"kind": kinds()[kind].name, **cause}
    return [("accounts.note", {"to": some, **named}) for some in _batches(to, actor)]


def withdrawing(
    kind: str,
    to: UUID | Iterable[UUID],
    *,
    actor: UUID | None = None,
    about: UUID | None = None,
    detail: UUID | None = None,
) -> list[Job]:
    """The jobs of `withdraw`."""
    named = {"kind": kinds()[kind].name, **_stored(actor, about, detail)}
    return [("accounts.unnote", {"to": some, **named}) for some in _batches(to, actor)]


def forgetting(to: UUID | Iterable[UUID], about: Iterable[UUID]) -> list[Job]:
    """The jobs of `forget`."""
    gone = [str(key) for key in about]
    return [("accounts.forget_about", {"to": some, "about": gone}) for some in _batches(to, None)]


def _batches(to: UUID | Iterable[UUID], actor: UUID | None) -> list[list[str]]:
    """The receivers, so many for each job; whoever did it is none."""
    people = [to] if isinstance(to, UUID) else dict.fromkeys(to)
    receivers = [str(each) for each in people if each != actor]
    return [receivers[start : start + RECEIVERS] for start in range(0, len(receivers), RECEIVERS)]


def _write(jobs: Iterable[Job]) -> None:
    for task, arguments in jobs:
        enqueue(task, **arguments)


def _stored(actor: UUID | None, about: UUID | None, detail: UUID | None) -> dict[str, Any]:
    named = {"actor": actor, "about": about, "detail": detail}
    return {name: str(key) if key else None for name, key in named.items()}


def restored(actor: str | None, about: str | None, detail: str | None, words: Any = None) -> Cause:
    """A job's arguments as they were meant."""
    return Cause(_key(actor), _key(about), _key(detail), words=words or {})


def _key(stored: str | None) -> UUID | None:
    return UUID(stored) if stored else None
