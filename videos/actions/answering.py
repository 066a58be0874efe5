"""Hearts, and what all marks on a video share. A second time changes nothing."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import Http404

from accounts.models import User
from accounts.notifications import notify, withdraw
from videos.models import Like, Repost, Saved, Video

Mark = type[Like] | type[Saved] | type[Repost]
# What people put on a video once each, and where the video counts it.
COUNTERS: dict[Mark, str] = {Like: "like_count", Saved: "save_count", Repost: "repost_count"}
# Of what its author is told; what somebody keeps is their own.
TOLD: dict[Mark, str] = {Like: "videos.like", Repost: "videos.repost"}


def must_see(actor: User, video: Video) -> None:
    """What a person may not see does not exist for them: `Http404`."""
    if not Video.objects.visible_to(actor).filter(pk=video.pk).exists():
        raise Http404


def count(video: Video, field: str, by: int) -> None:
    """Let one of a video's counters go up or down, never below nothing."""
    Video.objects.filter(pk=video.pk).update(**{field: Greatest(F(field) + by, 0)})


@transaction.atomic
def mark(kind: Mark, actor: User, video: Video) -> None:
    """Let there be one such row of this person and this video, counted once."""
    _row, is_new = kind.objects.get_or_create(video=video, user=actor)
    if is_new:
        count(video, COUNTERS[kind], 1)
        if kind in TOLD:
            notify(TOLD[kind], video.author_id, actor=actor.pk, about=video.pk)


@transaction.atomic
def unmark(kind: Mark, actor: User, video: Video) -> None:
    """Let there be none, counted off once."""
    removed, _rows = kind.objects.filter(video=video, user=actor).delete()
    if removed:
        count(video, COUNTERS[kind], -1)
        if kind in TOLD:
            withdraw(TOLD[kind], video.author_id, actor=actor.pk, about=video.pk)


def like(actor: User, video: Video) -> None:
    """Give a heart."""
    must_see(actor, video)
    mark(Like, actor, video)


def unlike(actor: User, video: Video) -> None:
    """Take the heart back."""
    unmark(Like, actor, video)
