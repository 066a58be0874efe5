"""Whom a person may choose: friends first, then whom they talked with last, and for everybody else
why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _

from accounts import policy
from accounts.models import User, relations_of
from accounts.models.user import UserQuerySet
from chat import pages
from chat.models import Conversation, Membership
from chat.pages.faces import blocked_ids

LIMIT = 40
RECENT = 8
PLACES = 12
NAMED = 8  # in the list that "@" opens
LATELY = 200  # messages, of which somebody is one who spoke last


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in a people picker. `reason` says why they cannot be chosen at all."""

    card: dict[str, Any]
    is_friend: bool
    is_chosen: bool
    reason: str
    # Why they cannot come into a group, though one may write to them alone.
    group_reason: str


def friends(user: User) -> UserQuerySet:
    """The person's friends by name."""
    return User.objects.friends_of(user).active().order_by("display_name", "username")


def recent(user: User) -> UserQuerySet:
    """Those with whom the person wrote one to one, the latest first."""
    mine = Membership.objects.active().filter(user=user).values("conversation")
    direct = Membership.objects.current().filter(
        conversation__in=mine, conversation__kind=Conversation.Kind.DIRECT, user=OuterRef("pk")
    )
    talked = User.objects.visible_to(user).exclude(pk=user.pk)
    at = Subquery(direct.values("conversation__active_at")[:1])
    return talked.annotate(talked_at=at).filter(talked_at__isnull=False).order_by("-talked_at")


def strangers_to_rows(user: User, words: str, rows: Sequence[pages.Row]) -> list[User]:
    """People who match the words and with whom no conversation is listed yet."""
    known = [row.other_id for row in rows if row.other_id]
    found = User.objects.visible_to(user).matching(words).exclude(pk__in=[user.pk, *known])
    return list(found.order_by("display_name")[:6])


def candidates(
    user: User, words: str, *, group: Conversation | None = None, chosen: Iterable[str] = ()
) -> list[Candidate]:
    """Friends who match, then those one talked with last, then others who match once there are
    words; reasons from policy."""
    people = _found(user, words)
    relations = relations_of(user, [person.pk for person in people])
    members = _members(group, people)
    wanted = set(chosen)
    return [
        _candidate(user, person, relations[person.pk], group, person.pk in members, wanted)
        for person in people
    ]


def _found(user: User, words: str) -> list[User]:
    close = friends(user).matching(words) if words else friends(user)
    people = list(close[:LIMIT])
    if not words:
        people += recent(user).exclude(pk__in=[person.pk for person in people])[:RECENT]
    if words:
        others = User.objects.visible_to(user).matching(words).exclude(pk=user.pk)
        known = [person.pk for person in people]
        people += others.exclude(pk__in=known).order_by("display_name")[: LIMIT - len(people)]
    return people


def _members(group: Conversation | None, people: list[User]) -> set[UUID]:
    if group is None:
        return set()
    present = group.memberships.current().filter(user__in=people)
    return set(present.values_list("user_id", flat=True))


def _candidate(
    user: User,
    person: User,
    relation: policy.Relation,
    group: Conversation | None,
    is_member: bool,
    chosen: set[str],
) -> Candidate:
    alone = policy.start_direct(user.person, person.person, relation)
    admission = policy.add_to_group(user.person, person.person, relation)
    group_refusal = admission if isinstance(admission, policy.Refusal) else None
    refusal = group_refusal if group else (alone if group_refusal else None)
    reason = _("Already in the group") if is_member else str(refusal.sentence if refusal else "")
    return Candidate(
        card=person.card(),
        is_friend=relation.friends,
        is_chosen=person.username in chosen,
        reason=reason,
        group_reason=str(group_refusal.sentence) if group_refusal else "",
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be sent: a conversation or a person, with a face."""

    card: dict[str, Any]
    field: str
    value: str
    is_person: bool  # one of those who can be brought together in a new group


def places(user: User, words: str = "") -> list[Place]:
    """Recent conversations, then friends one has not talked with, as faces to tap."""
    rows = [row for row in pages.inbox_rows(user, words=words, limit=PLACES) if row.may_send]
    found = [
        Place(row.card, "conversations", str(row.conversation.pk), row.conversation.is_direct)
        for row in rows
    ]
    close = friends(user).matching(words) if words else friends(user)
    talked = Membership.objects.current().filter(
        conversation__in=[row.conversation.pk for row in rows if row.conversation.is_direct]
    )
    rest = close.exclude(pk__in=talked.values("user"))
    return found + [
        Place(person.card(), "people", person.username, True) for person in rest[:PLACES]
    ]


def mentionable(viewer: Membership, words: str = "") -> list[tuple[Membership, bool]]:
    """Whom a member may want to name in a group, and whether they are friends: these first, then
    who spoke last, then the rest by name; nobody across a block (R15)."""
    members = viewer.conversation.memberships.active().named(words).select_related("user")
    members = members.exclude(user__in={viewer.user_id, *blocked_ids(viewer.user)})
    friends = User.objects.friends_of(viewer.user).filter(pk=OuterRef("user"))
    ranked: Any = members.annotate(
        is_friend=Exists(friends), spoke=_last_words(viewer.conversation)
    )
    ordered = ranked.order_by("-is_friend", "-spoke", "user__display_name", "pk")
    return [(member, member.is_friend) for member in ordered[:NAMED]]


def _last_words(conversation: Conversation) -> Case:
    """By member: the place of what they said last, of the latest messages alone."""
    latest = conversation.messages.filter(seq__gt=conversation.last_seq - LATELY)
    spoke = latest.exclude(author=None).values_list("author").annotate(Max("seq"))
    return Case(*[When(user=who, then=seq) for who, seq in spoke.order_by()], default=Value(0))
