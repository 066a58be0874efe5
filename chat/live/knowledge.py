"""What the hub asks the database: who may hear what, how far it has come, which sessions live."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import Block
from accounts.policy.regions import MESSAGES
from accounts.sessions import living
from chat import changes, events
from chat.models import Conversation, Membership
from chat.regions import feature_of

__all__ = [
    "Known",
    "Line",
    "heads",
    "living",
    "news_after",
    "of_each",
    "of_users",
    "sizes",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation as one person may hear it."""

    revision: int
    from_seq: int
    may_speak: bool
    is_quiet: bool = False  # a channel: nobody hears who reads, types or is there (R27)
    # Whether they let others see it, and so see it of others.
    shows_reading: bool = True
    shows_typing: bool = True
    feature: str = MESSAGES  # what is off with it (R45)


@dataclass(slots=True)
class Known:
    """By user id: their conversations, and whom a block keeps apart; and the sessions that live."""

    lines: dict[str, dict[str, Line]] = field(default_factory=dict)
    blocked: dict[str, frozenset[str]] = field(default_factory=dict)
    living: set[str] = field(default_factory=set)

    def heads_of(self, user: str, *, without: Collection[str] = ()) -> dict[str, int]:
        lines = self.lines.get(user, {}).items()
        return {key: line.revision for key, line in lines if key not in without}


def of_each(user_ids: list[UUID]) -> list[Known]:
    """Everything about these people together, for each of them."""
    known = of_users(set(user_ids))
    return [known] * len(user_ids)


def of_users(user_ids: set[UUID], session_keys: Iterable[str] = ()) -> Known:
    """Everything about these people and sessions; four queries, however many."""
    keys = set(session_keys)
    return Known(_lines(user_ids), _blocked(user_ids), living(keys) if keys else set())


def _lines(user_ids: set[UUID]) -> dict[str, dict[str, Line]]:
    rows = Membership.objects.reaching(user_ids).values_list(
        "user_id",
        "conversation_id",
        "conversation__revision",
        "from_seq",
        "send_refusal",
        "conversation__kind",
        "shows_reading",
        "shows_typing",
    )
    lines: dict[str, dict[str, Line]] = {}
    for user_id, conversation_id, revision, from_seq, refusal, kind, reads, types in rows:
        is_quiet = kind == Conversation.Kind.CHANNEL
        line = Line(revision, from_seq, not refusal, is_quiet, reads, types, feature_of(kind))
        lines.setdefault(str(user_id), {})[str(conversation_id)] = line
    return lines


def sizes(conversations: list[str]) -> list[int]:
    """How many take part in each of these."""
    keys = [UUID(each) for each in conversations]
    members = Membership.objects.active().filter(conversation__in=keys)
    counted = members.order_by().values_list("conversation").annotate(count=Count("pk"))
    found = {str(key): count for key, count in counted}
    return [found.get(conversation, 0) for conversation in conversations]


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


# How events change the number of members; somebody who came and went is missed by one, for hints.
_GROWTH = {"membership.joined": 1, "membership.ended": -1}


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
        "grown": sum(_GROWTH.get(e["type"], 0) for e in said),
    }
