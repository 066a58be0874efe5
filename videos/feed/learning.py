"""Learns which videos go together from what people here watch; asked for by a job at night."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from videos.feed.choosing import Fitted, choose, fit
from videos.feed.interactions import Interactions, Watched
from videos.feed.packing import packed
from videos.models import Affinity, Fit, Like, Neighbourhood, Video

MOST = 1_000_000  # likes, the newest: what a worker holds in half a gigabyte
FEWEST = 3  # people who liked a video; of fewer, chance decides what it goes with
MEASURED = 5000  # people by whom the kernel is chosen
TOGETHER = 1000


def learn() -> Fit | None:
    """Choose a kernel, find every video's neighbours, replace the old; None: nothing to learn."""
    interactions = Interactions.of(_liked()).without_rare(FEWEST)
    if not interactions.of_user:
        return None
    choice = choose(interactions.sample(MEASURED))
    fitted = fit(interactions, choice)
    _replace(fitted)
    return Fit.objects.create(
        kernel=choice.kernel,
        fading=choice.fading,
        recall=choice.recall,
        people=len(interactions.of_user),
        videos=len(fitted.neighbours),
    )


def _liked() -> Iterator[Watched]:
    """Watched to the end, or given a heart; of those whose feed may learn from them."""
    recent = timezone.now() - timedelta(days=180)
    wanted: dict[str, Any] = {"user__is_active": True}
    watched = Affinity.objects.liked().filter(last_at__gt=recent, **wanted)
    loved = Like.objects.filter(created_at__gt=recent, **wanted)
    loved = loved.exclude(user__feed_profile__is_personal=False)
    rows = chain(
        loved.order_by("-created_at").values_list("user_id", "video_id", "created_at")[:MOST],
        watched.order_by("-last_at").values_list("user_id", "video_id", "last_at")[:MOST],
    )
    return (Watched(user, video, at.timestamp()) for user, video, at in islice(rows, MOST))


def _replace(fitted: Fitted) -> None:
    """Readers find the old or the new row of a video, never none."""
    began = timezone.now()
    rows = iter(fitted.neighbours.items())
    while some := dict(islice(rows, TOGETHER)):
        # What was deleted while we learned is near to nothing.
        left = Video.objects.filter(pk__in=some).values_list("pk", flat=True)
        Neighbourhood.objects.bulk_create(
            [Neighbourhood(video_id=video, near=packed(some[video])) for video in left],
            update_conflicts=True,
            unique_fields=["video"],
            update_fields=["near", "made_at"],
        )
    with transaction.atomic():
        Neighbourhood.objects.filter(made_at__lt=began).delete()
