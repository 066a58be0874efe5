"""With whom somebody talked of late (`CONTACTS_OF`, R30): people alone, never a word."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.models import User
from chat.models import Conversation, Membership, Message

LOOKED_BACK = 500  # messages of a conversation: in a lively group those who spoke last are enough


def of(person: User, since: datetime) -> set[UUID]:
    """The other side of each direct conversation in which something was said since then, and
    whoever spoke in a group in which the person spoke too. Requests are nobody's business: they are
    no talk before somebody said yes. Three queries."""
    spoken = _spoken(person, since)
    direct = {key for key, (kind, _authors) in spoken.items() if kind == Conversation.Kind.DIRECT}
    sides = Membership.objects.filter(conversation__in=direct).values_list("user_id", flat=True)
    groups = (authors for key, (_kind, authors) in spoken.items() if key not in direct)
    met = set(sides).union(*(authors for authors in groups if person.pk in authors))
    return met - {person.pk}


def _spoken(person: User, since: datetime) -> dict[UUID, tuple[str, set[UUID]]]:
    """By conversation of the person's in which something was said: its kind, and who said it."""
    mine = Membership.objects.active().filter(user=person, conversation__active_at__gte=since)
    talks = mine.exclude(conversation__kind=Conversation.Kind.CHANNEL)
    talks = talks.exclude(
        conversation__kind=Conversation.Kind.DIRECT, conversation__accepted_at=None
    )
    kinds = dict(talks.values_list("conversation_id", "conversation__kind"))
    said = Message.objects.filter(
        conversation__in=list(kinds),
        seq__gt=F("conversation__last_seq") - LOOKED_BACK,
        created_at__gte=since,
        notice__isnull=True,
        author__isnull=False,
    )
    authors: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for conversation, author in (
        said.order_by().values_list("conversation_id", "author_id").distinct()
    ):
        authors[conversation].add(author)
    return {key: (kinds[key], found) for key, found in authors.items()}
