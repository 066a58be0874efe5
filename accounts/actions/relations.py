"""Following and blocking. Each verb may be repeated: a second time changes nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policy, ports
from accounts.filtering import spam
from accounts.models import Block, Follow, User, relation_between
from accounts.notifications import notify, withdraw
from accounts.outbox import enqueue


def _lock(*people: User) -> None:
    """Hold these rows until the end: a follow and a block of one pair cannot both slip through."""
    ids = [person.pk for person in people]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _not_self(actor: User, person: User) -> None:
    if actor.pk == person.pk:
        raise ValidationError(_("That is you."), code="relation.self")


def follow(actor: User, person: User) -> Follow:
    """Follow, or ask to where the account is private: then `accepted_at` is None until the answer.

    Raises `Refused`: `policy.unreachable` across a block or where the account is gone, `policy.R43`
    where strikes keep the actor from it, `rate.slow_down`.
    """
    _not_self(actor, person)
    policy.permit(policy.use(actor.person, "follow"))
    spam.weigh(actor, spam.Surface.FOLLOW)
    return _follow(actor, person)


@transaction.atomic
def _follow(actor: User, person: User) -> Follow:
    _lock(actor, person)
    person.refresh_from_db(fields=["is_private", "is_active"])
    policy.permit(policy.follow(person.person, relation_between(actor, person)))
    accepted_at = None if person.is_private else timezone.now()
    row, created = Follow.objects.get_or_create(
        follower=actor, followed=person, defaults={"accepted_at": accepted_at}
    )
    if created:
        notify(_kind_of(row), person.pk, actor=actor.pk)
    if created and accepted_at:
        ports.relation_changed(actor.pk, [person.pk])
    elif accepted_at and row.accepted_at is None:
        # The account was private when they asked and is public now.
        _accept(row)
        withdraw("accounts.follow_request", person.pk, actor=actor.pk)
        notify("accounts.follow", person.pk, actor=actor.pk)
    return row


def _kind_of(row: Follow) -> str:
    return "accounts.follow" if row.accepted_at else "accounts.follow_request"


def _accept(row: Follow) -> None:
    row.accepted_at = timezone.now()
    row.save(update_fields=["accepted_at"])
    ports.relation_changed(row.followed_id, [row.follower_id])


@transaction.atomic
def unfollow(actor: User, person: User) -> None:
    """Follow no longer, or withdraw the request."""
    _end_follows(Q(follower=actor, followed=person), actor, person)


@transaction.atomic
def set_bell(actor: User, person: User, *, on: bool) -> None:
    """Be told of each new video of somebody whom the actor follows, or of none; before they say so,
    friends are told. `Http404` where they do not follow."""
    rows = Follow.objects.accepted().filter(follower=actor, followed=person)
    if not rows.update(bell=on):
        raise Http404


@transaction.atomic
def remove_follower(actor: User, follower: User) -> None:
    """Somebody follows the actor no longer and is not told."""
    _end_follows(Q(follower=follower, followed=actor), actor, follower)


def _end_follows(which: Q, actor: User, other: User) -> None:
    _lock(actor, other)
    ended = list(Follow.objects.filter(which))
    for row in ended:
        row.delete()
        withdraw(_kind_of(row), row.followed_id, actor=row.follower_id)
    if ended:
        ports.relation_changed(actor.pk, [other.pk])


def _request(actor: User, follower: User) -> Follow:
    row = Follow.objects.waiting().filter(follower=follower, followed=actor).first()
    if row is None:
        raise Http404
    return row


@transaction.atomic
def accept_follow(actor: User, follower: User) -> None:
    """Let the one who asked follow; `Http404` where nothing waits."""
    _lock(actor, follower)
    _accept(_request(actor, follower))
    withdraw("accounts.follow_request", actor.pk, actor=follower.pk)
    notify("accounts.follow_accepted", follower.pk, actor=actor.pk)


@transaction.atomic
def decline_follow(actor: User, follower: User) -> None:
    """Drop the request; they are not told and may ask again. `Http404` where nothing waits."""
    _lock(actor, follower)
    _request(actor, follower).delete()
    withdraw("accounts.follow_request", actor.pk, actor=follower.pk)


@transaction.atomic
def block(actor: User, person: User) -> None:
    """R15: end everything between the two, both ways, requests included; not told to the other."""
    _not_self(actor, person)
    _lock(actor, person)
    _row, created = Block.objects.get_or_create(blocker=actor, blocked=person)
    if created:
        Follow.objects.filter(
            Q(follower=actor, followed=person) | Q(follower=person, followed=actor)
        ).delete()
        enqueue("accounts.part", one=str(actor.pk), other=str(person.pk))
        ports.relation_changed(actor.pk, [person.pk])


@transaction.atomic
def unblock(actor: User, person: User) -> None:
    """Take the actor's own block back; the follows it ended do not return."""
    _lock(actor, person)
    ended, _rows = Block.objects.filter(blocker=actor, blocked=person).delete()
    if ended:
        ports.relation_changed(actor.pk, [person.pk])
