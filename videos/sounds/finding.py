"""Which sounds somebody is offered: by words, mood and tempo; what rises, is kept, was used."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from videos.models import Sound, Video
from videos.models.sound import TEMPOS, SoundQuerySet

TRENDING, SAVED, RECENT = "trending", "saved", "recent"
LISTS = (TRENDING, SAVED, RECENT)
SHOWN = 50
RISES_FOR = timedelta(days=7)
CACHED = 300  # seconds


def search(viewer: Any, *, words: str = "", mood: str = "", tempo: str = "") -> SoundQuerySet:
    """What `viewer` may use, the most used first, then the library; an unknown mood or tempo finds
    nothing."""
    found = Sound.objects.usable_by(viewer).saved_by(viewer).saying(words)
    if mood:
        found = found.filter(mood=mood)
    if tempo:
        found = found.at_tempo(tempo) if tempo in TEMPOS else found.none()
    return found.order_by("-use_count", "kind", "-pk")


def listed(viewer: Any, name: str) -> list[Sound]:
    """One of LISTS, at most 50 sounds that the viewer may use."""
    if name == SAVED:
        return _saved(viewer)
    return _recent(viewer) if name == RECENT else _trending(viewer)


def moods() -> list[str]:
    """Those that the library has, by name."""
    return cache.get_or_set("sound-moods", _moods, CACHED) or []


def _moods() -> list[str]:
    named = Sound.objects.filter(kind=Sound.Kind.LIBRARY, is_open=True).exclude(mood="")
    return sorted(named.values_list("mood", flat=True).distinct().order_by())


def _trending(viewer: Any) -> list[Sound]:
    """By how many videos took them this week; what is used most fills up."""
    rising = _in_order(viewer, cache.get_or_set("sounds-trending", _rising, CACHED) or [])
    more = search(viewer).exclude(pk__in=[sound.pk for sound in rising])
    return [*rising, *more[: SHOWN - len(rising)]]


def _rising() -> list[UUID]:
    since = timezone.now() - RISES_FOR
    fresh = Video.objects.published().filter(published_at__gte=since, sound__isnull=False)
    used = fresh.values("sound").annotate(uses=Count("pk")).order_by("-uses", "sound")
    return [row["sound"] for row in used[:SHOWN]]


def _saved(viewer: Any) -> list[Sound]:
    if not viewer.is_authenticated:
        return []
    kept = search(viewer).filter(saves__user=viewer)
    return list(kept.order_by("-saves__created_at", "-pk")[:SHOWN])


def _recent(viewer: Any) -> list[Sound]:
    if not viewer.is_authenticated:
        return []
    used = Video.objects.filter(author=viewer, sound__isnull=False).values("sound")
    last = used.annotate(last=Max("created_at")).order_by("-last")[:SHOWN]
    return _in_order(viewer, [row["sound"] for row in last])


def _in_order(viewer: Any, keys: Iterable[UUID]) -> list[Sound]:
    wanted = list(keys)
    found = search(viewer).in_bulk(wanted)
    return [found[key] for key in wanted if key in found]
