"""Finding messages in SQLite: FTS5 for the beginning of words, the rows themselves for the rest."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from chat.models import Membership, Searchable
from chat.search.looked import Hit, Looked, Place
from chat.search.words import key_of

_MATCH = "select rowid from chat_searchable_words where chat_searchable_words match %s"


def find_in_sqlite(looked: Looked, places: Sequence[Place]) -> list[Hit]:
    """One query, for as many messages as one machine's own world has."""
    if not places:
        return []
    known = Searchable.objects.filter(_matching(looked, places))
    mine = Membership.objects.active().filter(
        user=looked.user, conversation=OuterRef("conversation"), from_seq__lt=OuterRef("seq")
    )
    found = known.filter(
        Exists(mine),
        conversation__in=[place.conversation_id for place in places],
    ).exclude(author_id__in=looked.hidden)
    found = found.filter(_between(looked)).order_by("-said_at", "-id")
    return [Hit(*row) for row in found.values_list("said_at", "id", "message_id")[: looked.limit]]


def _matching(looked: Looked, places: Sequence[Place]) -> Q:
    if not looked.is_inside:
        return Q(id__in=RawSQL(_MATCH, [_expression(looked, places)]))  # noqa: S611 (parameters)
    tests = Q()
    for pattern in looked.patterns:
        tests &= Q(words__regex=pattern)
    return tests


def _between(looked: Looked) -> Q:
    between = Q()
    if looked.since:
        between &= Q(said_at__gte=looked.since)
    if looked.until:
        between &= Q(said_at__lt=looked.until)
    if looked.before:
        at = looked.before.said_at
        between &= Q(said_at__lt=at) | Q(said_at=at, id__lt=looked.before.id)
    return between


def _expression(looked: Looked, places: Sequence[Place]) -> str:
    def one(key: str) -> str:
        words = [f'"{key}{word}" *' for word in looked.words]
        return " AND ".join(words + [f'"{key}{mark}"' for mark in looked.marks])

    return " OR ".join(f"({one(key_of(place.conversation_id))})" for place in places)
