"""Turns what was watched into what is known of people and videos: by a job, many at a time."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from videos.feed.signals import Signals
from videos.models import Affinity, Reception, Trend, Video, VideoDay, WatchEvent

TOGETHER = 5000
DAY = 24 * 60 * 60  # a play counts half as much a day later
WORLD = ""


@dataclass
class Sums:
    """What a handful of events adds up to."""

    receptions: dict[UUID, dict[str, int]] = field(default_factory=lambda: defaultdict(_nothing))
    views: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    affinities: dict[tuple[UUID, UUID], dict[str, Any]] = field(default_factory=dict)
    heats: dict[tuple[str, UUID], float] = field(default_factory=dict)

    def add(self, event: WatchEvent) -> None:
        signals = Signals(event.watched_ms, event.duration_ms, event.loops)
        self._received(event, signals)
        if signals.is_view:
            self.views[event.video_id] += 1
            for region in {WORLD, event.region}:
                key = (region, event.video_id)
                self.heats[key] = hotter(self.heats.get(key), heat_of(event.at))
        if event.user_id is not None:
            self._felt((event.user_id, event.video_id), event, signals)

    def _received(self, event: WatchEvent, signals: Signals) -> None:
        row = self.receptions[event.video_id]
        row["shown"] += 1
        row["finished"] += signals.is_finished
        row["skipped"] += not signals.is_view
        row["rewatched"] += signals.is_rewatch
        row["watched_ms"] += event.watched_ms

    def _felt(self, key: tuple[UUID, UUID], event: WatchEvent, signals: Signals) -> None:
        row = self.affinities.setdefault(
            key, {"score": 0.0, "finished": 0, "times": 0, "last_at": event.at}
        )
        row["score"] += signals.liking
        row["finished"] += signals.is_finished
        row["times"] += 1
        row["last_at"] = max(row["last_at"], event.at)


def _nothing() -> dict[str, int]:
    return dict.fromkeys(("shown", "finished", "skipped", "rewatched", "watched_ms"), 0)


def count() -> int:
    """Count what was not counted yet; answers how many events. Safe side by side."""
    counted = 0
    while True:
        taken = _count_some()
        counted += taken
        if taken < TOGETHER:
            return counted


@transaction.atomic
def _count_some() -> int:
    waiting = WatchEvent.objects.filter(counted_at__isnull=True).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    events = list(waiting[:TOGETHER])
    sums = Sums()
    for event in events:
        sums.add(event)
    _store(sums)
    VideoDay.objects.mark((event.video_id, event.at) for event in events)
    keys = [event.pk for event in events]
    WatchEvent.objects.filter(pk__in=keys).update(counted_at=timezone.now())
    return len(events)


def _store(sums: Sums) -> None:
    """In the order of keys, so that two jobs never wait for each other crosswise."""
    views = [(number, video) for video, number in sorted(sums.views.items())]
    _many("update {video} set view_count = view_count + %s where id = %s", views, Video)
    _add(Reception, ("video",), {(key,): row for key, row in sums.receptions.items()})
    _add(Affinity, ("user", "video"), sums.affinities, latest="last_at")
    _warm(sums.heats)


def _add(
    model: type[models.Model],
    keys: Sequence[str],
    rows: Mapping[tuple[Any, ...], Mapping[str, Any]],
    latest: str = "",
) -> None:
    """Insert rows of sums, or add them to those that are there; of `latest` the later one stays."""
    if not rows:
        return
    added = list(next(iter(rows.values())))
    rest = {f.name: f.get_default() for f in model._meta.concrete_fields if not f.primary_key}
    values = [
        rest | dict(zip(keys, key, strict=True)) | dict(row) for key, row in sorted(rows.items())
    ]
    fields: list[Any] = [model._meta.get_field(name) for name in values[0]]
    prepared = [
        [field.get_db_prep_save(row[field.name], connection) for field in fields] for row in values
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_adding(model, fields, keys, added, latest), prepared)


def _adding(
    model: type[models.Model],
    fields: Sequence[Any],
    keys: Sequence[str],
    added: Sequence[str],
    latest: str,
) -> str:
    table = model._meta.db_table
    sums = [f"{name} = {table}.{name} + excluded.{name}" for name in added if name != latest]
    changes = ", ".join([*sums, f"{latest} = excluded.{latest}"] if latest else sums)
    conflict = [field.column for field in fields if field.name in keys]
    return (
        f"insert into {table} ({', '.join(f.column for f in fields)})"  # noqa: S608 (our own names)
        f" values ({', '.join(['%s'] * len(fields))})"
        f" on conflict ({', '.join(conflict)})"
        f" do update set {changes}"
    )


def _many(statement: str, rows: Iterable[tuple[int, UUID]], model: type[models.Model]) -> None:
    prepare = model._meta.pk.get_db_prep_save
    values = [(number, prepare(key, connection)) for number, key in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement.format(video=model._meta.db_table), values)


# --- Heat -----------------------------------------------------------------------------------------


def heat_of(moment: datetime) -> float:
    """That of one play: days since 1970 (Cormode et al., "Forward Decay", 2009)."""
    return moment.timestamp() / DAY


def hotter(heat: float | None, more: float) -> float:
    """Two heats together: the logarithm of the sum, computed where neither overflows."""
    if heat is None:
        return more
    high, low = max(heat, more), min(heat, more)
    return high + math.log2(1 + 2 ** (low - high))


def _warm(heats: Mapping[tuple[str, UUID], float]) -> None:
    videos = {video for _region, video in heats}
    known = {(row.region, row.video_id): row.heat for row in Trend.objects.filter(video__in=videos)}
    Trend.objects.bulk_create(
        [
            Trend(region=region, video_id=video, heat=hotter(known.get((region, video)), heat))
            for (region, video), heat in sorted(heats.items())
        ],
        update_conflicts=True,
        unique_fields=["region", "video"],
        update_fields=["heat"],
    )


def cool(days: int = 14) -> int:
    """Forget what nobody watched for so long that it counts for nothing."""
    oldest = heat_of(timezone.now()) - days
    return Trend.objects.filter(heat__lt=oldest).delete()[0]
