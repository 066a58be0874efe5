"""Thin Celery wrappers around what chat must do in the background."""

from functools import partial

from celery import shared_task

from accounts.models import User
from accounts.outbox import outbox_job
from chat import sharing


@shared_task(name="chat.note_share")
@partial(outbox_job, is_one_transaction=True)
def note_share(user_id: str, kind: str, thing_id: str) -> None:
    """Count a share where it is counted: with the thing."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        sharing.note_share(user, kind, thing_id)
