"""What players tell: who watched what, how far. Kept as it came; counted by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from videos.actions.history import remember_watching
from videos.feed.signals import Signals
from videos.models import FeedProfile, SlateItem, Video, WatchEvent

TOGETHER = 100  # events of one request
OLDEST = timedelta(days=7)  # a phone may have been without a line for so long
AHEAD = timedelta(minutes=5)  # clocks differ; nobody watches tomorrow
LOOSE_MS = 3000  # what players and we may differ by in the length of a video

SENTENCES: dict[str, Promise] = {
    "watch.video": _("There is no such video."),
    "watch.time": _("That was too long ago, or is still to come."),
    "watch.length": _("Nobody can have watched that long."),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """One time somebody had a video before them, as their player tells it."""

    video: UUID
    source: str
    watched_ms: int
    duration_ms: int
    loops: int
    at: datetime

    @property
    def signals(self) -> Signals:
        return Signals(self.watched_ms, self.duration_ms, self.loops)


@transaction.atomic
def note_watches(viewer: Any, watches: Sequence[Watch]) -> dict[int, str]:
    """Keep what was watched; answers the code of each that was refused, by its place.

    Seven queries, however many. Whoever is signed out, or wants no profile, is not remembered with
    it: it counts for the video alone.
    """
    lengths = _lengths(viewer, watches)
    refused = {
        place: code
        for place, watch in enumerate(watches)
        if (code := _refusal(watch, lengths.get(watch.video)))
    }
    taken = [watch for place, watch in enumerate(watches) if place not in refused]
    if taken:
        _keep(viewer, taken)
    return refused


def _lengths(viewer: Any, watches: Sequence[Watch]) -> dict[UUID, int]:
    """How long each video is that the viewer may watch."""
    wanted = {watch.video for watch in watches}
    seen = Video.objects.watchable_by(viewer).published().filter(pk__in=wanted)
    return dict(seen.values_list("pk", "duration_ms"))


def _refusal(watch: Watch, length: int | None) -> str | None:
    now = timezone.now()
    if length is None:
        return "watch.video"
    if not now - OLDEST <= watch.at <= now + AHEAD:
        return "watch.time"
    longest = (watch.loops + 1) * (length + LOOSE_MS)
    is_right = watch.watched_ms <= longest and abs(watch.duration_ms - length) <= LOOSE_MS
    return None if is_right else "watch.length"


def _keep(viewer: Any, watches: Sequence[Watch]) -> None:
    is_known = viewer.is_authenticated
    remembered = is_known and wants_profile(viewer)
    WatchEvent.objects.bulk_create(
        WatchEvent(
            video_id=watch.video,
            user=viewer if remembered else None,
            source=watch.source,
            watched_ms=watch.watched_ms,
            duration_ms=watch.duration_ms,
            loops=min(watch.loops, 32767),
            region=viewer.region if is_known else "",
            at=min(watch.at, timezone.now()),
        )
        for watch in watches
    )
    if is_known:
        _take_off_slate(viewer, watches)
        remember_watching(viewer, {watch.video for watch in watches if watch.signals.is_view})


def wants_profile(viewer: Any) -> bool:
    """Whether the feed may learn from what this person watches."""
    return not FeedProfile.objects.filter(user=viewer, is_personal=False).exists()


def _take_off_slate(viewer: Any, watches: Sequence[Watch]) -> None:
    shown = {watch.video for watch in watches}
    SlateItem.objects.ahead_of(viewer).filter(video__in=shown).update(seen_at=timezone.now())
