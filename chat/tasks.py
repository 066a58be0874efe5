"""Thin Celery wrappers around what chat must do in the background."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from celery import shared_task

from accounts.models import User
from accounts.outbox import outbox_job
from chat import actions, following, screening, search, sharing
from chat.linking import following as links_following
from chat.linking import reading
from chat.notifications import telling
from chat.pushing import channels, looking, sending


@shared_task(name="chat.close_polls")
def close_polls() -> None:
    """Close the polls whose time has come."""
    actions.close_due_polls()


@shared_task(name="chat.flag_revealing")
@partial(outbox_job, is_one_transaction=True)
def flag_revealing(user_id: str, conversation_id: str, media: list[str]) -> None:
    """Let moderators know who tried to send nakedness to young people."""
    screening.flag_revealing(UUID(user_id), conversation_id, media)


@shared_task(name="chat.tell_of_mentions")
@partial(outbox_job, is_one_transaction=True)
def tell_of_mentions(message_id: str) -> None:
    """Let those whom a message names know of it."""
    telling.tell_of_mentions(UUID(message_id))


@shared_task(name="chat.tell_of_reply")
@partial(outbox_job, is_one_transaction=True)
def tell_of_reply(message_id: str) -> None:
    """Let whom a message answers know of it."""
    telling.tell_of_reply(UUID(message_id))


@shared_task(name="chat.read_mentions")
@partial(outbox_job, is_one_transaction=True)
def read_mentions(user_id: str, conversation_id: str) -> None:
    """Let what told somebody of mentions, or of answers, that they have read be read as well."""
    telling.read_lines_of_calls(UUID(user_id), UUID(conversation_id))


@shared_task(name="chat.tell_of_closed_poll")
@partial(outbox_job, is_one_transaction=True)
def tell_of_closed_poll(poll_id: str, closed_by: str | None = None) -> None:
    """Let those who took part in a poll know that it has ended."""
    telling.tell_of_closed_poll(UUID(poll_id), UUID(closed_by) if closed_by else None)


@shared_task(name="chat.renew_cards")
@outbox_job
def renew_cards(kind: str, object_id: str, after: str = "") -> None:
    """Let the conversations that show a thing know how it looks now."""
    following.renew_cards(kind, object_id, after)


@shared_task(name="chat.read_links")
@outbox_job
def read_links(message_id: str) -> None:
    """Look up what a message links to."""
    reading.read_links(message_id)


@shared_task(name="chat.renew_links")
@outbox_job
def renew_links(where: dict[str, str], after: str = "") -> None:
    """Let the conversations that link there know how it looks now."""
    links_following.renew_links(where, after)


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


@shared_task(name="chat.push_news")
def push_news(conversations: list[str]) -> None:
    """Write the pushes for what was just said in these conversations."""
    looking.look_at(map(UUID, conversations))


@shared_task(name="chat.push_missed")
def push_missed() -> None:
    """The same wherever no hint was heard of it."""
    looking.look_everywhere()


@shared_task(name="chat.push_post")
@partial(outbox_job, is_one_transaction=True)
def push_post(channel: str, after_seq: int, last_seq: int, after: str | None = None) -> None:
    """Write those for a channel's posts, for a batch of its followers."""
    channels.push_post(UUID(channel), after_seq, last_seq, UUID(after) if after else None)


@shared_task(name="chat.push_waiting")
@partial(outbox_job, given_up=sending.give_up)
def push_waiting(waiting: int) -> None:
    """Tell one device what was said in one conversation."""
    sending.push_waiting(waiting)


@shared_task(name="chat.push_to_many")
@partial(outbox_job, given_up=sending.give_up)
def push_to_many(waiting: int) -> None:
    """The same where many are told of it: nobody's own messages wait for these."""
    sending.push_waiting(waiting)
