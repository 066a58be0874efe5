"""Looks which of the newest messages are worth a push, and to whom: a moment after they were said.

A conversation's cursor moves in the transaction that writes its pushes. So however often this runs,
at once or after a crash, each message is looked at exactly once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.ids import uuid7_from
from accounts.outbox import enqueue
from chat.models import Membership, Message, PushCursor, PushNet
from chat.pushing import hearing, waiting

TOGETHER = 100  # conversations of one transaction
# As many messages of one conversation are looked at, after whatever time: a push names the newest
# one, or how many there are.
MOST = 200
STALE = timedelta(days=1)  # what is older nobody is woken for
# Ids rise with the clock of whoever drafts; a draft is stored or given up within five seconds.
OVERLAP = timedelta(seconds=15)


def look_at(conversation_ids: Iterable[UUID]) -> None:
    """Write the pushes for what was said in these since the last look."""
    keys = sorted(set(conversation_ids))
    for start in range(0, len(keys), TOGETHER):
        # Where nobody has a device nothing is held, and nothing written.
        if heard := hearing.listened_to(keys[start : start + TOGETHER]):
            _look_at(heard)


def look_everywhere() -> None:
    """Find what no hint was heard of: where something was said since the last time."""
    now, reached = timezone.now(), PushNet.objects.reached()
    said = Message.objects.filter(pk__gt=uuid7_from(max(reached - OVERLAP, now - STALE)))
    unseen = Q(conversation__push_cursor__seq=None) | Q(seq__gt=F("conversation__push_cursor__seq"))
    look_at(said.filter(unseen).order_by().values_list("conversation", flat=True).distinct())
    PushNet.objects.reach(now)


@transaction.atomic
def _look_at(conversation_ids: Sequence[UUID]) -> None:
    cursors = _held(conversation_ids)
    said = _said(cursors)
    _tell_channels(cursors, said)
    people = [cursor.pk for cursor in cursors if cursor.pk in said and not _is_channel(cursor)]
    members = list(hearing.listeners().filter(conversation__in=people)) if people else []
    waiting.write(_worth(members, said))
    for cursor in cursors:
        cursor.seq = cursor.conversation.last_seq
    PushCursor.objects.bulk_update(cursors, ["seq"])


def _held(conversation_ids: Iterable[UUID]) -> list[PushCursor]:
    """The cursors with something behind them, held until the end; always in the same order. What is
    stored up to their conversation's `last_seq` can be read, since that is its commit order."""
    keys = sorted(conversation_ids)
    PushCursor.objects.bulk_create(
        [PushCursor(conversation_id=key) for key in keys], ignore_conflicts=True
    )
    rows = PushCursor.objects.filter(pk__in=keys).select_related("conversation").order_by("pk")
    held = rows.select_for_update(of=("self",))
    return [cursor for cursor in held if cursor.conversation.last_seq > (cursor.seq or 0)]


def _said(cursors: Iterable[PushCursor]) -> dict[UUID, list[Message]]:
    """What people said behind the cursors, by conversation; one query."""
    now, named = timezone.now(), Q()
    since = max(PushNet.objects.reached() - OVERLAP, now - STALE)
    for cursor in cursors:
        head = cursor.conversation.last_seq
        oldest = now - STALE if cursor.seq is not None else since
        places = {"seq__gt": max(cursor.seq or 0, head - MOST), "seq__lte": head}
        named |= Q(conversation=cursor.pk, pk__gt=uuid7_from(oldest), **places)
    found: defaultdict[UUID, list[Message]] = defaultdict(list)
    for message in hearing.people_said().filter(named) if named else ():
        found[message.conversation_id].append(message)
    return dict(found)


def _worth(
    members: Sequence[Membership], said: dict[UUID, list[Message]]
) -> list[tuple[Membership, list[Message]]]:
    """Whom to tell of what."""
    if not members:
        return []
    everything = [message for messages in said.values() for message in messages]
    blocked = hearing.apart(everything, {member.user_id for member in members})
    told = (
        (member, hearing.worth_a_push(member, said[member.conversation_id], blocked))
        for member in members
    )
    return [(member, messages) for member, messages in told if messages]


def _is_channel(cursor: PushCursor) -> bool:
    return cursor.conversation.is_channel


def _tell_channels(cursors: Iterable[PushCursor], said: dict[UUID, list[Message]]) -> None:
    """A channel may have a hundred thousand followers: jobs of their own go through them."""
    for cursor in cursors:
        if _is_channel(cursor) and cursor.pk in said:
            posts = said[cursor.pk]
            enqueue(
                "chat.push_post",
                channel=str(cursor.pk),
                after_seq=posts[0].seq - 1,
                last_seq=posts[-1].seq,
            )
