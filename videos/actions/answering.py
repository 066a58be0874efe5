"""Hearts, comments and views. Each may be repeated: a second time changes nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, relation_between
from accounts.policy import Refusal, Relation, comment_on, permit
from accounts.text import clean_lines
from videos.models import Comment, Like, Video, View
from videos.models.comment import BODY_LIMIT


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


def add_comment(actor: User, video: Video, *, body: str, parent: Comment | None = None) -> Comment:
    """Write under a video, or under a comment on it.

    Raises `ValidationError` (comment.empty, comment.too_long, comment.parent), `Refused`
    (policy.R5), `Http404` where the actor may not see the video.
    """
    _visible(actor, video)
    permit(comment_refusal(actor, video))
    comment = Comment(video=video, author=actor, body=_words(body), parent=_root(video, parent))
    with transaction.atomic():
        comment.save()
        _count(video, "comment_count", 1)
    return comment


def comment_refusal(actor: Any, video: Video) -> Refusal | None:
    """Why the person may not comment on a video they see, or None (R5)."""
    if video.author_id == actor.pk:
        return None
    relation = relation_between(actor, video.author) if actor.is_authenticated else Relation()
    return comment_on(video.author.person, relation)


def _words(body: str) -> str:
    words = clean_lines(body)
    if not words.strip("\u200d"):
        raise _refused(_("Write something."), "comment.empty")
    if len(words) > BODY_LIMIT:
        sentence = _("A comment holds at most %(count)d characters.") % {"count": BODY_LIMIT}
        raise _refused(sentence, "comment.too_long")
    return words


def _refused(sentence: str, code: str) -> ValidationError:
    return ValidationError({"body": ValidationError(sentence, code=code)})


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
