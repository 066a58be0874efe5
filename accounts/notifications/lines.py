"""Lines are made, extended and withdrawn here, by jobs: each run holds the person's number line, so
that what happens at once comes one after the other."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Block, Notification, NotificationActor, NotificationLine, User
from accounts.models.notification import LATEST
from accounts.notifications.choices import Channels, channels_of
from accounts.notifications.kinds import Cause, Channel, Kind
from accounts.notifications.telling import tell, tell_withdrawn


@transaction.atomic
def note(kind: Kind, to: Iterable[UUID], cause: Cause, at: datetime) -> None:
    """Tell these people of the cause: a line of its own, or the unread one that it joins.

    Nobody across a block (R15), nobody who turned the kind off; nothing that was taken back.
    """
    people = _reachable(to, cause.actor)
    wanted = channels_of(kind, people)
    # In the order of their keys: jobs that tell the same people wait for, and never lock, another.
    for user_id in sorted(wanted):
        if wanted[user_id] and (kind.stands is None or kind.stands(cause, user_id)):
            line = _extend(kind, people[user_id], cause, at, wanted[user_id])
            tell(people[user_id], line, wanted[user_id])


@transaction.atomic
def withdraw(kind: Kind, to: Iterable[UUID], cause: Cause) -> None:
    """Take it out of their lines; one in which nobody is left goes."""
    lines = Notification.objects.filter(
        user__in=list(to), group=kind.group_of(cause), withdrawn_at__isnull=True
    )
    for line in lines.order_by("user_id", "pk"):
        if kind.stands is None or not kind.stands(Cause(cause.actor, cause.about), line.user_id):
            _take_out(line, cause.actor)


def _reachable(to: Iterable[UUID], actor: UUID | None) -> dict[UUID, User]:
    people = User.objects.active().in_bulk(list(to))
    if actor is None:
        return people
    return {key: people[key] for key in people.keys() - _apart(actor, people)}


def _apart(actor: UUID, people: Collection[UUID]) -> set[UUID]:
    made = Block.objects.filter(blocker=actor, blocked__in=people).values_list("blocked_id")
    received = Block.objects.filter(blocked=actor, blocker__in=people).values_list("blocker_id")
    return {key for (key,) in made.union(received)}


def _extend(kind: Kind, user: User, cause: Cause, at: datetime, channels: Channels) -> Notification:
    revision = NotificationLine.objects.next_revision(user.pk)
    group = kind.group_of(cause)
    line = Notification.objects.open().filter(user=user, group=group).first()
    line = line or Notification(
        user=user, kind=kind.name, group=group, about=cause.about, happened_at=at
    )
    line.detail, line.words = cause.detail, dict(cause.words)
    line.revision, line.happened_at = revision, max(at, line.happened_at)
    line.is_listed = Channel.IN_APP in channels
    if cause.actor:
        line.actors = [str(cause.actor), *_others(line, cause.actor)][:LATEST]
    line.save()
    if cause.actor:
        _count(line, cause.actor)
    return line


def _others(line: Notification, actor: UUID | None) -> list[str]:
    return [each for each in line.actors if each != str(actor)]


def _count(line: Notification, actor: UUID) -> None:
    _row, is_new = NotificationActor.objects.get_or_create(notification=line, actor_id=actor)
    if is_new:
        line.actor_count += 1
        line.save(update_fields=["actor_count"])


def _take_out(line: Notification, actor: UUID | None) -> None:
    line.revision = NotificationLine.objects.next_revision(line.user_id)
    NotificationActor.objects.filter(notification=line, actor=actor).delete()
    left: Any = NotificationActor.objects.filter(notification=line).order_by("-at", "-pk")
    line.actor_count = left.count()
    line.actors = [str(key) for key in left.values_list("actor_id", flat=True)[:LATEST]]
    if not line.actor_count:
        line.withdrawn_at = timezone.now()
    line.save(update_fields=["revision", "actor_count", "actors", "withdrawn_at"])
    tell_withdrawn(line)
