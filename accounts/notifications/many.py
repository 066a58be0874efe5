"""The same line for thousands: written, withdrawn and told of in batches.

What `lines.note` does for each of a few would take a follower of a creator a millisecond, and a
hundred thousand of them minutes. Here a batch is one statement on PostgreSQL, and Python touches no
row but of those who decided something or have a device.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts import live
from accounts.ids import uuid7
from accounts.models import (
    Device,
    Notification,
    NotificationChoice,
    NotificationLine,
    NotificationPreferences,
    User,
)
from accounts.notifications.choices import Channels, channels_of
from accounts.notifications.kinds import Cause, Channel, Kind
from accounts.outbox import enqueue_all

BATCH = 2_500  # people of one transaction: a tenth of a second, for which their lines are held


@dataclass(frozen=True, slots=True)
class _Batch:
    """Whose lines are to be written, in the order of their keys; `unlisted` want no line in their
    list, `pushed` are those whose devices are told."""

    people: Sequence[UUID]
    unlisted: frozenset[UUID] = frozenset()
    pushed: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)

    def ids(self) -> list[UUID]:
        """A new key for each line."""
        return [uuid7() for _person in self.people]


@transaction.atomic
def note_many(kind: Kind, people: Collection[UUID], cause: Cause, at: datetime) -> None:
    """Tell all of these of what somebody did: a line each, told to whoever is connected, pushed to
    whoever wants that.

    For people who were not told of this before. The caller knows that they are there, and that no
    block stands between (R15).
    """
    batch = _batch(kind, sorted(people))
    if not batch.people:
        return
    write = _write_by_statement if connection.vendor == "postgresql" else _write_by_orm
    ids = batch.ids()
    write(kind, cause, at, batch, ids)
    listed = (person for person in batch.people if person not in batch.unlisted)
    live.tell_whoever_is_here(listed, kind.group_of(cause))
    by_person = dict(zip(batch.people, ids, strict=True)) if batch.pushed else {}
    enqueue_all(
        ("accounts.push_line_to_many", {"device": str(device), "line": str(by_person[person])})
        for person, devices in batch.pushed.items()
        for device in devices
    )


def _batch(kind: Kind, people: Sequence[UUID]) -> _Batch:
    special = _special(kind, people)
    wanted = channels_of(kind, special)
    devices = Device.objects.by_person(wanted) if wanted else {}
    usual = kind.initial
    told = [person for person in people if wanted.get(person, usual)]
    return _Batch(
        told,
        unlisted=_without(Channel.IN_APP, told, wanted, usual),
        pushed={person: devices[person] for person in devices if Channel.PUSH in wanted[person]},
    )


def _special(kind: Kind, people: Sequence[UUID]) -> list[User]:
    """Those who decided something about what they are told of, or have a device; one query."""
    decided = NotificationChoice.objects.filter(kind=kind.name, user=OuterRef("pk"))
    preferences = NotificationPreferences.objects.filter(user=OuterRef("pk"))
    devices = Device.objects.filter(user=OuterRef("pk"))
    theirs = Q(Exists(decided)) | Q(Exists(preferences)) | Q(Exists(devices))
    own = User.objects.select_related("notification_preferences").only("pk", *_WAYS)
    return list(own.filter(theirs, _among(people)))


_WAYS = [f"notification_preferences__{way}" for way in ("in_app", "push", "digest")]


def _among(people: Sequence[UUID]) -> Q:
    """These people. On PostgreSQL as one array: five thousand parameters take longer to write down
    than to look up."""
    if connection.vendor != "postgresql":
        return Q(pk__in=people)
    array = RawSQL("select unnest(%s::uuid[])", [_array(people)])
    return Q(pk__in=array)


def _without(
    channel: Channel, people: Iterable[UUID], wanted: Mapping[UUID, Channels], usual: Channels
) -> frozenset[UUID]:
    if channel in usual:
        return frozenset(key for key, channels in wanted.items() if channel not in channels)
    return frozenset(key for key in people if channel not in wanted.get(key, usual))


@transaction.atomic
def withdraw_many(lines: QuerySet[Notification]) -> int:
    """Take back what the next `BATCH` of these open lines tell, all of one group; answers how many
    there were. Whoever has read theirs finds the thing gone."""
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
# One person did it, whom the line names: rows behind it (NotificationActor) count people, and would
# cost half as much again. Whoever takes two people apart knows of that (lines.part).
_STATEMENT = """
with person as materialized (
    select id, user_id from unnest(%(ids)s::uuid[], %(users)s::uuid[]) as person (id, user_id)
),
number as (
    insert into accounts_notificationline as line (user_id, revision, seen_revision)
    select user_id, 1, 0 from person
    on conflict (user_id) do update set revision = line.revision + 1
    returning user_id, revision
)
insert into accounts_notification (
    id, user_id, kind, "group", about, detail, actors, actor_count, words, is_listed,
    revision, news_revision, created_at, happened_at, pushed_at
)
select person.id, person.user_id, %(kind)s, %(group)s, %(about)s, %(detail)s,
    %(actors)s::jsonb, %(actor_count)s, %(words)s::jsonb,
    person.user_id not in (select unnest(%(unlisted)s::uuid[])),
    number.revision, number.revision, %(now)s, %(at)s,
    case
        when person.user_id in (select unnest(%(pushed)s::uuid[])) then %(now)s::timestamptz
    end
from person join number using (user_id)
on conflict do nothing
"""


def _write_by_statement(
    kind: Kind, cause: Cause, at: datetime, batch: _Batch, ids: Sequence[UUID]
) -> None:
    said = _common(kind, cause) | {
        "ids": _array(ids),
        "users": _array(batch.people),
        "unlisted": _array(batch.unlisted),
        "pushed": _array(batch.pushed),
        "actors": orjson.dumps(_actors(cause)).decode(),
        "words": orjson.dumps(dict(cause.words)).decode(),
        "at": at,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, said)


def _array(keys: Iterable[UUID]) -> str:
    """As PostgreSQL reads an array: one parameter, whatever it holds."""
    return "{" + ",".join([key.hex for key in keys]) + "}"


def _write_by_orm(
    kind: Kind, cause: Cause, at: datetime, batch: _Batch, ids: Sequence[UUID]
) -> None:
    people, now = list(batch.people), timezone.now()
    NotificationLine.objects.held(people)
    NotificationLine.objects.filter(user__in=people).update(revision=F("revision") + 1)
    numbers: dict[UUID, int] = dict(
        NotificationLine.objects.filter(user__in=people).values_list("user_id", "revision")
    )
    rows = [
        Notification(
            id=key,
            user_id=person,
            actors=_actors(cause),
            words=dict(cause.words),
            revision=numbers[person],
            news_revision=numbers[person],
            is_listed=person not in batch.unlisted,
            pushed_at=now if person in batch.pushed else None,
            created_at=now,
            happened_at=at,
            **_common(kind, cause),
        )
        for key, person in zip(ids, people, strict=True)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def _common(kind: Kind, cause: Cause) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "group": kind.group_of(cause),
        "about": cause.about,
        "detail": cause.detail,
        "actor_count": len(_actors(cause)),
    }


def _actors(cause: Cause) -> list[str]:
    return [str(cause.actor)] if cause.actor else []
