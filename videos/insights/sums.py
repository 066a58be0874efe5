"""Days added up: of a video, of all videos of somebody, of a period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from videos.insights.sketch import Sketch
from videos.models.insight import Day

PERCENTS = 101  # 0 to 100
TOTALS = ("plays", "views", "watched_ms", "sends")
SETS = ("viewers", "senders", "conversations")


@dataclass
class Sums:
    """Everything that is known of some days; see `videos.models.insight.Day` for each field."""

    plays: int = 0
    views: int = 0
    watched_ms: int = 0
    sends: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    reached: list[int] = field(default_factory=lambda: [0] * PERCENTS)
    viewers: Sketch = field(default_factory=Sketch)
    senders: Sketch = field(default_factory=Sketch)
    conversations: Sketch = field(default_factory=Sketch)

    @classmethod
    def of(cls, days: Iterable[Day]) -> Self:
        """The sums of these days."""
        sums = cls()
        for day in days:
            sums.add(day)
        return sums

    def add(self, day: Day) -> None:
        for name in TOTALS:
            setattr(self, name, getattr(self, name) + getattr(day, name))
        for name in SETS:
            getattr(self, name).merge(getattr(day, name))
        self.sources.update(day.sources)
        for percent, number in enumerate(day.reached):
            self.reached[percent] += number

    def as_fields(self) -> dict[str, Any]:
        """As a row stores them."""
        totals = {name: getattr(self, name) for name in TOTALS}
        sets = {name: bytes(getattr(self, name)) for name in SETS}
        return {**totals, **sets, "sources": dict(self.sources), "reached": self.reached}

    @property
    def average_ms(self) -> int:
        """How long it was watched each time it was before somebody; again and again counts."""
        return round(self.watched_ms / self.plays) if self.plays else 0

    @property
    def average_percent(self) -> int:
        """How far people came, on average."""
        came = sum(percent * number for percent, number in enumerate(self.reached))
        return round(came / self.plays) if self.plays else 0

    @property
    def retention(self) -> list[float]:
        """Of those before whom it began, how many percent were still there at each percent of it.

        101 values that never rise, the first of them 100; none where it began before nobody.
        """
        there = sum(self.reached)
        if not there:
            return []
        curve, left = [], there
        for number in self.reached:
            curve.append(round(100 * left / there, 1))
            left -= number
        return curve
