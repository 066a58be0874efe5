"""What decides which videos come, in plain words and with the numbers that the code itself uses
(DSA Art. 27, R47). Change a weight, and the page that explains it says the new one."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from videos.feed import candidates, mixing, plain, scoring


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of videos, and how many of a hundred places are its."""

    words: str | Promise
    percent: int


@dataclass(frozen=True, slots=True)
class Weight:
    """One thing that counts for a video, or against it where `points` is below nothing."""

    words: str | Promise
    points: float

    @property
    def size(self) -> int:
        """Of a bar of a hundred."""
        return min(100, round(abs(self.points) / max(scoring.COST.values()) * 100) or 1)


KINDS = {
    candidates.TOGETHER: _("What people watched who liked what you liked"),
    candidates.FOLLOWED: _("People you follow"),
    candidates.TRENDING: _("What many watch right now"),
    candidates.SIMILAR: _("Topics, sounds and words like those you liked"),
    candidates.FRESH: _("New videos that few have seen, so that everybody gets a chance"),
}
RESPONSES = {
    "shares": _("Somebody sent it on"),
    "comments": _("Somebody commented on it"),
    "likes": _("Somebody liked it"),
    "rewatched": _("Somebody watched it again"),
    "skipped": _("Somebody skipped it at once"),
    "unwanted": _("Somebody said “not interested”"),
    "reports": _("Somebody reported it, and their reports were right before"),
}


def shares() -> list[Share]:
    """How the places of a feed are divided."""
    return [Share(words, round(mixing.share_of(kind) * 100)) for kind, words in KINDS.items()]


def responses() -> list[Weight]:
    """What others did with a video, per time that it was shown."""
    points = scoring.WORTH | {name: -cost for name, cost in scoring.COST.items()}
    return [Weight(words, points[name]) for name, words in RESPONSES.items()]


def ties() -> list[Weight]:
    """What is between you and a video."""
    return [
        Weight(_("How near it is to what you liked, at the most"), scoring.RELEVANCE),
        Weight(_("You follow whoever made it"), scoring.FOLLOWED),
        Weight(_("It is new, at the most"), scoring.NEW),
    ]


def bounds() -> dict[str, float]:
    """Numbers that sentences say."""
    return {
        "new_days": round(scoring.NEW_DAYS),
        "less": round(scoring.SLIDERS[1] * 100),
        "more": round(scoring.SLIDERS[3] * 100),
        "second": round(scoring.diversity(1) * 100),
        "fresh_days": candidates.FRESH_DAYS,
        "promised": candidates.PROMISED,
        "doubling": round(plain.DOUBLING),
    }
