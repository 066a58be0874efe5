"""What a run is asked to do, from the environment and `NAME=value` arguments."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.cases import CASES
from tests.bench.measuring import Timing

DOCUMENT, PLOT = Path("docs/performance.md"), Path("docs/performance.svg")


class Wrong(Exception):
    """An option that cannot be; the message says which."""


@dataclass(frozen=True)
class Options:
    """`cases` and `subjects` are empty where all are wanted."""

    cases: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    timing: Timing = field(default_factory=Timing)
    all_peers: bool = False
    out: Path | None = None  # for the figures as JSON lines
    document: Path | None = None
    plot: Path | None = None

    def wants(self, case: str, subject: str) -> bool:
        """Whether this pair is among what was asked for."""
        return (not self.cases or case in self.cases) and (
            not self.subjects or subject in self.subjects
        )

    @property
    def is_part(self) -> bool:
        """Whether less than everything was asked for."""
        return bool(self.cases or self.subjects)


def options(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Options:
    """From CASE, SUBJECTS (names with commas), PEERS, ROUNDS, SECONDS, OUT, PLOT and WRITE.

    `Wrong` for a case that does not exist or a number that is none.
    """
    given = {**environment, **dict(argument.split("=", 1) for argument in arguments)}
    cases = _names(given.get("CASE", ""))
    if unknown := [name for name in cases if name not in CASES]:
        raise Wrong(f"No such case: {', '.join(unknown)}. There are {', '.join(CASES)}.")
    write = bool(given.get("WRITE"))
    plot = given.get("PLOT", "")
    return Options(
        cases=cases,
        subjects=_names(given.get("SUBJECTS", "")),
        timing=_timing(given),
        all_peers=given.get("PEERS") == "all",
        out=Path(given["OUT"]) if given.get("OUT") else None,
        document=DOCUMENT if write else None,
        plot=Path(plot) if plot else PLOT if write else None,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _timing(given: Mapping[str, str]) -> Timing:
    try:
        seconds, rounds = float(given.get("SECONDS") or 4), int(given.get("ROUNDS") or 3)
    except ValueError:
        raise Wrong("SECONDS is a number and ROUNDS a whole one.") from None
    if seconds <= 0 or rounds < 1:
        raise Wrong("SECONDS must be above 0 and ROUNDS at least 1.")
    return Timing(seconds=seconds, rounds=rounds)
