"""Thin Celery wrappers around what chat must do in the background."""

from datetime import timedelta
from functools import partial

from celery import shared_task

from accounts.models import User
from accounts.outbox import outbox_job
from chat import actions, following, search, sharing


@shared_task(name="chat.close_polls")
def close_polls() -> None:
    """Close the polls whose time has come."""
    actions.close_due_polls()


@shared_task(name="chat.renew_cards")
@outbox_job
def renew_cards(kind: str, object_id: str, after: str = "") -> None:
    """Let the conversations that show a thing know how it looks now."""
    following.renew_cards(kind, object_id, after)


@shared_task(name="chat.index_messages")
def index_messages() -> None:
    """Let search know what was said since the last time."""
    search.catch_up()


@shared_task(name="chat.prepare_media")
@partial(outbox_job, given_up=actions.give_up_media)
def prepare_media(media_id: str) -> None:
    """Make what a message shows of an upload."""
    actions.prepare_media(media_id)


@shared_task(name="chat.prepare_film")
@partial(outbox_job, given_up=actions.give_up_media)
def prepare_film(media_id: str) -> None:
    """The same of a film: where long jobs are done, so that no picture waits for it."""
    actions.prepare_media(media_id)


@shared_task(name="chat.sweep_media")
def sweep_media() -> None:
    """Delete the files of what was never sent and of what is not shown any more."""
    actions.sweep_media()


@shared_task(name="chat.send_due")
def send_due() -> None:
    """Send the scheduled messages whose time has come."""
    actions.send_due()


@shared_task(name="chat.remind_due")
def remind_due() -> None:
    """Tell people of what they wanted to be reminded of."""
    actions.remind_due()


@shared_task(name="chat.empty_expired")
def empty_expired() -> None:
    """Delete what is in messages that disappeared."""
    actions.empty_expired()


@shared_task(name="chat.count_streaks")
def count_streaks(minutes: int) -> None:
    """Count the days of those conversations in which something was said in the last `minutes`."""
    actions.count_streaks(timedelta(minutes=minutes))


@shared_task(name="chat.note_share")
@partial(outbox_job, is_one_transaction=True)
def note_share(user_id: str, kind: str, thing_id: str) -> None:
    """Count a share where it is counted: with the thing."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        sharing.note_share(user, kind, thing_id)


@shared_task(name="chat.tend_watchings")
def tend_watchings() -> None:
    """Let go of whoever fell silent at a shared player, and of players nobody came back to."""
    actions.tend_watchings()
