"""One's own profile with the eyes of somebody else.

Nothing here knows a rule. Somebody who stands to the owner as was asked is put into the database,
the page's own queries answer them, and the transaction that they live in is rolled back.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import ports
from accounts.ids import uuid7
from accounts.models import Follow, User
from accounts.models.user import UserQuerySet

STRANGER, MEMBER, TEEN, FOLLOWER, FRIEND = "stranger", "member", "teen", "follower", "friend"
KINDS = {
    STRANGER: _("Somebody signed out"),
    MEMBER: _("Somebody signed in"),
    TEEN: _("Somebody of 16 or 17"),
    FOLLOWER: _("A follower"),
    FRIEND: _("A friend"),
}

# Whatever age would change belongs to somebody else's settings, not to those of the owner.
GROWN_UP, YOUNG = 30, 16


def people_to_ask_for(owner: User) -> UserQuerySet:
    """Whom a person may name: those who follow them and those they follow, blocks apart."""
    ties = Q(following__followed=owner, following__accepted_at__isnull=False) | Q(
        followers__follower=owner, followers__accepted_at__isnull=False
    )
    return User.objects.visible_to(owner).filter(ties).distinct()


@contextmanager
def viewer(owner: User, who: str) -> Iterator[User | AnonymousUser]:
    """Somebody of `KINDS`, or who stands to the owner as the one named "@ben" does, for as long as
    the block runs. Of a named person only what ties them to the owner counts: what they set for
    themselves, their age and whom they block stay theirs. Raises `Http404`."""
    if who == STRANGER:
        yield AnonymousUser()
        return
    with transaction.atomic():
        stand_in = _somebody(YOUNG if who == TEEN else GROWN_UP)
        if who.startswith("@"):
            _tie_as(owner, _named(owner, who[1:]), stand_in)
        else:
            _tie(owner, who, stand_in)
        yield stand_in
        transaction.set_rollback(True)


def request_of(request: HttpRequest, viewer: User | AnonymousUser) -> HttpRequest:
    """The request as if the viewer had made it."""
    theirs = copy.copy(request)
    theirs.user = viewer
    return theirs


def _somebody(age: int) -> User:
    key = uuid7()
    today = timezone.now().date()
    return User.objects.create(
        pk=key,
        username=f"viewer.{key.hex[-20:]}",
        email=f"{key.hex}@viewer.invalid",
        birth_date=today.replace(year=today.year - age, day=1),
    )


def _tie(owner: User, who: str, stand_in: User) -> None:
    if who not in KINDS:
        raise Http404
    if who in (FOLLOWER, FRIEND):
        _follow(stand_in.pk, owner.pk)
    if who == FRIEND:
        _follow(owner.pk, stand_in.pk)


def _named(owner: User, username: str) -> User:
    person = people_to_ask_for(owner).named(username).first()
    if person is None:
        raise Http404
    return person


def _tie_as(owner: User, person: User, stand_in: User) -> None:
    """The same follows between the two, and what apps keep of the person about the owner's."""
    for follow in Follow.objects.filter(
        Q(follower=person, followed=owner) | Q(follower=owner, followed=person)
    ):
        ends = (follow.follower_id, follow.followed_id)
        follower, followed = (stand_in.pk if key == person.pk else key for key in ends)
        _follow(follower, followed, accepted_at=follow.accepted_at, bell=follow.bell)
    ports.stand_in(owner, person, stand_in)


def _follow(follower: UUID, followed: UUID, **how: Any) -> None:
    how.setdefault("accepted_at", timezone.now())
    Follow.objects.create(follower_id=follower, followed_id=followed, **how)
