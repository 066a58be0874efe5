"""Thin Celery wrappers around what accounts must do in the background."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from celery import shared_task

from accounts import actions, outbox
from accounts.notifications import lines
from accounts.notifications.causes import restored
from accounts.notifications.kinds import kinds
from accounts.outbox import outbox_job


@shared_task(name="accounts.sweep_outbox")
def sweep_outbox() -> None:
    """Send the outbox rows that a crash or a lost broker left behind."""
    outbox.sweep()


@shared_task(name="accounts.keep_birthdays")
def keep_birthdays() -> None:
    """Let the rules of age see those whose birthday is today somewhere on earth."""
    actions.keep_birthdays()


@shared_task(name="accounts.sweep_uploads")
def sweep_uploads() -> None:
    """Hand over uploads that are whole, delete those that nobody went on with."""
    actions.sweep_uploads()


@shared_task(name="accounts.note")
@partial(outbox_job, is_one_transaction=True)
def note(kind: str, to: list[str], at: str, **cause: Any) -> None:
    """Let people know of what somebody did."""
    if kind in kinds():
        lines.note(kinds()[kind], map(UUID, to), restored(**cause), datetime.fromisoformat(at))


@shared_task(name="accounts.unnote")
@partial(outbox_job, is_one_transaction=True)
def unnote(kind: str, to: list[str], **cause: Any) -> None:
    """Take that back."""
    if kind in kinds():
        lines.withdraw(kinds()[kind], map(UUID, to), restored(**cause))


@shared_task(name="accounts.part")
@partial(outbox_job, is_one_transaction=True)
def part(one: str, other: str) -> None:
    """Take two people out of what each was told of the other."""
    lines.part(UUID(one), UUID(other))


@shared_task(name="accounts.forget_notifications")
def forget_notifications() -> None:
    """Delete what is too old to be shown."""
    actions.forget_notifications()
