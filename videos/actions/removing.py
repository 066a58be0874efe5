"""Taking down what a moderator decided on, and putting it back: nothing is deleted.

Who decided, and why, is the decision's to say (accounts/moderation/); each may be repeated.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import ports
from accounts.outbox import enqueue
from videos import announcing
from videos.actions.answering import count
from videos.actions.commenting import count_in
from videos.models import Comment, Sound, Video
from videos.notifications.telling import untell_of_comments, untell_of_video


@transaction.atomic
def remove_video(video_id: UUID) -> None:
    """Nobody but its author finds it any more; what is being prepared stays down when it is
    ready."""
    video = _held(video_id)
    if video is None or video.removed_at is not None:
        return
    video.removed_at = timezone.now()
    if video.is_published:
        video.state = Video.State.REMOVED
    video.save(update_fields=["state", "removed_at"])
    untell_of_video(video)
    announcing.retract(video.pk)
    ports.card_changed("video", video.pk)


@transaction.atomic
def restore_video(video_id: UUID) -> None:
    """As it was: with its likes, comments and place in the profile."""
    video = _held(video_id)
    if video is None or video.removed_at is None:
        return
    video.removed_at = None
    if video.state == Video.State.REMOVED:
        is_out = video.published_at is not None
        video.state = Video.State.PUBLISHED if is_out else Video.State.DRAFT
    video.save(update_fields=["state", "removed_at"])
    ports.card_changed("video", video.pk)
    if video.is_published and video.rendered_version < video.recipe_version:
        enqueue("videos.process_video", video_id=str(video.pk))


@transaction.atomic
def cover_video(video_id: UUID, on: bool) -> None:
    """Mark it as sensitive by a moderator's decision, or take that mark away; its author's own
    stays."""
    marks = Video.Sensitivity
    video = _held(video_id)
    if video is None or (not on and not video.is_marked_by_moderator):
        return
    video.sensitivity = marks.MODERATOR if on else marks.NONE
    video.save(update_fields=["sensitivity"])
    announcing.retract(video.pk)
    ports.card_changed("video", video.pk)


def _held(video_id: UUID) -> Video | None:
    return Video.objects.select_for_update(of=("self",)).filter(pk=video_id).first()


# --- Comments and sounds --------------------------------------------------------------------------


@transaction.atomic
def remove_comment(comment_id: UUID) -> None:
    """It goes with its answers, as if its author had deleted it."""
    comment = _held_comment(comment_id)
    if comment is None or comment.removed_at is not None:
        return
    comment.removed_at, comment.pinned_at = timezone.now(), None
    comment.save(update_fields=["removed_at", "pinned_at"])
    untell_of_comments([comment, *comment.answers.all()], comment.video)
    _count_thread(comment, -1)


@transaction.atomic
def restore_comment(comment_id: UUID) -> None:
    """With its answers; pinned it is no more."""
    comment = _held_comment(comment_id)
    if comment is None or comment.removed_at is None:
        return
    comment.removed_at = None
    comment.save(update_fields=["removed_at"])
    _count_thread(comment, 1)


def _held_comment(comment_id: UUID) -> Comment | None:
    comments = Comment.objects.select_for_update(of=("self",)).select_related("video")
    return comments.filter(pk=comment_id).first()


def _count_thread(comment: Comment, sign: int) -> None:
    """What is hidden with it is not counted either."""
    if comment.held_at is None:
        count_in(comment, sign)
    count(comment.video, "comment_count", sign * comment.answer_count)


@transaction.atomic
def remove_sound(sound_id: UUID) -> None:
    """Nobody finds it or makes anything with it; videos that play it go on without it."""
    if Sound.objects.filter(pk=sound_id, removed_at=None).update(removed_at=timezone.now()):
        _note_sound(sound_id)


@transaction.atomic
def restore_sound(sound_id: UUID) -> None:
    """It is found again, and heard where it was; whether it is lent is its owner's to say, as
    before."""
    if Sound.objects.filter(pk=sound_id, removed_at__isnull=False).update(removed_at=None):
        _note_sound(sound_id)


def _note_sound(sound_id: UUID) -> None:
    ports.card_changed("sound", sound_id)
    enqueue("videos.resound", sound_id=str(sound_id))
