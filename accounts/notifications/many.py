"""The same line for thousands: written, withdrawn and told of in batches.

What `lines.note` does for each of a few would take a follower of a creator a millisecond, and a
hundred thousand of them minutes. Here a batch is one statement on PostgreSQL.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts import live
from accounts.ids import uuid7
from accounts.models import Device, Notification, NotificationActor, NotificationLine
from accounts.notifications.choices import Channels, channels_of
from accounts.notifications.kinds import Cause, Channel, Kind
from accounts.outbox import enqueue_all

BATCH = 5_000  # people of one transaction: a quarter of a second, for which their lines are held


@dataclass(frozen=True, slots=True)
class _Line:
    """One person's, before it is written."""

    id: UUID
    user_id: UUID
    is_listed: bool
    is_pushed: bool


@transaction.atomic
def note_many(kind: Kind, people: Collection[UUID], cause: Cause, at: datetime) -> None:
    """Tell all of these of what somebody did: a line each, told to whoever is connected, pushed to
    whoever wants that.

    For kinds that are not grouped, and for people who were not told of this before. The caller
    knows that they are there, and that no block stands between (R15).
    """
    devices = Device.objects.by_person(people)
    wanted = channels_of(kind, people)
    lines = [_line(user_id, wanted[user_id], devices) for user_id in sorted(people)]
    lines = [line for line in lines if wanted[line.user_id]]
    if not lines:
        return
    write = _write_by_statement if connection.vendor == "postgresql" else _write_by_orm
    write(kind, cause, at, lines)
    listed = [line.user_id for line in lines if line.is_listed]
    live.tell_whoever_is_here(listed, kind.group_of(cause))
    enqueue_all(
        ("accounts.push_line_to_many", {"device": str(device), "line": str(line.id)})
        for line in lines
        if line.is_pushed
        for device in devices[line.user_id]
    )


def _line(user_id: UUID, channels: Channels, devices: dict[UUID, list[UUID]]) -> _Line:
    is_pushed = Channel.PUSH in channels and user_id in devices
    return _Line(uuid7(), user_id, Channel.IN_APP in channels, is_pushed)


@transaction.atomic
def withdraw_many(lines: QuerySet[Notification]) -> int:
    """Take back what these open lines, all of one group, tell; answers how many were left for the
    next time, if any: `BATCH` or fewer. Whoever has read theirs finds the thing gone."""
    batch = list(lines.order_by("user").values_list("pk", "user_id", "group")[:BATCH])
    if not batch:
        return 0
    people = [user_id for _key, user_id, _group in batch]
    NotificationLine.objects.held(people)
    NotificationLine.objects.filter(user__in=people).update(revision=F("revision") + 1)
    number = NotificationLine.objects.filter(user=OuterRef("user")).values("revision")
    rows = Notification.objects.standing().filter(pk__in=[key for key, _user, _group in batch])
    rows.update(withdrawn_at=timezone.now(), revision=Subquery(number))
    live.tell_whoever_is_here(people, batch[0][2])
    return len(batch)


# --- Writing --------------------------------------------------------------------------------------

# The lines' owners come in the order of their keys, as everybody who holds several takes them
# (NotificationLine.held). What a person was told of already stays as it is.
_STATEMENT = """
with person as materialized (
    select * from unnest(%(ids)s::uuid[], %(users)s::uuid[], %(listed)s::bool[], %(pushed)s::bool[])
        as person (id, user_id, is_listed, is_pushed)
),
number as (
    insert into accounts_notificationline as line (user_id, revision, seen_revision)
    select user_id, 1, 0 from person
    on conflict (user_id) do update set revision = line.revision + 1
    returning user_id, revision
),
line as (
    insert into accounts_notification (
        id, user_id, kind, "group", about, detail, actors, actor_count, words, is_listed,
        revision, news_revision, created_at, happened_at, pushed_at
    )
    select person.id, person.user_id, %(kind)s, %(group)s, %(about)s, %(detail)s,
        %(actors)s::jsonb, %(actor_count)s, %(words)s::jsonb, person.is_listed,
        number.revision, number.revision, %(now)s, %(at)s,
        case when person.is_pushed then %(now)s::timestamptz end
    from person join number using (user_id)
    on conflict do nothing
    returning id
)
insert into accounts_notificationactor (notification_id, actor_id, detail, at)
select id, %(actor)s, %(detail)s, %(at)s from line where %(actor)s::uuid is not null
"""


def _write_by_statement(kind: Kind, cause: Cause, at: datetime, lines: Sequence[_Line]) -> None:
    said = {
        "ids": [line.id for line in lines],
        "users": [line.user_id for line in lines],
        "listed": [line.is_listed for line in lines],
        "pushed": [line.is_pushed for line in lines],
        "kind": kind.name,
        "group": kind.group_of(cause),
        "about": cause.about,
        "detail": cause.detail,
        "actor": cause.actor,
        "actors": orjson.dumps(_actors(cause)).decode(),
        "actor_count": len(_actors(cause)),
        "words": orjson.dumps(dict(cause.words)).decode(),
        "at": at,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, said)


def _write_by_orm(kind: Kind, cause: Cause, at: datetime, lines: Sequence[_Line]) -> None:
    people, now = [line.user_id for line in lines], timezone.now()
    NotificationLine.objects.held(people)
    NotificationLine.objects.filter(user__in=people).update(revision=F("revision") + 1)
    numbers: dict[UUID, int] = dict(
        NotificationLine.objects.filter(user__in=people).values_list("user_id", "revision")
    )
    rows = [
        Notification(
            id=line.id,
            user_id=line.user_id,
            revision=numbers[line.user_id],
            news_revision=numbers[line.user_id],
            is_listed=line.is_listed,
            pushed_at=now if line.is_pushed else None,
            created_at=now,
            **_common(kind, cause, at),
        )
        for line in lines
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if cause.actor:
        _note_actor(cause, at, [row.pk for row in rows])


def _common(kind: Kind, cause: Cause, at: datetime) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "group": kind.group_of(cause),
        "about": cause.about,
        "detail": cause.detail,
        "actors": _actors(cause),
        "actor_count": len(_actors(cause)),
        "words": dict(cause.words),
        "happened_at": at,
    }


def _actors(cause: Cause) -> list[str]:
    return [str(cause.actor)] if cause.actor else []


def _note_actor(cause: Cause, at: datetime, keys: Iterable[UUID]) -> None:
    written = Notification.objects.filter(pk__in=list(keys)).values_list("pk", flat=True)
    NotificationActor.objects.bulk_create(
        NotificationActor(notification_id=key, actor_id=cause.actor, detail=cause.detail, at=at)
        for key in written
    )
