"""Where lines about videos lead and what they show, with the receiver's rights: one query a kind.

A line that is missing in the answer is not there for its receiver.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from accounts.models import User
from accounts.notifications import Target
from videos.models import Comment, Video

EXCERPT = 120  # characters of a comment

Lines = Collection[Any]
Targets = Mapping[UUID, Target]


def to_video(viewer: User, lines: Lines) -> Targets:
    """To the video that the line is about, as its own page shows it."""
    seen = _videos(viewer, [line.about for line in lines])
    return {line.pk: _video(viewer, seen[line.about]) for line in lines if line.about in seen}


def to_newest_video(viewer: User, lines: Lines) -> Targets:
    """To the newest video that did it (`detail`)."""
    seen = _videos(viewer, [line.detail for line in lines])
    return {line.pk: _video(viewer, seen[line.detail]) for line in lines if line.detail in seen}


def to_failure(viewer: User, lines: Lines) -> Targets:
    """To one's own video that could not be prepared, with the reason."""
    seen = _videos(viewer, [line.about for line in lines])
    return {
        line.pk: _video(viewer, seen[line.about], seen[line.about].failure)
        for line in lines
        if line.about in seen
    }


def to_silenced(viewer: User, lines: Lines) -> Targets:
    """To one's own video that goes on without its sound, with the reason."""
    why = gettext("A moderator took this sound down. Your video goes on without it.")
    seen = _videos(viewer, [line.about for line in lines])
    return {line.pk: _video(viewer, seen[line.about], why) for line in lines if line.about in seen}


def to_credits(viewer: User, lines: Lines) -> Targets:
    """To where one answers who wants to name one."""
    answered_at = reverse("videos:credits")
    seen = _videos(viewer, [line.about for line in lines])
    return {
        line.pk: Target(answered_at, seen[line.about].title, _picture(viewer, seen[line.about]))
        for line in lines
        if line.about in seen
    }


def to_remix(viewer: User, lines: Lines) -> Targets:
    """To the video that was made with one's own (`detail`); of several, to the list of them."""
    seen = _videos(viewer, [key for line in lines for key in (line.about, line.detail)])
    return {line.pk: target for line in lines if (target := _remix(viewer, line, seen))}


def _remix(viewer: User, line: Any, seen: Mapping[UUID, Video]) -> Target | None:
    if line.actor_count > 1 and line.about in seen:
        own = seen[line.about]
        return Target(reverse("videos:remixes", args=[own.pk]), own.title, _picture(viewer, own))
    return _video(viewer, seen[line.detail]) if line.detail in seen else None


def to_use_of_sound(viewer: User, lines: Lines) -> Targets:
    """To the video that has one's sound (`detail`); of several, to the sound."""
    found = dict(to_newest_video(viewer, lines))
    for line in lines:
        if line.actor_count > 1:
            newest = found.get(line.pk, Target(""))
            address = reverse("videos:sound", args=[line.about])
            found[line.pk] = Target(address, newest.words, newest.picture)
    return found


def to_own_profile(viewer: User, lines: Lines) -> Targets:
    """To one's own videos, where the one that it is about stands no more."""
    profile = viewer.get_absolute_url()
    return {line.pk: Target(profile, str(line.words.get("title", ""))) for line in lines}


def to_comment(viewer: User, lines: Lines) -> Targets:
    """To the newest comment (`detail`), among those that it stands with."""
    return _at_comments(viewer, {line.pk: line.detail for line in lines})


def to_own_comment(viewer: User, lines: Lines) -> Targets:
    """To the comment that the line is about."""
    return _at_comments(viewer, {line.pk: line.about for line in lines})


def _videos(viewer: User, keys: Iterable[UUID | None]) -> dict[UUID, Video]:
    wanted = {key for key in keys if key is not None}
    seen = Video.objects.watchable_by(viewer).filter(pk__in=wanted)
    shown = seen.only("author", "caption", "cover_small", "sensitivity", "failure_code")
    return {video.pk: video for video in shown}


def _video(viewer: User, video: Video, words: str = "") -> Target:
    return Target(video.get_absolute_url(), words or video.title, _picture(viewer, video))


def _picture(viewer: User, video: Video) -> str:
    """Its cover; of what is covered for others nothing, however small."""
    is_hidden = video.is_sensitive and video.author_id != viewer.pk
    return "" if is_hidden else video.cover_small_url


def _at_comments(viewer: User, keys: Mapping[UUID, UUID | None]) -> Targets:
    videos = Video.objects.watchable_by(viewer).filter(pk=OuterRef("video"))
    seen = Comment.objects.visible_to(viewer).filter(Exists(videos), pk__in=set(keys.values()))
    said = {comment.pk: comment for comment in seen.select_related("video")}
    return {
        line: _comment(viewer, said[key])
        for line, key in keys.items()
        if key is not None and key in said
    }


def _comment(viewer: User, comment: Comment) -> Target:
    thread = reverse("videos:answers", args=[comment.parent_id or comment.pk])
    words = Truncator(" ".join(comment.body.split())).chars(EXCERPT)
    address = f"{thread}?comment={comment.pk}#comment-{comment.pk}"
    return Target(address, words, _picture(viewer, comment.video))
