"""Comments: written, liked, pinned, given the author's heart, held back and let through.

Each may be repeated: a second time changes nothing.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import Conflict
from accounts.filtering import spam
from accounts.filtering.words import clean_list, compiled
from accounts.linking.finding import has_outside_link
from accounts.linking.naming import people_named
from accounts.models import Case, Report, User
from accounts.moderation import cases
from accounts.moderation.priority import SEVERITY
from accounts.notifications import notify, withdraw
from accounts.policy import permit
from accounts.text import clean_lines
from videos.actions.answering import count, must_see
from videos.models import Comment, CommentFilter, CommentLike, Video
from videos.models.comment import BODY_LIMIT
from videos.notifications.telling import tell_of_comment, untell_of_comments
from videos.refusals import invalid
from videos.rights import comment_refusal


def add_comment(actor: User, video: Video, *, body: str, parent: Comment | None = None) -> Comment:
    """Write under a video, or under a comment on it; `held_at` is set where the video's author
    wants to read it before others do, and with `is_in_review` where moderators do: it looks like
    spam.

    Raises `ValidationError` (comment.empty, comment.too_long, comment.parent), `Refused`
    (policy.R5, rate.slow_down), `Http404` where the actor may not see the video.
    """
    must_see(actor, video)
    permit(comment_refusal(actor, video))
    comment = Comment(video=video, author=actor, body=_words(body), parent=_root(video, parent))
    if actor.pk != video.author_id:
        _hold(comment)
    comment.mentions = _named(actor, comment.body)
    with transaction.atomic():
        comment.save()
        if comment.is_in_review:
            _bring_up(comment)
        if comment.held_at is None:
            _show(comment)
    return comment


def _hold(comment: Comment) -> None:
    """Not stored yet: whether moderators or the video's author read it before others do."""
    surface = spam.Surface.COMMENT
    waits = spam.weigh(comment.author, surface, text=comment.body, can_wait=True)
    comment.is_in_review = waits
    if waits or _is_held(comment.body, comment.video.author_id):
        comment.held_at = timezone.now()


def _bring_up(comment: Comment) -> None:
    facts = {"body": comment.body, "video": str(comment.video_id)}
    cases.flag(
        "comment",
        comment.pk,
        origin=Case.Origin.SPAM,
        reason=Report.Reason.SPAM,
        severity=SEVERITY[Report.Reason.SPAM],
        facts=facts,
    )


@transaction.atomic
def delete_comment(actor: User, comment: Comment) -> None:
    """Take a comment away with its answers: its author may, and the video's."""
    if not comment.deletable_by(actor):
        raise PermissionDenied
    gone = [comment, *comment.answers.all()]
    untell_of_comments(gone, comment.video)
    answers = sum(each.held_at is None for each in gone[1:])
    if comment.held_at is None:
        count_in(comment, -1)
    count(comment.video, "comment_count", -answers)
    comment.delete()


# --- What readers do ------------------------------------------------------------------------------


def like_comment(actor: User, comment: Comment) -> None:
    """Give a heart to a comment that one sees."""
    must_see(actor, comment.video)
    with transaction.atomic():
        _like, is_new = CommentLike.objects.get_or_create(comment=comment, user=actor)
        if is_new:
            _count_likes(comment, 1)
            notify("videos.comment_like", comment.author_id, actor=actor.pk, about=comment.pk)


@transaction.atomic
def unlike_comment(actor: User, comment: Comment) -> None:
    """Take the heart back."""
    removed, _rows = CommentLike.objects.filter(comment=comment, user=actor).delete()
    if removed:
        _count_likes(comment, -1)
        withdraw("videos.comment_like", comment.author_id, actor=actor.pk, about=comment.pk)


# --- What the video's author does -----------------------------------------------------------------


@transaction.atomic
def pin_comment(actor: User, comment: Comment) -> None:
    """Let one comment stand first, instead of the one that did.

    Raises `PermissionDenied`, `ValidationError` (comment.pin_answer, comment.pin_held).
    """
    _must_run(actor, comment)
    if comment.parent_id is not None:
        raise invalid("comment.pin_answer")
    if comment.held_at is not None:
        raise invalid("comment.pin_held")
    # Two tabs at once: the row of the video is the turnstile.
    Video.objects.select_for_update().get(pk=comment.video_id)
    comment.video.comments.exclude(pk=comment.pk).update(pinned_at=None)
    Comment.objects.filter(pk=comment.pk, pinned_at=None).update(pinned_at=timezone.now())


def unpin_comment(actor: User, comment: Comment) -> None:
    """Let it stand among the others."""
    _must_run(actor, comment)
    Comment.objects.filter(pk=comment.pk).update(pinned_at=None)


@transaction.atomic
def heart_comment(actor: User, comment: Comment, *, given: bool = True) -> None:
    """Give the heart that everybody sees is the author's, or take it back."""
    _must_run(actor, comment)
    when = timezone.now() if given else None
    others = Comment.objects.filter(pk=comment.pk, hearted_at__isnull=given)
    if others.update(hearted_at=when):
        tell = notify if given else withdraw
        tell("videos.heart", comment.author_id, actor=actor.pk, about=comment.pk)


@transaction.atomic
def let_through(actor: User, comment: Comment) -> None:
    """Let everybody read a comment that was held; refusing it is `delete_comment`."""
    _must_run(actor, comment)
    if Comment.objects.filter(pk=comment.pk).held().update(held_at=None):
        _show(comment)


@transaction.atomic
def end_review(comment_id: UUID) -> None:
    """A moderator read it and let it out: it arrives as if it were written now, unless the video's
    author wants to read it first as well. Nothing happens to what does not wait."""
    comments = Comment.objects.select_for_update(of=("self",)).select_related("video")
    comment = comments.filter(pk=comment_id, is_in_review=True).first()
    if comment is None:
        return
    comment.is_in_review = False
    if not _is_held(comment.body, comment.video.author_id):
        comment.held_at = None
    comment.save(update_fields=["is_in_review", "held_at"])
    if comment.held_at is None and comment.removed_at is None:
        _show(comment)


@transaction.atomic
def change_comment_filter(
    actor: User,
    *,
    words: list[str] | None = None,
    holds_links: bool | None = None,
    holds_all: bool | None = None,
    seen: list[str] | None = None,
) -> CommentFilter:
    """What of others' comments the actor reads before it is shown; None leaves as it is. `seen`:
    the words as they were where these were written, in another tab perhaps.

    Raises `ValidationError` (filter.too_many, filter.word_too_long), `Conflict` (filter.changed).
    """
    kept, _is_new = CommentFilter.objects.select_for_update().get_or_create(user=actor)
    if seen is not None and seen != kept.words:
        raise Conflict("filter.changed", _("The words were changed meanwhile, in another tab."))
    if words is not None:
        kept.words = _cleaned(words)
    for name, value in (("holds_links", holds_links), ("holds_all", holds_all)):
        if value is not None:
            setattr(kept, name, value)
    kept.save()
    return kept


def comment_filter_of(user: User) -> CommentFilter:
    """A person's own filter, or one that holds nothing."""
    return CommentFilter.objects.filter(user=user).first() or CommentFilter(user=user)


# --- Underneath -----------------------------------------------------------------------------------


def _must_run(actor: User, comment: Comment) -> None:
    if not comment.run_by(actor):
        raise PermissionDenied


def _show(comment: Comment) -> None:
    """From now on everybody reads it, and those whom it concerns are told."""
    count_in(comment, 1)
    tell_of_comment(comment)


def count_in(comment: Comment, by: int) -> None:
    """A comment everybody sees came or went."""
    count(comment.video, "comment_count", by)
    if comment.parent_id is not None:
        parents = Comment.objects.filter(pk=comment.parent_id)
        parents.update(answer_count=Greatest(F("answer_count") + by, 0))


def _count_likes(comment: Comment, by: int) -> None:
    likes = Greatest(F("like_count") + by, 0)
    Comment.objects.filter(pk=comment.pk).update(like_count=likes)


def _named(actor: User, body: str) -> list[str]:
    """Those whose names stand in the words, across no block (R15)."""
    seen = User.objects.visible_to(actor)
    return [str(person.pk) for person in people_named(body, seen)]


def _is_held(body: str, author_id: UUID) -> bool:
    kept = CommentFilter.objects.filter(user=author_id).first()
    if kept is None:
        return False
    return (
        kept.holds_all
        or (kept.holds_links and has_outside_link(body))
        or compiled(tuple(kept.words)).finds(body)
    )


def _cleaned(words: list[str]) -> list[str]:
    try:
        return clean_list(words)
    except ValidationError as error:
        raise ValidationError({"words": error}) from error


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
