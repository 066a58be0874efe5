"""Videos made with another one: duet, stitch, and the answer in pictures to a comment."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from accounts import ports
from accounts.models import User
from accounts.policy import permit
from videos import rights
from videos.actions.drafts import begin_draft
from videos.models import Comment, Video
from videos.notifications.telling import untell_of_borrowing
from videos.refusals import invalid

SHORTEST_STITCH, LONGEST_STITCH = 500, 5000  # milliseconds

Kind = Video.ParentKind


def begin_duet(actor: User, parent: Video) -> Video:
    """A draft beside `parent`. Raises `Http404` for what the actor cannot see, `Refused`
    (policy.R5, remix.audience, remix.chain, draft.too_many)."""
    _check_visible(actor, parent)
    permit(rights.duet_refusal(actor, parent))
    return _begin(actor, parent, Kind.DUET, {"kind": "duet", "video": str(parent.pk)})


def begin_stitch(actor: User, parent: Video, *, in_ms: int, out_ms: int) -> Video:
    """A draft that begins with a stretch of `parent`, 0.5 to 5 s long. Raises as `begin_duet`, and
    `ValidationError` (stitch.range)."""
    _check_visible(actor, parent)
    permit(rights.stitch_refusal(actor, parent))
    if in_ms < 0 or out_ms > parent.duration_ms or not _is_a_stitch(out_ms - in_ms, parent):
        raise invalid("stitch.range")
    stretch = {"in_ms": in_ms, "out_ms": out_ms}
    return _begin(
        actor, parent, Kind.STITCH, {"kind": "stitch", "video": str(parent.pk), **stretch}
    )


def begin_reply(actor: User, comment: Comment) -> Video:
    """A draft that answers a comment. Who may answer in words may do it so: raises `Http404`,
    `Refused` (policy.R5, draft.too_many)."""
    _check_visible(actor, comment.video)
    if not Comment.objects.visible_to(actor).filter(pk=comment.pk).exists():
        raise Http404
    permit(rights.comment_refusal(actor, comment.video))
    return _begin(actor, comment.video, Kind.REPLY, None, comment)


@transaction.atomic
def take_out_of(actor: User, remix: Video) -> None:
    """Take one's video back out of a duet or stitch that somebody made with it: from now on nobody
    but its maker sees that. Of a reply the link goes. `PermissionDenied` where the parent is
    another's."""
    if remix.parent is None or remix.parent.author_id != actor.pk:
        raise PermissionDenied
    untell_of_borrowing(remix)
    remix.parent = remix.reply_to_comment = None
    remix.save(update_fields=["parent", "reply_to_comment"])
    ports.card_changed("video", remix.pk)


def _is_a_stitch(milliseconds: int, parent: Video) -> bool:
    return min(SHORTEST_STITCH, parent.duration_ms) <= milliseconds <= LONGEST_STITCH


def _check_visible(actor: User, video: Video) -> None:
    if not Video.objects.published().watchable_by(actor).filter(pk=video.pk).exists():
        raise Http404


@transaction.atomic
def _begin(
    actor: User, parent: Video, kind: str, layout: Any, comment: Comment | None = None
) -> Video:
    draft = begin_draft(actor)
    draft.parent, draft.parent_kind, draft.reply_to_comment = parent, kind, comment
    if layout:
        draft.recipe = {"segments": [], "layout": layout}
    draft.save(update_fields=["parent", "parent_kind", "reply_to_comment", "recipe"])
    return draft
