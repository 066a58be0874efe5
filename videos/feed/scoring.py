"""How good a video is for somebody: what others did with it, and how near it is to their own.

expected completion, shrunk towards what videos of that length get
+ what rewatches, shares, follows, comments and hearts add
- what skips, "not interested" and reports take away
+ relevance (videos/feed/relevance.py), what is followed, what is new
times what the person's own sliders say
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

# Up to so many seconds long, videos are watched to this share; ours replace it as they come in.
EXPECTED = ((15, 0.75), (30, 0.60), (60, 0.45), (math.inf, 0.30))
DOUBT = 20  # times shown after which what we saw counts as much as what we expected
WORTH = {"rewatched": 0.5, "shares": 3.0, "comments": 2.0, "likes": 1.5}
COST = {"skipped": 1.0, "unwanted": 5.0, "reports": 20.0}
RELEVANCE, FOLLOWED, NEW = 1.5, 0.4, 0.3
NEW_DAYS = 3.0
MOST_COMPLETION = 1.5
SLIDERS = {1: 0.5, 3: 1.5}
# The kth video of one person counts so much (k from 0): it never falls to nothing.
ALONE, SHARED = 0.25, 0.75


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a candidate; counts are of all people."""

    video: UUID
    author: UUID
    published_at: datetime
    duration_ms: int
    caption: str = ""
    sound: UUID | None = None
    topics: Sequence[str] = ()
    shown: int = 0
    watched_ms: int = 0
    skipped: int = 0
    rewatched: int = 0
    unwanted: int = 0
    likes: int = 0
    comments: int = 0
    shares: int = 0
    reports: int = 0  # by different people whose reports are credible


@dataclass(slots=True)
class Factors:
    """What the score is made of: kept with the item, and shown to whoever asks why (R47)."""

    completion: float = 0.0
    response: float = 0.0
    relevance: float = 0.0
    followed: bool = False
    new: float = 0.0
    slider: float = 1.0

    @property
    def score(self) -> float:
        told = self.completion + self.response + RELEVANCE * self.relevance
        return self.slider * (told + FOLLOWED * self.followed + NEW * self.new)

    def as_json(self) -> dict[str, Any]:
        return {name: round(getattr(self, name), 3) for name in self.__slots__}


class Taste(NamedTuple):
    """What the viewer told us, as far as scores go."""

    followed: frozenset[UUID] = frozenset()
    sliders: Mapping[str, int] = {}


def factors(facts: Facts, taste: Taste, relevance: float, now: datetime) -> Factors:
    """`relevance` between 0 and 1."""
    age_days = max(0.0, (now - facts.published_at).total_seconds() / 86400)
    return Factors(
        completion=_completion(facts),
        response=_response(facts),
        relevance=relevance,
        followed=facts.author in taste.followed,
        new=2 ** (-age_days / NEW_DAYS),
        slider=_slider(facts.topics, taste.sliders),
    )


def _completion(facts: Facts) -> float:
    seconds = facts.duration_ms / 1000
    expected = next(share for longest, share in EXPECTED if seconds <= longest)
    seen = facts.watched_ms / max(facts.duration_ms, 1)
    return min((seen + DOUBT * expected) / (facts.shown + DOUBT), MOST_COMPLETION)


def _response(facts: Facts) -> float:
    """Per time shown; hearts that came before anybody was counted do not blow up a new video."""
    good = sum(weight * getattr(facts, name) for name, weight in WORTH.items())
    bad = sum(weight * getattr(facts, name) for name, weight in COST.items())
    return max(-2.0, min(2.0, (good - bad) / (facts.shown + DOUBT)))


def _slider(topics: Iterable[str], sliders: Mapping[str, int]) -> float:
    return math.prod(SLIDERS.get(sliders.get(topic, 2), 1.0) for topic in topics)


def diversity(before: int) -> float:
    """What a video counts after `before` others of the same person."""
    return SHARED * 0.5**before + ALONE


@dataclass(slots=True)
class Scored:
    """A candidate with its score: `source` is one of videos/feed/candidates.py."""

    facts: Facts
    source: str
    factors: Factors
    params: dict[str, Any] = field(default_factory=dict)
    score: float = field(init=False)

    def __post_init__(self) -> None:
        self.score = self.factors.score
