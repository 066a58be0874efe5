"""How two people stand to each other: follows and blocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts import policy


class FollowQuerySet(models.QuerySet["Follow"]):
    """Follows, as sets."""

    def accepted(self) -> Self:
        """Those that count."""
        return self.filter(accepted_at__isnull=False)

    def waiting(self) -> Self:
        """Requests to a private account that wait for an answer."""
        return self.filter(accepted_at__isnull=True)

    def told_of_posts(self) -> Self:
        """Those by which the follower is told of each new video: where they want it or, while they
        did not say, where they are friends."""
        back = Follow.objects.accepted().filter(
            follower=OuterRef("followed"), followed=OuterRef("follower")
        )
        return self.accepted().filter(Q(bell=True) | Q(bell=None) & Exists(back))

    def for_answer(self, person) -> Self:
        """Requests that `person` can still answer: those who asked are here."""
        return self.waiting().filter(followed=person, follower__is_active=True)


class Follow(models.Model):
    """`follower` follows `followed`; a private account accepts first."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="following")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followers")
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    bell = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether the follower is told of each new video; empty: as a friend is.",
    )

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("follower", "followed", name="follow_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="follow_not_self"),
        ]
        indexes = [models.Index(fields=["followed", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.follower_id} follows {self.followed_id}"

    def rings(self, relation: policy.Relation) -> bool:
        """Whether the follower is told of each new video; `relation` is theirs to the other."""
        return relation.friends if self.bell is None else self.bell


class BlockQuerySet(models.QuerySet["Block"]):
    """Blocks, as sets."""

    def made_by(self, viewer, person) -> Self:
        """The viewer's own block of `person`, if any."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(blocker=viewer, blocked=person)


class Block(models.Model):
    """`blocker` wants nothing to do with `blocked`; it works both ways (R15)."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks_made"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks_received"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("blocker", "blocked", name="block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="block_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"


def unblocked(viewer, person: str) -> Q:
    """For a filter: no block stands between the viewer and whom the row's field `person` names,
    either way (R15). Reads the viewer's own blocks, however many people there are."""
    if not viewer.is_authenticated:
        return Q()
    made = Block.objects.filter(blocker=viewer, blocked=OuterRef(person))
    received = Block.objects.filter(blocked=viewer, blocker=OuterRef(person))
    return ~Q(Exists(made)) & ~Q(Exists(received))


def relations_of(actor, others: Iterable[UUID]) -> dict[UUID, policy.Relation]:
    """The policy's view of `actor` towards each of `others` (ids): three queries, however many."""
    wanted = set(others)
    follows = Follow.objects.accepted()
    followed = set(
        follows.filter(follower=actor, followed__in=wanted).values_list("followed_id", flat=True)
    )
    followers = set(
        follows.filter(followed=actor, follower__in=wanted).values_list("follower_id", flat=True)
    )
    pairs = Block.objects.filter(
        Q(blocker=actor, blocked__in=wanted) | Q(blocked=actor, blocker__in=wanted)
    ).values_list("blocker_id", "blocked_id")
    blocked = {person for pair in pairs for person in pair}
    return {
        person: policy.Relation(
            follows=person in followed, followed_by=person in followers, blocked=person in blocked
        )
        for person in wanted
    }


def relation_between(actor, other) -> policy.Relation:
    """The policy's view of `actor` towards `other`, both users."""
    return relations_of(actor, [other.pk])[other.pk]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a viewer stands to a person on their profile, rules asked."""

    relation: policy.Relation
    is_self: bool = False
    requested: bool = False
    bell: bool = False  # whether the viewer is told of each new video of theirs
    can_message: bool = False
    sees_posts: bool = False

    @property
    def follows(self) -> bool:
        return self.relation.follows

    @property
    def followed_by(self) -> bool:
        return self.relation.followed_by

    @property
    def friends(self) -> bool:
        return self.relation.friends


def _relation_by(own: Follow | None, viewer, person) -> policy.Relation:
    back = Follow.objects.accepted().filter(follower=person, followed=viewer)
    pair = Q(blocker=viewer, blocked=person) | Q(blocker=person, blocked=viewer)
    return policy.Relation(
        follows=own is not None and own.accepted_at is not None,
        followed_by=back.exists(),
        blocked=Block.objects.filter(pair).exists(),
    )


def standing_between(viewer, person) -> Standing:
    """The viewer (perhaps nobody signed in) towards a person: three queries."""
    if not viewer.is_authenticated:
        relation = policy.Relation()
        return Standing(
            relation, sees_posts=policy.sees_posts(relation, is_private=person.is_private)
        )
    if viewer == person:
        return Standing(policy.Relation(), is_self=True, sees_posts=True)
    own = Follow.objects.filter(follower=viewer, followed=person).first()
    relation = _relation_by(own, viewer, person)
    return Standing(
        relation,
        requested=own is not None and not relation.follows,
        bell=own is not None and relation.follows and own.rings(relation),
        can_message=policy.start_direct(viewer.person, person.person, relation) is None,
        sees_posts=policy.sees_posts(relation, is_private=person.is_private),
    )
