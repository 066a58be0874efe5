"""Why a video is there (R47): kept as a code with what it names, said in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from videos.feed.reposts import Shown

Reason = Mapping[str, Any]


Known = Mapping[UUID, Any]  # videos that reasons name, as far as the reader may see them


def videos_in(reasons: Iterable[Reason]) -> set[UUID]:
    """The videos that these reasons name."""
    return {UUID(reason["video"]) for reason in reasons if "video" in reason}


def of_repost(shown: Shown) -> dict[str, Any]:
    """Somebody followed showed it; this reason is made for a page and never kept."""
    return {"code": "reposted", "by": shown.by.name, "others": shown.others}


def sentence(reason: Reason, video: Any, known: Known = MappingProxyType({})) -> str:
    """Why `video` is there, in one line; of `videos_in` it names those that are `known`."""
    say = SENTENCES.get(reason.get("code", ""))
    return say(reason, video, known) if say else ""


def _together(reason: Reason, video: Any, known: Known) -> str:
    seed = known.get(UUID(reason["video"])) if "video" in reason else None
    if seed is None:  # gone, or no longer theirs to see
        return _("Because of what you watched to the end")
    if not seed.title:
        return _("Because you watched a video by %(name)s to the end") % {"name": seed.author.name}
    return _("Because you watched “%(title)s” to the end") % {"title": _short(seed.title)}


def _short(title: str, length: int = 32) -> str:
    return title if len(title) <= length else title[: length - 1].rstrip() + "…"


def _followed(reason: Reason, video: Any, known: Known) -> str:
    if not getattr(video, "is_followed", True) and video.co_creator_count:
        return _("Because you follow somebody who made it")
    return _("Because you follow %(name)s") % {"name": video.author.name}


def _reposted(reason: Reason, video: Any, known: Known) -> str:
    told = {"name": reason["by"], "count": reason["others"]}
    if not reason["others"]:
        return _("%(name)s reposted") % told
    return (
        ngettext(
            "%(name)s and %(count)d other reposted",
            "%(name)s and %(count)d others reposted",
            reason["others"],
        )
        % told
    )


def _trending(reason: Reason, video: Any, known: Known) -> str:
    return _("Popular where you are") if reason.get("region") else _("Popular right now")


def _similar(reason: Reason, video: Any, known: Known) -> str:
    if topic := reason.get("topic"):
        return _("Because you like #%(topic)s") % {"topic": topic}
    return _("Because you like this sound")


SENTENCES: dict[str, Callable[[Reason, Any, Known], str]] = {
    "together": _together,
    "followed": _followed,
    "reposted": _reposted,
    "trending": _trending,
    "similar": _similar,
    "fresh": lambda *_all: _("New: you are among the first to see it"),
    "new": lambda *_all: _("New on Medley"),
    "popular": lambda *_all: _("Popular this week"),
    "again": lambda *_all: _("Worth another look"),
}


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that counted, in words; `weight` from -100 to 100 for a bar beside it."""

    words: str
    weight: int

    @property
    def size(self) -> int:
        """Of the bar, whichever way it counts."""
        return abs(self.weight)


def factors(reason: Reason) -> list[Factor]:
    """What the score was made of, the largest first; nothing where nothing was scored."""
    found = reason.get("factors") or {}
    weighed = [
        (found.get("relevance", 0) * 1.5, _("How near it is to what you liked")),
        (found.get("completion", 0), _("How many people watch it to the end")),
        (found.get("response", 0), _("Hearts, comments and shares, less skips")),
        (0.4 * bool(found.get("followed")), _("You follow whoever made it")),
        (found.get("new", 0) * 0.3, _("It is new")),
        (found.get("slider", 1) - 1, _("What you said about its topics")),
    ]
    most = max((abs(weight) for weight, _words in weighed), default=0) or 1
    shown = [Factor(words, round(100 * weight / most)) for weight, words in weighed]
    return sorted((each for each in shown if each.weight), key=lambda each: -abs(each.weight))
