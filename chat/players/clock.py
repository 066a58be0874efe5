"""Where a player that several people share stands at any moment: arithmetic over plain values.

A playback is a position at a moment of the server's clock, and whether it moves on from there. The
moment may lie a little ahead: until then the picture stands, so that everybody hears in time and
begins together. `static/js/talk/watch/position.js` computes the same.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# How far ahead of now a playing state begins: for the word to reach everybody, and for a video that
# nobody has loaded yet to come.
LEAD = timedelta(milliseconds=300)
LEAD_TO_ANOTHER = timedelta(milliseconds=900)
# Whoever says that a video is over may be so far ahead of the server.
END_TOLERANCE_MS = 400


@dataclass(frozen=True, slots=True)
class Playback:
    """`position_ms` into a video of `duration_ms` at `at`; where it `loops` the end is the start.

    Each verb answers the playback after it, as of `now`.
    """

    position_ms: int
    at: datetime
    is_playing: bool
    duration_ms: int
    loops: bool = False

    def position_at(self, now: datetime) -> int:
        """Milliseconds into the video."""
        if not self.is_playing:
            return self.position_ms
        elapsed = max(now - self.at, timedelta(0)) // timedelta(milliseconds=1)
        position = self.position_ms + elapsed
        if self.loops and self.duration_ms:
            return position % self.duration_ms
        return min(position, self.duration_ms)

    def is_over(self, now: datetime) -> bool:
        """Whether it has come to its end, or as good as."""
        return not self.loops and self.position_at(now) >= self.duration_ms - END_TOLERANCE_MS

    def play(self, now: datetime) -> "Playback":
        """Go on; from the start where it had come to its end. What plays already is left alone."""
        if self.is_playing and not self.is_over(now):
            return self
        position = 0 if self.is_over(now) else self.position_at(now)
        return replace(self, position_ms=position, at=now + LEAD, is_playing=True)

    def pause(self, now: datetime) -> "Playback":
        return replace(self, position_ms=self.position_at(now), at=now, is_playing=False)

    def seek(self, now: datetime, position_ms: int) -> "Playback":
        """Go on, or stand, from another place of the same video."""
        position = min(max(position_ms, 0), self.duration_ms)
        at = now + LEAD if self.is_playing else now
        return replace(self, position_ms=position, at=at)

    def settle(self, now: datetime) -> "Playback":
        """The same place, said as of now: from here on, whether it loops is another matter."""
        if now < self.at:
            return self
        return replace(self, position_ms=self.position_at(now), at=now)


def begin(now: datetime, duration_ms: int) -> Playback:
    """Another video, from its start, once there was a moment to load it."""
    return Playback(0, now + LEAD_TO_ANOTHER, True, duration_ms)
