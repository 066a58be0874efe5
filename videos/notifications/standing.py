"""Whether what a line says is still so, asked when its job runs: (cause, receiver) -> yes or no.

`about` and `detail` are what the kinds (videos/notifications/kinds.py) say they are.
"""

from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.notifications import Cause
from videos.models import Comment, CommentLike, Credit, Like, Repost, Video
from videos.models.video_set import VideoQuerySet

Kind = Video.ParentKind


def likes(cause: Cause, receiver: UUID) -> bool:
    """The actor likes the receiver's video."""
    return Like.objects.filter(video=cause.about, user=cause.actor, video__author=receiver).exists()


def reposts(cause: Cause, receiver: UUID) -> bool:
    """The actor shows the receiver's video to others."""
    return Repost.objects.filter(
        video=cause.about, user=cause.actor, video__author=receiver
    ).exists()


def comments(cause: Cause, receiver: UUID) -> bool:
    """The actor's comment stands under a video that the receiver may watch."""
    return _says(cause, receiver, video=cause.about)


def replies(cause: Cause, receiver: UUID) -> bool:
    """The actor's answer stands in the thread under the receiver's comment."""
    return _says(cause, receiver, parent=cause.about)


def likes_comment(cause: Cause, receiver: UUID) -> bool:
    """The actor likes the receiver's comment."""
    return CommentLike.objects.filter(
        comment=cause.about, user=cause.actor, comment__author=receiver
    ).exists()


def hearts_comment(cause: Cause, receiver: UUID) -> bool:
    """The actor, whose video it is under, gave the receiver's comment their heart."""
    given: dict[str, Any] = {"pk": cause.about, "author": receiver, "video__author": cause.actor}
    return Comment.objects.filter(hearted_at__isnull=False, **given).exists()


def mentions(cause: Cause, receiver: UUID) -> bool:
    """The caption names the receiver, who may watch the video."""
    named = _about(cause).filter(author=cause.actor, mentions=receiver)
    return named.exists() and _may_watch(receiver, pk=cause.about)


def is_out(cause: Cause, receiver: UUID) -> bool:
    """The receiver's own video plays."""
    return _about(cause).published().filter(author=receiver).exists()


def has_failed(cause: Cause, receiver: UUID) -> bool:
    """The receiver's own video could not be prepared."""
    return _about(cause).filter(author=receiver, state=Video.State.FAILED).exists()


def is_silenced(cause: Cause, receiver: UUID) -> bool:
    """The receiver's own video plays without a sound that was taken down."""
    return _about(cause).filter(author=receiver, is_silenced=True).exists()


def duets(cause: Cause, receiver: UUID) -> bool:
    """The actor's duet with the receiver's video is out."""
    return _has_made(cause, receiver, parent=cause.about, parent_kind=Kind.DUET)


def stitches(cause: Cause, receiver: UUID) -> bool:
    """The actor's video that begins with the receiver's is out."""
    return _has_made(cause, receiver, parent=cause.about, parent_kind=Kind.STITCH)


def answers(cause: Cause, receiver: UUID) -> bool:
    """The actor's video that answers the receiver's comment (`about`) is out."""
    return _has_made(cause, receiver, reply_to_comment=cause.about)


def uses_sound(cause: Cause, receiver: UUID) -> bool:
    """A video of the actor's with the receiver's sound is out."""
    return _has_made(cause, receiver, sound=cause.about)


def is_asked_for_credit(cause: Cause, receiver: UUID) -> bool:
    """The receiver has not answered yet."""
    return Credit.objects.asked().filter(video=cause.about, user=receiver).exists()


def is_credited(cause: Cause, receiver: UUID) -> bool:
    """The actor is named beside the receiver."""
    accepted = Credit.objects.accepted().filter(video=cause.about, user=cause.actor)
    return accepted.filter(video__author=receiver).exists()


def _about(cause: Cause) -> VideoQuerySet:
    which: dict[str, Any] = {"pk": cause.about}
    return Video.objects.filter(**which)


def _says(cause: Cause, receiver: UUID, **where: Any) -> bool:
    said = Comment.objects.filter(author=cause.actor, held_at=None, removed_at=None, **where)
    if cause.detail is not None:
        said = said.filter(pk=cause.detail)
    video_id = said.values_list("video", flat=True).first()
    return video_id is not None and _may_watch(receiver, pk=video_id)


def _has_made(cause: Cause, receiver: UUID, **how: Any) -> bool:
    made = {"author": cause.actor, "state": Video.State.PUBLISHED, **how}
    if cause.detail is not None:
        made["pk"] = cause.detail
    return _may_watch(receiver, **made)


def _may_watch(receiver: UUID, **which: Any) -> bool:
    person = User.objects.active().filter(pk=receiver).first()
    return person is not None and Video.objects.watchable_by(person).filter(**which).exists()
