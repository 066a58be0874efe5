"""What somebody may make of another person's video, and of its sound: each door and job asks here.

Asked when it is begun and again when it is put out: between the two people change their minds.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import relation_between
from accounts.policy import Refusal, Relation, remix
from videos.models import Sound, Video

_NOT_PUBLIC = Refusal(
    "remix.audience", "remix.audience", _("Only a video that everyone can watch is shared so.")
)
_REMIX = Refusal(
    "remix.chain",
    "remix.chain",
    _("This video is made with another one already. Make yours with that one."),
)
_NOT_LENT = Refusal("sound.closed", "sound.closed", _("Its owner keeps this sound to themselves."))


def duet_refusal(viewer: Any, video: Video) -> Refusal | None:
    """Why `viewer` may not make a duet with a video they see, or None (R5)."""
    return _remix_refusal(viewer, video)


def stitch_refusal(viewer: Any, video: Video) -> Refusal | None:
    """Why `viewer` may not begin a video with a piece of one they see, or None (R5)."""
    return _remix_refusal(viewer, video)


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
    if not sound.is_original:
        return None
    return _of_others(viewer, sound.video)


def may_duet(viewer: Any, video: Video) -> bool:
    return duet_refusal(viewer, video) is None


def may_stitch(viewer: Any, video: Video) -> bool:
    return stitch_refusal(viewer, video) is None


def may_reuse_sound(viewer: Any, sound: Sound) -> bool:
    return reuse_refusal(viewer, sound) is None


def _remix_refusal(viewer: Any, video: Video) -> Refusal | None:
    # One level, so that who takes their picture back takes it out of everything at once.
    if video.is_made_of_parent:
        return _REMIX
    if viewer.is_authenticated and video.author_id == viewer.pk:
        return None
    return _of_others(viewer, video)


def _of_others(viewer: Any, video: Any) -> Refusal | None:
    author = video.author
    relation = relation_between(viewer, author) if viewer.is_authenticated else Relation()
    if refusal := remix(author.person, relation, is_private=author.is_private):
        return refusal
    return None if video.is_public else _NOT_PUBLIC
