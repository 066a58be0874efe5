"""What an author says about a video, draft or posted: tidied, permitted, taken onto its row."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts import policy
from accounts.models import Follow, User
from accounts.policy import Refusal, permit
from accounts.text import clean_lines, clean_name
from videos import rights
from videos.models import Video
from videos.refusals import invalid, refused

# What the author may say, and how each is tidied.
CLEANERS: dict[str, Callable[[Any], Any]] = {
    "caption": clean_lines,
    "alt_text": clean_name,
    "audience": str,
    "lends_sound": bool,
    **dict.fromkeys(Video.NAMES, str),
    "is_ai_made": bool,
    "is_paid_partnership": bool,
}
MOST_CHOSEN = 100


def describe(video: Video, said: Mapping[str, Any]) -> None:
    """Take what is said of CLEANERS, and `is_sensitive`, onto the row; the caller saves.

    What stays as it was is not asked about. Raises `Refused` (policy.R5, policy.R7,
    label.moderator), `ValidationError` for impossible values.
    """
    for name, clean in CLEANERS.items():
        if name in said and (value := clean(said[name])) != getattr(video, name):
            permit(_refusal(video, name, value))
            setattr(video, name, value)
    if "is_sensitive" in said and bool(said["is_sensitive"]) != video.is_sensitive:
        _mark(video, bool(said["is_sensitive"]))
    video.full_clean(exclude=["author", "recipe"])


def _refusal(video: Video, name: str, value: Any) -> Refusal | None:
    if name in Video.NAMES:
        return rights.permission_refusal(video.author, name, value)
    if name == "is_paid_partnership" and value:
        return policy.advertise(video.author.person)
    return None


def _mark(video: Video, is_sensitive: bool) -> None:
    if video.is_marked_by_moderator:
        raise refused("label.moderator")
    marks = Video.Sensitivity
    video.sensitivity = marks.AUTHOR if is_sensitive else marks.NONE


def choose(video: Video, people: Iterable[User] | None) -> None:
    """Let these friends, and no others, be the ones whom the author chose; None leaves them as they
    are. Raises `Refused` (chosen.friends_only), `ValidationError` (chosen.too_many)."""
    if people is None:
        return
    wanted = {person.pk for person in people}
    if len(wanted) > MOST_CHOSEN:
        raise invalid("chosen.too_many", "chosen")
    friends = list(User.objects.active().friends_of(video.author).filter(pk__in=wanted))
    if len(friends) < len(wanted):
        raise refused("chosen.friends_only")
    video.chosen.set(friends)


def part_the_chosen(user_id: UUID, other_ids: Iterable[UUID]) -> None:
    """Who is no friend any more is chosen no more, either way; becoming friends again brings
    nothing back."""
    choices = Video.chosen.through.objects
    pairs = Q(video__author=user_id, user__in=other_ids) | Q(
        video__author__in=other_ids, user=user_id
    )
    follows = Follow.objects.accepted()
    mutual = Exists(
        follows.filter(follower=OuterRef("user"), followed=OuterRef("video__author"))
    ) & Exists(follows.filter(follower=OuterRef("video__author"), followed=OuterRef("user")))
    choices.filter(pairs).exclude(mutual).delete()


def check_chosen(video: Video) -> None:
    """A video for chosen friends goes out to somebody. Raises `ValidationError` (chosen.nobody)."""
    if video.audience == Video.Audience.CHOSEN and not video.chosen.exists():
        raise invalid("chosen.nobody", "chosen")
