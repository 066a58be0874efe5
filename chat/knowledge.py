"""What the hub asks the database: who may hear what, how far it has come, which sessions live."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import Block
from chat import changes, events
from chat.models import Conversation, Membership
from chat.sessions import living

__all__ = ["Known", "Line", "heads", "living", "news_after", "of_user", "of_users"]


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation as one person may hear it."""

    revision: int
    from_seq: int
    size: int


@dataclass(slots=True)
class Known:
    """By user id: their conversations, and whom a block keeps apart; and the sessions that live."""

    lines: dict[str, dict[str, Line]] = field(default_factory=dict)
    blocked: dict[str, frozenset[str]] = field(default_factory=dict)
    living: set[str] = field(default_factory=set)

    def heads_of(self, user: str) -> dict[str, int]:
        return {key: line.revision for key, line in self.lines.get(user, {}).items()}


def of_user(user_id: UUID) -> Known:
    """Everything about one person; three queries."""
    return of_users({user_id})


def of_users(user_ids: set[UUID], session_keys: Iterable[str] = ()) -> Known:
    """Everything about these people and sessions; five queries, however many."""
    keys = set(session_keys)
    return Known(_lines(user_ids), _blocked(user_ids), living(keys) if keys else set())


def _lines(user_ids: set[UUID]) -> dict[str, dict[str, Line]]:
    rows = list(
        Membership.objects.reaching(user_ids).values_list(
            "user_id", "conversation_id", "conversation__revision", "from_seq"
        )
    )
    sizes = _sizes({row[1] for row in rows})
    lines: dict[str, dict[str, Line]] = {}
    for user_id, conversation_id, revision, from_seq in rows:
        line = Line(revision, from_seq, sizes[conversation_id])
        lines.setdefault(str(user_id), {})[str(conversation_id)] = line
    return lines


def _sizes(conversation_ids: set[UUID]) -> Counter[UUID]:
    found = Conversation.objects.filter(pk__in=conversation_ids).with_member_count()
    return Counter({each.pk: each.member_count for each in found.only("pk")})  # type: ignore[attr-defined]


def _blocked(user_ids: set[UUID]) -> dict[str, frozenset[str]]:
    pairs = Block.objects.filter(Q(blocker__in=user_ids) | Q(blocked__in=user_ids))
    found: dict[str, set[str]] = {}
    for one, other in pairs.values_list("blocker_id", "blocked_id"):
        found.setdefault(str(one), set()).add(str(other))
        found.setdefault(str(other), set()).add(str(one))
    return {user: frozenset(others) for user, others in found.items()}


def heads(conversations: list[str]) -> dict[str, int]:
    """How far each of these has come."""
    found = Conversation.objects.filter(pk__in=conversations).values_list("pk", "revision")
    return {str(key): revision for key, revision in found}


def news_after(conversation: str, after: int) -> dict[str, Any]:
    """What the room missed, in the shape in which processes tell each other."""
    missed = changes.changes_after(UUID(conversation), after)
    said = missed.events
    return {
        "type": "conversation.events",
        "conversation": conversation,
        "after": after,
        "head": missed.head,
        "frame": missed.frame(conversation, after),
        "oldest": 0 if missed.more else events.oldest_of(said),
        "ended": [e["user"]["id"] for e in said if e["type"] == "membership.ended"],
    }
