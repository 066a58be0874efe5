"""How far people have read: many places at once, never back and never past the end."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q

from chat.models import Membership

Places = dict[tuple[str, str], int]  # (conversation, user) -> seq


def remember(places: Places, *, patient: bool = False) -> tuple[Places, Places]:
    """Store these places; answers those that rose and that others may know (not of a request that
    waits: R12), and those whose row somebody holds just now.

    `patient`: wait for such rows. Who does not wait holds nobody up either, so that this and the
    writer, which also raises places, never wait in a ring. Three queries, however many places.
    """
    with transaction.atomic():
        rows = _rows(places).select_for_update(skip_locked=not patient, of=("self",))
        memberships = {_key(row): row for row in rows.select_related("conversation")}
        risen = [row for key, row in memberships.items() if _rises(row, places[key])]
        Membership.objects.bulk_update(risen, ["read_seq"], batch_size=500)
    told = {_key(row): row.read_seq for row in risen if row.is_active}
    missing = {key: seq for key, seq in places.items() if key not in memberships}
    held = {_key(row): missing[_key(row)] for row in _rows(missing)} if missing else {}
    return told, held


def _rises(membership: Membership, seq: int) -> bool:
    place = min(seq, membership.conversation.last_seq)
    rises = place > membership.read_seq
    if rises:
        membership.read_seq = place
    return rises


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
