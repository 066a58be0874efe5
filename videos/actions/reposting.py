"""Showing others' videos to one's followers. A second time changes nothing."""

from accounts.models import User
from accounts.policy import permit, use
from videos.actions.answering import mark, must_see, unmark
from videos.models import Repost, Video
from videos.refusals import refused


def repost(actor: User, video: Video) -> None:
    """Raises `Http404`, `Refused` (repost.own, repost.not_public, policy.R43)."""
    permit(use(actor.person, "post"))
    must_see(actor, video)
    if video.author_id == actor.pk:
        raise refused("repost.own")
    if not video.is_public:
        raise refused("repost.not_public")
    mark(Repost, actor, video)


def unrepost(actor: User, video: Video) -> None:
    """Show it no longer."""
    unmark(Repost, actor, video)
