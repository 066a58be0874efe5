"""Stretches of a talk as one viewer sees them: around a place, of a thread, one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from accounts.reading import ANY_ID, ANY_PLACE, ANY_TIME, NOBODY, Prepared
from chat import passages
from chat.models import Membership, Message
from chat.models.message import MessageQuerySet
from chat.nicknames import lay_over
from chat.pages.faces import blocked_ids
from chat.pages.messages import MESSAGES, Shown, shown


@dataclass(frozen=True, slots=True)
class Stretch:
    """Messages beyond those that a page has, oldest first.

    `thread` is the root around which they are, where the place that was asked for stands in its
    thread.
    """

    messages: list[Shown]
    has_older: bool
    has_newer: bool
    thread: int | None = None


def stretch(
    user: User,
    membership: Membership,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
) -> Stretch:
    """Those before, after or around a place; without one the newest."""
    present = main_list(membership)
    root = root_of(membership, around)
    if around is not None:
        passage = passages.around(present, root or around, MESSAGES)
    elif after is not None:
        passage = passages.after(present, after, MESSAGES)
    else:
        passage = passages.before(present, before, MESSAGES)
    messages = shown_to(user, membership, passage, hidden=blocked_ids(user))
    return Stretch(messages, passage.has_older, passage.has_newer, root)


def root_of(membership: Membership, seq: int | None) -> int | None:
    """Under which message the one at this place stands, for those who see that."""
    if seq is None:
        return None
    asked = Message.objects.filter(conversation=membership.conversation_id, seq=seq)
    return asked.filter(thread__gt=membership.from_seq).values_list("thread", flat=True).first()


def thread(user: User, membership: Membership, root: int, *, before: int | None = None) -> Stretch:
    """The message at `root` and what was said under it, the newest part of that, oldest first."""
    seen = Message.objects.filter(conversation=membership.conversation_id).unexpired()
    inside = seen.filter(seq__gt=membership.from_seq).in_thread(root)
    passage = passages.before(inside, before, MESSAGES)
    messages = shown_to(user, membership, passage, hidden=blocked_ids(user))
    return Stretch(messages, passage.has_older, passage.has_newer)


def one(user: User, membership: Membership, seq: int) -> Shown | None:
    """One message as the person sees it, or None where they do not."""
    seen = Message.objects.filter(conversation=membership.conversation_id, seq=seq).unexpired()
    found = list(seen.filter(seq__gt=membership.from_seq, notice__isnull=True).with_parts())
    page = shown(user, found, hidden=blocked_ids(user))
    _suit(page, membership)
    return page[0] if page else None


def main_list(membership: Membership) -> MessageQuerySet:
    """What the person sees of the talk itself: threads stand under their roots."""
    return _main_list(membership.conversation_id, membership.from_seq)


def _main_list(
    conversation_id: UUID, from_seq: int, now: datetime | None = None
) -> MessageQuerySet:
    messages = Message.objects.filter(conversation=conversation_id).unexpired(now)
    return messages.filter(seq__gt=from_seq).in_main_list(from_seq)


def newest(membership: Membership, limit: int) -> passages.Passage:
    """The end of it: what a conversation opens with."""
    values = (membership.conversation_id, membership.from_seq, timezone.now())
    return passages.ending(_newest(limit + 1)(NOBODY, *values), limit)


@cache
def _newest(limit: int) -> Prepared:
    return Prepared(
        lambda _viewer, *values: _main_list(*values).before(None).with_parts()[:limit],
        *(ANY_ID, ANY_PLACE, ANY_TIME),
    )


def shown_to(
    user: User, membership: Membership, passage: passages.Passage, **options: Any
) -> list[Shown]:
    """A passage as the person sees it."""
    messages = shown(user, passage.messages, **options)
    _suit(messages, membership)
    return messages


def _suit(messages: Sequence[Shown], membership: Membership) -> None:
    """Under the names that the viewer gave; in a channel as posts that may be answered."""
    lay_over(messages, membership.nicknames)
    for item in messages if membership.conversation.is_channel else ():
        item.is_post = True
