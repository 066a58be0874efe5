"""Keeps what search knows in step with what was said: a few seconds behind, so that the writer
pays nothing for it."""

import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import chain
from uuid import UUID

from chat import sharing
from chat.models import Message, Searchable
from chat.search.kinds import kinds_of
from chat.search.words import indexed, mark_of_author, mark_of_kind

# Ids rise with the clock of whoever drafts; a draft is stored or given up within five seconds.
OVERLAP = timedelta(seconds=15)
TOGETHER = 1000
PATIENCE = 60.0  # seconds for one call; what is left is the next one's


def catch_up() -> int:
    """Take in what was said since the last time; answers how many messages. Safe side by side."""
    until = time.monotonic() + PATIENCE
    count = 0
    while time.monotonic() < until:
        messages = list(_missing()[:TOGETHER])
        Searchable.objects.bulk_create(_rows(messages), ignore_conflicts=True)
        count += len(messages)
        if len(messages) < TOGETHER:
            break
    return count


def renew(message: Message) -> None:
    """Forget what a message said before and know what it says now, inside the transaction that
    changes it. One that is not known yet is read in its time, in its new state."""
    known = Searchable.objects.filter(message=message)
    if message.is_unsent:
        known.update(words="")
    elif known.exists():
        known.update(words=_rows([message])[0].words)


def _missing():
    """People's messages that are not known, the oldest first, from a little before the newest one
    that is."""
    said = Message.objects.filter(searchable__isnull=True, notice__isnull=True)
    newest = Searchable.objects.order_by("-message_id").values_list("message_id", flat=True).first()
    if newest is not None:
        said = said.filter(pk__gt=_floor(newest))
    return said.select_related("poll").prefetch_related("attachments").order_by("pk")


def _floor(newest: UUID) -> UUID:
    """The lowest id that a message drafted `OVERLAP` before this one can have (RFC 9562)."""
    milliseconds = (newest.int >> 80) - OVERLAP // timedelta(milliseconds=1)
    return UUID(int=max(milliseconds, 0) << 80)


def _rows(messages: Iterable[Message]) -> list[Searchable]:
    messages = list(messages)
    shared = sharing.kinds(messages)
    return [_row(message, shared.get(message.pk, ())) for message in messages]


def _row(message: Message, shared: Iterable[str]) -> Searchable:
    marks = [mark_of_kind(kind) for kind in kinds_of(message, shared)]
    if message.author_id:
        marks.append(mark_of_author(message.author_id))
    words = "" if message.is_unsent else indexed(text_of(message), marks, message.conversation_id)
    return Searchable(
        message=message,
        conversation_id=message.conversation_id,
        author_id=message.author_id,
        seq=message.seq,
        said_at=message.created_at,
        words=words,
    )


def text_of(message: Message) -> str:
    """All that a message says: its words, a poll's question, the names of files."""
    poll = getattr(message, "poll", None)
    names = (media.get("name") for media in message.media or ())
    said = chain([message.body], [poll.question] if poll else [], names)
    return "\n".join(filter(None, said))
