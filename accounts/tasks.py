"""Thin Celery wrappers around what accounts must do in the background."""

from celery import shared_task

from accounts import actions, outbox


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
