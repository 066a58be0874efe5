"""Co-creators: asked by the author, named beside them once they say yes, gone when either wants."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from accounts import live, policy, ports
from accounts.models import Block, User, relation_between
from accounts.notifications import notify, noting, withdrawing
from accounts.notifications.causes import Job
from accounts.outbox import enqueue_all
from videos.models import Credit, Video
from videos.refusals import refused

State = Credit.State


@transaction.atomic
def invite_co_creator(author: User, video: Video, person: User) -> Credit:
    """Ask a friend to be named beside one; asking twice changes nothing.

    Raises `PermissionDenied` for others' videos, `Refused` (policy.R5, policy.R20,
    policy.unreachable, credit.unpublished, credit.unseen, credit.too_many, credit.declined).
    """
    held = _hold(video)
    if held.author_id != author.pk:
        raise PermissionDenied
    policy.permit(policy.credit(author.person, person.person, relation_between(author, person)))
    _must_see(held, person)
    if found := Credit.objects.filter(video=held, user=person).first():
        return _still_asked(found)
    if held.credits.standing().count() >= Credit.MOST:
        raise refused("credit.too_many")
    credit = Credit.objects.create(video=held, user=person)
    notify("videos.credit_invite", person.pk, actor=author.pk, about=held.pk)
    _tell(person.pk, "video.credit_invited", held, author)
    return credit


def _must_see(video: Video, person: User) -> None:
    """Nobody answers for what they cannot watch."""
    if not video.is_published:
        raise refused("credit.unpublished")
    if not Video.objects.watchable_by(person).filter(pk=video.pk).exists():
        raise refused("credit.unseen")


def _still_asked(credit: Credit) -> Credit:
    if credit.state == State.DECLINED:
        raise refused("credit.declined")
    return credit


@transaction.atomic
def accept_credit(person: User, video: Video) -> Credit:
    """Be named beside the author from now on; the rules are asked again, for people change.

    Raises `Http404` where one was not asked, `Refused` as the invitation does.
    """
    held = _hold(video)
    credit = _own(person, held)
    if credit.is_accepted:
        return credit
    author = held.author
    policy.permit(policy.credit(author.person, person.person, relation_between(author, person)))
    _must_see(held, person)
    _answer(credit, State.ACCEPTED)
    _count(held)
    by_person = {"actor": person.pk, "about": held.pk}
    accepted = noting("videos.credit_accepted", author.pk, **by_person)
    enqueue_all([*_answered(held, person), *accepted])
    _tell(author.pk, "video.credit_accepted", held, person)
    return credit


@transaction.atomic
def end_credit(person: User, video: Video) -> None:
    """Decline, or be named no more; one is not asked again for this video. `Http404` where one was
    not asked."""
    held = _hold(video)
    credit = _own(person, held)
    _answer(credit, State.DECLINED)
    _count(held)
    _untell(held, person)
    _tell(held.author_id, "video.credit_ended", held, person)


@transaction.atomic
def remove_co_creator(author: User, video: Video, person: User) -> None:
    """Take an invitation back, or a name away. `PermissionDenied` for others' videos, `Http404` for
    whom one did not ask or who declined."""
    held = _hold(video)
    if held.author_id != author.pk:
        raise PermissionDenied
    _own(person, held).delete()
    _count(held)
    _untell(held, person)
    _tell(person.pk, "video.credit_ended", held, author)


@transaction.atomic
def part_the_blocked(user_id: UUID, other_ids: Collection[UUID]) -> None:
    """Where a block stands between somebody and any of the others (R15), neither is named beside
    the other any more. Call it in the transaction that made the block."""
    between = Q(video__author=user_id, user__in=other_ids)
    between |= Q(video__author__in=other_ids, user=user_id)
    blocks = Block.objects.filter(
        Q(blocker=OuterRef("user"), blocked=OuterRef("video__author"))
        | Q(blocked=OuterRef("user"), blocker=OuterRef("video__author"))
    )
    ended = list(Credit.objects.filter(between, Exists(blocks)).select_related("video"))
    Credit.objects.filter(pk__in=[credit.pk for credit in ended]).delete()
    for credit in ended:
        _count(credit.video)


def _hold(video: Video) -> Video:
    """Locked until the end, so that two who are asked at once cannot both take the last place."""
    rows = Video.objects.select_for_update(of=("self",)).select_related("author")
    held = rows.filter(pk=video.pk).first()
    if held is None:
        raise Http404
    return held


def _own(person: User, video: Video) -> Credit:
    credit = Credit.objects.standing().filter(video=video, user=person).first()
    if credit is None:
        raise Http404
    return credit


def _answer(credit: Credit, state: str) -> None:
    credit.state, credit.answered_at = state, timezone.now()
    credit.save(update_fields=["state", "answered_at"])


def _count(video: Video) -> None:
    """How many are named; whatever shows the video shows it anew."""
    video.co_creator_count = video.credits.accepted().count()
    video.save(update_fields=["co_creator_count"])
    ports.card_changed("video", video.pk)


def _untell(video: Video, person: User) -> None:
    """Nobody is asked any more, nor was named."""
    by_person = {"actor": person.pk, "about": video.pk}
    accepted = withdrawing("videos.credit_accepted", video.author_id, **by_person)
    enqueue_all([*_answered(video, person), *accepted])


def _answered(video: Video, person: User) -> list[Job]:
    """The question does not wait for the person any more."""
    by_author = {"actor": video.author_id, "about": video.pk}
    return withdrawing("videos.credit_invite", person.pk, **by_author)


def _tell(user_id: UUID, event: str, video: Video, person: User) -> None:
    """The other one's devices hear who asked, answered or ended it."""
    told: dict[str, Any] = {"type": event, "video": str(video.pk), "title": video.title}
    live.tell_user(user_id, told | {"person": person.card()})
