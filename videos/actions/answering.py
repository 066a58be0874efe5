"""Hearts, comments and views. Each may be repeated: a second time changes nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from videos.models import Comment, Like, Video, View


def _visible(actor: User, video: Video) -> None:
    """What a person may not see does not exist for them."""
    if not Video.objects.visible_to(actor).filter(pk=video.pk).exists():
        raise Http404


def _count(video: Video, field: str, by: int) -> None:
    Video.objects.filter(pk=video.pk).update(**{field: Greatest(F(field) + by, 0)})


def like(actor: User, video: Video) -> None:
    """Give a heart."""
    _visible(actor, video)
    with transaction.atomic():
        _like, is_new = Like.objects.get_or_create(video=video, user=actor)
        if is_new:
            _count(video, "like_count", 1)


@transaction.atomic
def unlike(actor: User, video: Video) -> None:
    """Take the heart back."""
    removed, _rows = Like.objects.filter(video=video, user=actor).delete()
    if removed:
        _count(video, "like_count", -1)


def add_comment(
    actor: User, video: Video, *, body: str, parent: Comment | None = None
) -> Comment:
    """Write under a video, or under a comment on it.

    Raises `ValidationError` (comment.empty, comment.too_long, comment.parent), `Http404` where the actor
    may not see the video.
    """
    _visible(actor, video)
    comment = Comment(video=video, author=actor, body=body.strip(), parent=_root(video, parent))
    if not comment.body:
        raise ValidationError({"body": ValidationError(_("Write something."), code="comment.empty")})
    comment.full_clean(exclude=["video", "author", "parent"])
    with transaction.atomic():
        comment.save()
        _count(video, "comment_count", 1)
    return comment


def _root(video: Video, parent: Comment | None) -> Comment | None:
    """Threads have one level: an answer to an answer hangs on the same comment."""
    if parent is None:
        return None
    if parent.video_id != video.pk:
        raise ValidationError(_("That comment is gone."), code="comment.parent")
    return parent.parent or parent


@transaction.atomic
def delete_comment(actor: User, comment: Comment) -> None:
    """Take a comment away with its answers: its author may, and the video's."""
    if not comment.deletable_by(actor):
        raise PermissionDenied
    gone = 1 + comment.answers.count()
    comment.delete()
    _count(comment.video, "comment_count", -gone)


def note_view(actor: Any, video: Video) -> None:
    """Somebody watched; signed-out people are counted, not remembered."""
    with transaction.atomic():
        _count(video, "view_count", 1)
        if actor.is_authenticated:
            _remember(actor, video)


def _remember(actor: User, video: Video) -> None:
    seen = View.objects.filter(user=actor, video=video)
    if seen.update(times=F("times") + 1, seen_at=timezone.now()):
        return
    try:
        with transaction.atomic():
            View.objects.create(user=actor, video=video)
    except IntegrityError:  # two tabs at once: the other one's row will do
        seen.update(times=F("times") + 1)
