"""One subtitle: what is read from when to when, made safe to show."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from accounts.text import clean_lines
from videos.subtitles.refusals import BadSubtitles

MOST = 1000
MOST_CHARACTERS = 300
MOST_LINES = 4
MOST_TYPED = 4000  # characters, markup included

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|</>")


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """Text shown from `from_ms` to before `to_ms` of the film, in up to 4 lines."""

    from_ms: int
    to_ms: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"from_ms": self.from_ms, "to_ms": self.to_ms, "text": self.text}

    @classmethod
    def from_json(cls, cue: dict[str, Any]) -> Self:
        return cls(cue["from_ms"], cue["to_ms"], cue["text"])


def plain(text: str) -> str:
    """What is read of a cue's text: no markup, no empty lines; who speaks stays as "Ana: ".

    What is far too long for a cue comes back as it is: to look for markup in it could take long.
    """
    if len(text) > MOST_TYPED:
        return text
    named = _VOICE.sub(lambda found: f"{found[1].strip()}: ", text)
    words = clean_lines(html.unescape(_TAG.sub("", named)))
    return "\n".join(line for line in words.split("\n") if line)


def make_cue(from_ms: int, to_ms: int, text: str, *, line: int = 0, row: int = 0) -> Cue:
    """A cue of text that is plain already, checked. Raises `BadSubtitles` (subtitles.blank,
    subtitles.order, subtitles.too_long), which names the line or row."""
    if not text:
        raise BadSubtitles("subtitles.blank", line=line, row=row)
    if to_ms <= from_ms:
        raise BadSubtitles("subtitles.order", line=line, row=row)
    if len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_LINES:
        raise BadSubtitles("subtitles.too_long", line=line, row=row)
    return Cue(from_ms, to_ms, text)


def check_cues(cues: Iterable[Cue], *, duration_ms: int) -> list[Cue]:
    """The cues of one track in order, none beyond the end of the film. Raises `BadSubtitles`
    (subtitles.empty, subtitles.too_many, subtitles.beyond)."""
    ordered = sorted(cues)
    if not ordered:
        raise BadSubtitles("subtitles.empty")
    if len(ordered) > MOST:
        raise BadSubtitles("subtitles.too_many")
    if ordered[-1].from_ms >= duration_ms:
        first = next(place for place, cue in enumerate(ordered, 1) if cue.from_ms >= duration_ms)
        raise BadSubtitles("subtitles.beyond", row=first)
    return [Cue(cue.from_ms, min(cue.to_ms, duration_ms), cue.text) for cue in ordered]
