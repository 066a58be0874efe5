"""Our ranking beside others on the same interactions: what `evaluate_feed` prints."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from videos.feed import baselines
from videos.feed.choosing import Choice, Fitted, fit
from videos.feed.interactions import Interactions, Watched
from videos.feed.measures import AT, Quality, quality

PLAIN = (Choice("co-watch", None), Choice("cosine", None))


class BadFile(Exception):
    """A file that holds no interactions; the message says which line, and why."""


@dataclass(frozen=True, slots=True)
class Result:
    """One ranking and how good it was."""

    name: str
    quality: Quality


def evaluate(known: Interactions, hidden: Mapping[Any, set[Any]]) -> Iterator[Result]:
    """Ours first, then each baseline, as they are done; `hidden` is by user what they liked."""
    fitted = fit(known)
    shown = "all alike" if fitted.choice.fading is None else f"fading {fitted.choice.fading:g}"
    yield _result(f"medley ({fitted.choice.kernel}, {shown})", _ours(fitted), known, hidden)
    yield _result("popularity", baselines.popular, known, hidden)
    yield _result("als", baselines.least_squares, known, hidden)
    for choice in PLAIN:
        yield _result(f"plain {choice.kernel}", _ours(fit(known, choice)), known, hidden)


Ranking = Callable[[Interactions, Sequence[Any], int], baselines.Offers]


def _result(name: str, rank: Ranking, known: Interactions, hidden: Mapping) -> Result:
    """Whoever a ranking has too little for is offered what is popular, whichever ranking it is."""
    people = [user for user in hidden if hidden[user]]
    offered = rank(known, people, AT)
    rest = baselines.popular(known, people, 2 * AT)
    filled = {
        user: list(dict.fromkeys([*offered.get(user, ()), *rest[user]]))[:AT] for user in people
    }
    return Result(name, quality(filled, hidden, len(known.items)))


def _ours(fitted: Fitted) -> Ranking:
    def rank(known: Interactions, people: Sequence[Any], count: int) -> baselines.Offers:
        return {user: fitted.offers(known.of_user.get(user, ()), count) for user in people}

    return rank


# --- Files ----------------------------------------------------------------------------------------

HEADERS = {
    "user": {"user", "user_id", "userid", "u"},
    "item": {"item", "item_id", "itemid", "video", "video_id", "i"},
    "at": {"timestamp", "time", "at", "ts", "t"},
}


def read(path: Path) -> list[Watched]:
    """The rows of a CSV file: user, item and perhaps a timestamp, with or without a header.

    Commas, semicolons or tabs. Raises `BadFile`, `OSError`.
    """
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        first = file.readline()
        file.seek(0)
        mark = max("\t,;", key=first.count)
        rows = csv.reader(file, delimiter=mark)
        places = _places(next(csv.reader([first], delimiter=mark), []))
        if places is not None:
            next(rows)
        return [_watched(row, places or (0, 1, 2), rows.line_num) for row in rows if any(row)]


def _places(header: Sequence[str]) -> tuple[int, int, int | None] | None:
    """Which columns hold user, item and time; None where the first line is no header."""
    words = [word.strip().lower().partition(":")[0] for word in header]
    found = {
        name: next((place for place, word in enumerate(words) if word in known), None)
        for name, known in HEADERS.items()
    }
    user, item = found["user"], found["item"]
    return None if user is None or item is None else (user, item, found["at"])


def _watched(row: Sequence[str], places: tuple[int, int, int | None], line: int) -> Watched:
    user, item, at = places
    if len(row) <= max(user, item):
        raise BadFile(f"Line {line}: a user and an item are needed.")
    when = row[at].strip() if at is not None and at < len(row) else ""
    try:
        return Watched(row[user].strip(), row[item].strip(), float(when) if when else None)
    except ValueError as error:
        raise BadFile(f"Line {line}: “{when}” is no timestamp (a number of seconds).") from error
