"""Moments of a film as people and WebVTT write them."""

import re

_TIME = re.compile(
    r"(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,3})(?:[.,](\d{1,3}))?\Z",
    re.ASCII,
)


def milliseconds(text: str) -> int | None:
    """`00:01:02.500`, `1:02.5` or `62.5` as milliseconds; None for what is no time."""
    found = _TIME.match(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if found[2] is not None and (seconds > 59 or (found[1] is not None and minutes > 59)):
        return None
    fraction = int((found[4] or "0").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def clock(moment: int) -> str:
    """Milliseconds as WebVTT has them: `01:02.500`, with hours only where there are some."""
    seconds, fraction = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    ahead = f"{hours:02}:" if hours else ""
    return f"{ahead}{minutes:02}:{seconds:02}.{fraction:03}"
