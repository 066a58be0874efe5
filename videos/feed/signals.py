"""What watching says: how much somebody took to a video, by how far they saw it."""

from typing import NamedTuple

VIEWED_MS = 2000  # from here on it was watched; below it was skipped
TO_THE_END = 0.9  # of its length: credits and the last second are nobody's business
AGAIN = 0.25  # for each time more, up to three
SKIPPED = -0.5
INDIFFERENT = 0.3  # of its length: who leaves here liked nothing and minded nothing


class Signals(NamedTuple):
    """One time somebody had a video before them."""

    watched_ms: int
    duration_ms: int
    loops: int = 0

    @property
    def share(self) -> float:
        """Of the video's length, loops included."""
        return self.watched_ms / max(self.duration_ms, 1)

    @property
    def percent(self) -> int:
        """How far they came the first time through: 0 to 100."""
        return 100 if self.loops else min(100, self.watched_ms * 100 // max(self.duration_ms, 1))

    @property
    def is_finished(self) -> bool:
        return self.loops > 0 or self.share >= TO_THE_END

    @property
    def is_view(self) -> bool:
        """Seen for two seconds; of shorter ones, to the end."""
        return self.watched_ms >= VIEWED_MS or self.is_finished

    @property
    def is_rewatch(self) -> bool:
        return self.loops > 0

    @property
    def liking(self) -> float:
        """1 for the end, more for again, less than 0 for skipped."""
        if not self.is_view:
            return SKIPPED
        if self.is_finished:
            return 1.0 + AGAIN * min(self.loops, 3)
        return self.share - INDIFFERENT
