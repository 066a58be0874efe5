"""Hearts and views. Each may be repeated: a second time changes nothing."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from videos.actions.history import keeps_history
from videos.models import Like, Video, View


def must_see(actor: User, video: Video) -> None:
    """What a person may not see does not exist for them: `Http404`."""
    if not Video.objects.visible_to(actor).filter(pk=video.pk).exists():
        raise Http404


def count(video: Video, field: str, by: int) -> None:
    """Let one of a video's counters go up or down, never below nothing."""
    Video.objects.filter(pk=video.pk).update(**{field: Greatest(F(field) + by, 0)})


def like(actor: User, video: Video) -> None:
    """Give a heart."""
    must_see(actor, video)
    with transaction.atomic():
        _like, is_new = Like.objects.get_or_create(video=video, user=actor)
        if is_new:
            count(video, "like_count", 1)


@transaction.atomic
def unlike(actor: User, video: Video) -> None:
    """Take the heart back."""
    removed, _rows = Like.objects.filter(video=video, user=actor).delete()
    if removed:
        count(video, "like_count", -1)


def note_view(actor: Any, video: Video) -> None:
    """Somebody watched; signed-out people are counted, not remembered."""
    with transaction.atomic():
        count(video, "view_count", 1)
        if actor.is_authenticated:
            _remember(actor, video)


def _remember(actor: User, video: Video) -> None:
    seen = View.objects.filter(user=actor, video=video)
    is_kept = keeps_history(actor)
    if seen.update(times=F("times") + 1, seen_at=timezone.now(), is_in_history=is_kept):
        return
    try:
        with transaction.atomic():
            View.objects.create(user=actor, video=video, is_in_history=is_kept)
    except IntegrityError:  # two tabs at once: the other one's row will do
        seen.update(times=F("times") + 1)
