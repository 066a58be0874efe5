"""What somebody may do with another's video, and with its sound: each door and job asks here.

Asked when it is begun and again when it is put out: between the two people change their minds.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models import relation_between
from accounts.policy import Refusal, Relation
from accounts.privacy import Lock
from videos.models import Circle, Sound, Video, VideoSettings
from videos.refusals import SENTENCES

_NOT_PUBLIC = Refusal(
    "remix.audience", "remix.audience", _("Only a video that everyone can watch is shared so.")
)
_REMIX = Refusal(
    "remix.chain",
    "remix.chain",
    _("This video is made with another one already. Make yours with that one."),
)
_NOT_LENT = Refusal("sound.closed", "sound.closed", _("Its owner keeps this sound to themselves."))


# --- What its makers do ---------------------------------------------------------------------------


def may_see_insights(viewer: Any, video: Video) -> bool:
    """Its author and the co-creators who accepted see how a video does."""
    return video.is_made_by(viewer)


# --- What others do -------------------------------------------------------------------------------


def comment_refusal(viewer: Any, video: Video) -> Refusal | None:
    """Why the person may not comment on a video they see, or None (R5, R43)."""
    if viewer.is_authenticated and (limit := policy.use(viewer.person, "comment")):
        return limit
    if viewer.is_authenticated and video.author_id == viewer.pk:
        return None
    relation = _relation(viewer, video.author)
    return policy.comment_on(video.author.person, relation, allowed_to=video.comments_by)


def duet_refusal(viewer: Any, video: Video) -> Refusal | None:
    """Why `viewer` may not make a duet with a video they see, or None (R5)."""
    return _remix_refusal(viewer, video, video.duets_by)


def stitch_refusal(viewer: Any, video: Video) -> Refusal | None:
    """Why `viewer` may not begin a video with a piece of one they see, or None (R5)."""
    return _remix_refusal(viewer, video, video.stitches_by)


def download_refusal(viewer: Any, video: Video) -> Refusal | None:
    """Why `viewer` may not keep a copy of a video they see, or None (R5). What is in it of another
    video is for that one's author to allow."""
    if video.is_made_of_parent:
        parent = video.parent
        if parent is None or (refusal := download_refusal(viewer, parent)):
            return refusal if parent else _NOT_PUBLIC
    if viewer.is_authenticated and video.author_id == viewer.pk:
        return None
    return _of_others(viewer, video, video.downloads_by)


def reuse_refusal(viewer: Any, sound: Sound) -> Refusal | None:
    """Why `viewer` may not put a sound they see under a video of theirs, or None.

    One's own may be used by oneself; of others what they lend, and what they recorded in it has to
    be lent too. Who may make nothing with a video may not have its sound either (R5).
    """
    if sound.contains is not None and (refusal := reuse_refusal(viewer, sound.contains)):
        return refusal
    if viewer.is_authenticated and sound.owner_id == viewer.pk and sound.video is not None:
        return None
    if not sound.is_open or (sound.is_original and sound.video is None):
        return _NOT_LENT
    if sound.video is None:
        return None
    return _of_others(viewer, sound.video, policy.default_remixes_by(sound.video.author.age))


def may_duet(viewer: Any, video: Video) -> bool:
    return duet_refusal(viewer, video) is None


def may_stitch(viewer: Any, video: Video) -> bool:
    return stitch_refusal(viewer, video) is None


def may_download(viewer: Any, video: Video) -> bool:
    return download_refusal(viewer, video) is None


def may_reuse_sound(viewer: Any, sound: Sound) -> bool:
    return reuse_refusal(viewer, sound) is None


def _remix_refusal(viewer: Any, video: Video, allowed_to: str) -> Refusal | None:
    # One level, so that who takes their picture back takes it out of everything at once.
    if video.is_made_of_parent:
        return _REMIX
    if viewer.is_authenticated and video.author_id == viewer.pk:
        return None
    return _of_others(viewer, video, allowed_to)


def _of_others(viewer: Any, video: Any, allowed_to: str) -> Refusal | None:
    author = video.author
    relation = _relation(viewer, author)
    if refusal := policy.remix(
        author.person, relation, is_private=author.is_private, allowed_to=allowed_to
    ):
        return refusal
    return None if video.is_public else _NOT_PUBLIC


def _relation(viewer: Any, author: Any) -> Relation:
    return relation_between(viewer, author) if viewer.is_authenticated else Relation()


# --- What authors decide --------------------------------------------------------------------------


def permission_refusal(author: Any, name: str, wanted: str) -> Refusal | None:
    """Why the author may not let so many do what the permission `name` is about, or None (R5)."""
    if name == "comments_by":
        return policy.set_comments_by(author.person, wanted)
    return policy.set_remixes_by(author.person, wanted, is_private=author.is_private)


def circles_for(author: Any, name: str) -> list[str]:
    """To whom the author may open the permission `name`, the widest first."""
    return [each for each in Circle.values if permission_refusal(author, name, each) is None]


def permission_lock(author: Any, name: str) -> str:
    """Why not all choices of the permission `name` are open to the author, in a sentence; empty
    where they are."""
    refusal = permission_refusal(author, name, Circle.EVERYONE)
    return str(refusal.sentence) if refusal else ""


def settings_locks(author: Any) -> list[Lock]:
    """What of somebody's settings for all their videos is not theirs alone to choose, and why."""
    found = [
        Lock(name, refusal.code, refusal.sentence, wholly=len(circles_for(author, name)) == 1)
        for name in VideoSettings.NAMES
        if (refusal := permission_refusal(author, name, Circle.EVERYONE))
    ]
    if not policy.sees_sensitive(author.person):
        code = "label.adults_only"
        found.append(Lock("shows_sensitive", code, SENTENCES[code]))
    return found


def locks(author: Any, video: Video) -> dict[str, str]:
    """By name, why something about a video is not its author's to choose freely, in a sentence."""
    found = {name: permission_lock(author, name) for name in video.NAMES}
    if refusal := policy.advertise(author.person):
        found["is_paid_partnership"] = str(refusal.sentence)
    if video.is_marked_by_moderator:
        found["is_sensitive"] = str(SENTENCES["label.moderator"])
    return {name: sentence for name, sentence in found.items() if sentence}


def effective(author: Any, name: str, wanted: str) -> str:
    """What a stored permission comes to: the widest that is open to the author and not wider than
    that."""
    return wanted if wanted in (circles := circles_for(author, name)) else circles[0]
