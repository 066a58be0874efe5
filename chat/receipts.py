"""How far people have read: many places at once, never back and never past the end."""

from collections import defaultdict
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from accounts.outbox import enqueue_all
from chat.models import Membership
from chat.notifications.telling import of_reading

Places = dict[tuple[str, str], int]  # (conversation, user) -> seq


class Remembered(NamedTuple):
    """Places that rose and that others may know, those whose row somebody holds just now, and those
    that rose and that only the reader's own devices may know."""

    told: Places
    held: Places
    own: Places


def remember(places: Places, *, patient: bool = False) -> Remembered:
    """Store these places. Having read to the end takes away the mark that it is unread.

    `patient`: wait for such rows. Who does not wait holds nobody up either, so that this and the
    writer, which also raises places, never wait in a ring. Three queries, however many places, and
    one or two where somebody read in a group: what told them of a mention, or of an answer, is read
    as well.
    """
    with transaction.atomic():
        rows = _rows(places).select_for_update(skip_locked=not patient, of=("self",))
        memberships = {_key(row): row for row in rows.select_related("conversation")}
        called = [row for row in memberships.values() if row.is_mentioned]
        risen = [row for key, row in memberships.items() if _rises(row, places[key])]
        Membership.objects.bulk_update(risen, ["read_seq", "is_marked_unread"], batch_size=500)
        enqueue_all(of_reading([row for row in called if not row.is_mentioned], risen))
    told = {_key(row): row.read_seq for row in risen if _may_be_told(row)}
    own = {_key(row): row.read_seq for row in risen if not _may_be_told(row)}
    missing = {key: seq for key, seq in places.items() if key not in memberships}
    held = {_key(row): missing[_key(row)] for row in _rows(missing)} if missing else {}
    return Remembered(told, held, own)


def _may_be_told(membership: Membership) -> bool:
    """Not of a request that waits (R12), who follows a channel (R27), or keeps it to themselves."""
    is_open = membership.is_active and not membership.conversation.is_channel
    return is_open and membership.shows_reading


def _rises(membership: Membership, seq: int) -> bool:
    place = min(seq, membership.conversation.last_seq)
    is_marked = membership.is_marked_unread and place == membership.conversation.last_seq
    rises = place > membership.read_seq
    membership.read_seq = max(place, membership.read_seq)
    membership.is_marked_unread &= not is_marked
    return rises or is_marked


def _rows(places: Places):
    readers = defaultdict(list)
    for conversation, user in places:
        readers[conversation].append(user)
    theirs = Q()
    for conversation, users in readers.items():
        theirs |= Q(conversation=conversation, user__in=users)
    reading = Membership.objects.current().exclude(state=Membership.State.INVITED)
    return reading.filter(theirs).order_by("pk")


def _key(membership: Membership) -> tuple[str, str]:
    return str(membership.conversation_id), str(membership.user_id)
