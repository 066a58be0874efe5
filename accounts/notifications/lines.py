"""Lines are made, extended and withdrawn here, by jobs. Each first holds the number lines of whom
it tells and asks only then what is true: what happens at once comes one after the other, and
nothing that is undone, blocked or turned off meanwhile slips through."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from accounts.models import Block, Notification, NotificationActor, NotificationLine, User
from accounts.models.notification import LATEST, NotificationActorQuerySet
from accounts.notifications.choices import Channels, channels_of
from accounts.notifications.kinds import Cause, Channel, Kind
from accounts.notifications.mails import mail_soon
from accounts.notifications.shown import shown
from accounts.notifications.telling import tell, tell_smaller
from accounts.push.soon import devices_to_tell, push_soon
from accounts.reading import ANY_ID, ANY_TIME, ANY_WORD, NOBODY, OTHER_ID, ByKey, Prepared

# What somebody does, takes back and does again within a day is told once: a finger that changes its
# mind, or wants to be noticed, raises the badge and the phone no second time.
AGAIN = timedelta(days=1)
FEW = 2  # receivers that most causes have


@transaction.atomic(savepoint=False)  # the job has one already
def note(kind: Kind, to: Iterable[UUID], cause: Cause, at: datetime) -> None:
    """Tell these people of the cause: a line of its own, or the unread one that it joins.

    Nobody across a block (R15), nobody who turned the kind off; nothing that was taken back.
    """
    people = _receivers(kind, to, cause.actor)
    numbers = NotificationLine.objects.held(people)
    apart = _apart(cause.actor, people)
    wanted = channels_of(kind, [people[key] for key in people if key not in apart])
    devices = devices_to_tell(key for key in wanted if Channel.PUSH in wanted[key])
    for user_id in sorted(wanted):
        if wanted[user_id] and (kind.stands is None or kind.stands(cause, user_id)):
            line = _opened(kind, user_id, cause, at)
            if again := _again(line, cause, at):
                _put_back(people[user_id], numbers[user_id], line, again)
                continue
            did = _did(line, cause.actor)
            _extend(line, numbers[user_id], cause, at, wanted[user_id], did)
            push_soon(line, devices.get(user_id, ()))
            _store(line, cause, at, did)
            tell(people[user_id], line)
            if kind.is_urgent and Channel.MAIL in wanted[user_id]:
                mail_soon(line)


@transaction.atomic(savepoint=False)
def withdraw(kind: Kind, to: Iterable[UUID], cause: Cause) -> None:
    """Take it out of their lines, unless it was done again; one in which nobody is left goes."""
    people = User.objects.in_bulk(list(to))
    numbers = NotificationLine.objects.held(people)
    for user_id in sorted(people):
        if kind.stands is None or not kind.stands(cause, user_id):
            _take_back(people[user_id], numbers[user_id], kind.group_of(cause), cause)


@transaction.atomic(savepoint=False)
def forget(to: Iterable[UUID], about: Collection[UUID]) -> None:
    """Take all lines about these out of the lists of those people: what they were about is gone."""
    people = User.objects.in_bulk(list(to))
    numbers = NotificationLine.objects.held(people)
    lines = Notification.objects.standing().filter(user__in=people, about__in=about)
    for line in lines.order_by("user", "pk"):
        _take_out(people[line.user_id], numbers[line.user_id], line, line.done_by.all())


@transaction.atomic(savepoint=False)
def part(one: UUID, other: UUID) -> None:
    """Take two people between whom a block stands out of each other's lines (R15)."""
    people = User.objects.in_bulk([one, other])
    numbers = NotificationLine.objects.held(people)
    for user_id, actor_id in ((one, other), (other, one)):
        if user_id in people and _apart(actor_id, [user_id]):
            did = NotificationActor.objects.standing()
            mine = did.filter(notification__user=user_id, actor=actor_id)
            for line in [*_lines_of(mine), *_lines_of_many(user_id, actor_id)]:
                _take_out(people[user_id], numbers[user_id], line, mine)


@transaction.atomic(savepoint=False)
def recheck(user_id: UUID, ids: Collection[UUID]) -> None:
    """Take those of these lines out that are about what the person may not see any more: they count
    no more, and come back only with something new."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    number = NotificationLine.objects.held([user_id])[user_id]
    lines = list(Notification.objects.standing().filter(user=user, pk__in=ids).order_by("pk"))
    there = {one.line.pk for one in shown(user, lines)}
    for line in lines:
        if line.pk not in there:
            _take_out(user, number, line, line.done_by.all())


def _receivers(kind: Kind, to: Iterable[UUID], actor: UUID | None) -> dict[UUID, User]:
    """Who of these is there and of an age for it, what they decided about notifications with them;
    nobody, where whoever did it is not there. One query."""
    wanted = set(to)
    found = {one.pk: one for one in _there(NOBODY, [*wanted, *([actor] if actor else [])])}
    if actor and actor not in found:
        return {}
    return {key: found[key] for key in wanted & found.keys() if kind.is_for(found[key])}


def _apart(actor: UUID | None, people: Collection[UUID]) -> set[UUID]:
    """Those between whom and the actor a block stands, whoever made it."""
    if actor is None:
        return set()
    return {key for (key,) in _blocks(NOBODY, list(people), actor)}


def _blocks_with(_viewer: Any, people: Collection[UUID], actor: UUID) -> Any:
    made = Block.objects.filter(blocker=actor, blocked__in=people).values_list("blocked_id")
    received = Block.objects.filter(blocked=actor, blocker__in=people).values_list("blocker_id")
    return made.union(received)


_blocks = ByKey(_blocks_with, FEW, ANY_ID, in_turns=False)
_there = ByKey(
    lambda _viewer, keys: (
        User.objects.active().select_related("notification_preferences").filter(pk__in=keys)
    ),
    FEW + 1,
    in_turns=False,
)


# --- Making -------------------------------------------------------------------------------------


def _opened(kind: Kind, user_id: UUID, cause: Cause, at: datetime) -> Notification:
    """The unread line that the cause joins, else a new one; not stored yet."""
    group = kind.group_of(cause)
    return _open.first(NOBODY, user_id, group) or Notification(
        user_id=user_id, kind=kind.name, group=group, about=cause.about, happened_at=at
    )


_open = Prepared(
    lambda _viewer, user, group: Notification.objects.open().filter(user=user, group=group),
    *(ANY_ID, ANY_WORD),
)


def _did(line: Notification, actor: UUID | None) -> dict[UUID | None, NotificationActor]:
    """What this actor did in the line, by its detail; no query for a new line."""
    if line.is_new or actor is None:
        return {}
    return {row.detail: row for row in _done(NOBODY, line.pk, actor)}


_done = Prepared(
    lambda _viewer, line, actor: NotificationActor.objects.filter(notification=line, actor=actor),
    *(ANY_ID, OTHER_ID),
)


def _extend(
    line: Notification,
    number: NotificationLine,
    cause: Cause,
    at: datetime,
    channels: Channels,
    did: Mapping[UUID | None, NotificationActor],
) -> None:
    """With the cause as its newest; not stored yet."""
    line.detail, line.words = cause.detail, dict(cause.words)
    line.revision = line.news_revision = number.next()
    line.happened_at = max(at, line.happened_at)
    line.is_listed = Channel.IN_APP in channels
    if cause.actor:
        if all(row.is_taken_back for row in did.values()):
            line.actor_count += 1
        others = (key for key in line.actors if key != str(cause.actor))
        line.actors = [str(cause.actor), *others][:LATEST]


def _store(
    line: Notification,
    cause: Cause,
    at: datetime,
    did: Mapping[UUID | None, NotificationActor],
) -> None:
    """Write the line and who did it: two queries."""
    line.save(force_insert=line.is_new)
    if cause.actor is None:
        return
    if (row := did.get(cause.detail)) is None:
        line.done_by.create(actor_id=cause.actor, detail=cause.detail, at=at)
    else:
        row.at, row.is_taken_back = at, False
        row.save(update_fields=["at", "is_taken_back"])


def _again(line: Notification, cause: Cause, at: datetime) -> NotificationActor | None:
    """That this actor did the very same lately and took it back, in the line that is open or in one
    that was. No query where nobody did it."""
    if cause.actor is None:
        return None
    taken_back = _taken_back(NOBODY, cause.actor, line.user_id, line.group, at - AGAIN)
    return next((row for row in taken_back if row.detail == cause.detail), None)


_taken_back = Prepared(
    lambda _viewer, actor, user, group, since: (
        NotificationActor.objects.filter(
            is_taken_back=True,
            actor=actor,
            at__gt=since,
            notification__user=user,
            notification__group=group,
        )
        .select_related("notification")
        .order_by("-at", "-pk")
    ),
    *(ANY_ID, OTHER_ID, ANY_WORD, ANY_TIME),
)


def _put_back(
    user: User, number: NotificationLine, line: Notification, again: NotificationActor
) -> None:
    """Whoever took it back is in the line again, as if nothing had been: no news, no push. In the
    one that was withdrawn, unless another was opened since."""
    theirs = again.notification
    if line.is_new or theirs.withdrawn_at is None:
        line = theirs
    same = line.done_by.filter(actor=again.actor_id, detail=again.detail)
    same.exclude(pk=again.pk).delete()
    again.notification, again.is_taken_back = line, False
    again.save(update_fields=["notification", "is_taken_back"])
    line.withdrawn_at = None
    line.revision = number.next()
    _recount(line)
    tell(user, line, is_news=False)


# --- Taking back --------------------------------------------------------------------------------


def _take_back(user: User, number: NotificationLine, group: str, cause: Cause) -> None:
    """Without an actor all of the group goes, without a detail all that the actor did there."""
    lines = Notification.objects.standing().filter(user=user, group=group)
    if cause.actor is None:
        for line in lines:
            _take_out(user, number, line, line.done_by.all())
        return
    whole = Q() if cause.detail is None else Q(detail=cause.detail)
    done = NotificationActor.objects.standing().filter(
        whole, notification__in=lines, actor=cause.actor
    )
    for line in _lines_of(done):
        _take_out(user, number, line, done)


def _lines_of(done: QuerySet[NotificationActor]) -> list[Notification]:
    return list(Notification.objects.standing().filter(pk__in=done.values("notification")))


def _lines_of_many(user_id: UUID, actor_id: UUID) -> list[Notification]:
    """What thousands got of one person (many.py) names them, and has no rows behind it."""
    theirs = Notification.objects.standing().filter(user=user_id, actors=[str(actor_id)])
    return list(theirs.filter(done_by=None))


def _take_out(
    user: User, number: NotificationLine, line: Notification, done: NotificationActorQuerySet
) -> None:
    done.filter(notification=line).take_back()
    line.revision = number.next()
    _recount(line)
    tell_smaller(user, line)


def _recount(line: Notification) -> None:
    """Store it with those who are left in it; where nobody is, it goes."""
    left = line.done_by.standing().order_by("-at", "-pk")
    newest = left.first()
    line.actor_count = left.values("actor").distinct().order_by().count()
    line.actors = [str(key) for key in _latest(line)]
    if newest is None:
        line.withdrawn_at = timezone.now()
    else:
        line.detail, line.happened_at = newest.detail, newest.at
    line.save()


def _latest(line: Notification) -> list[UUID]:
    by_person = line.done_by.standing().order_by().values("actor").annotate(last=Max("at"))
    return [row["actor"] for row in by_person.order_by("-last", "actor")[:LATEST]]
