"""What one thing costs a core, as docs/performance.md says: no figure is typed twice."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SOURCE = Path(settings.BASE_DIR) / "docs" / "performance.md"
MICRO = 1_000_000


class NotMeasured(Exception):
    """docs/performance.md has no such row; the message names it."""


@dataclass(frozen=True)
class Measured:
    """Seconds of one core for one of each, bytes for one socket, pushes a second of one core."""

    web_per_message: float
    database_per_message: float
    bus_per_passage: float
    page: float
    bytes_per_socket: float
    encoding_per_second: float
    jobs_per_second: float


def read(text: str) -> Measured:
    """From the tables of docs/performance.md; `NotMeasured` where one lacks a row."""
    rooms, processes = _load(text, "62x32"), _load(text, "two-processes")
    return Measured(
        web_per_message=rooms["web"] / rooms["messages"],
        database_per_message=processes["postgresql"] / processes["messages"],
        bus_per_passage=processes["redis"] / processes["messages"] / 2,
        page=max(_pages_by_rest(text)) / 1000,
        bytes_per_socket=_figure(text, "idle", "KB per idle connection") * 1024,
        encoding_per_second=_figure(
            text, "encoding", "CPU s per video second until it is published"
        )
        + _figure(text, "encoding", "CPU s per video second for strip and preview, later"),
        jobs_per_second=_jobs(text),
    )


def _rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]


def _number(cell: str) -> float:
    return float(cell.partition(" ")[0].replace(",", ""))


def _load(text: str, case: str) -> dict[str, float]:
    """Messages a second of Medley in that load, and by process what they took of a core."""
    for row in _rows(text):
        if row[:2] == [case, "medley"] and len(row) > 7:
            shares = dict(each.split(" ") for each in row[7].split(", "))
            # What shows as 0.00 is less than 0.01, and no more is known.
            took = {process: max(float(share), 0.01) for process, share in shares.items()}
            return took | {"messages": _number(row[3])}
    raise NotMeasured(f"{SOURCE.name} has no load {case}.")


def _figure(text: str, case: str, what: str) -> float:
    for row in _rows(text):
        if row[0] == case and what in row[1:3]:
            return _number(row[3])
    raise NotMeasured(f"{SOURCE.name} does not say for {case}: {what}.")


def _pages_by_rest(text: str) -> list[float]:
    """p50 in milliseconds of what apps read by REST."""
    found = [_number(row[1]) for row in _rows(text) if row[0].endswith("(REST)")]
    if not found:
        raise NotMeasured(f"{SOURCE.name} has no page by REST.")
    return found


def _jobs(text: str) -> float:
    """The load under which jobs were measured: one core did as many, late."""
    if found := re.search(r"push service, (\d+) jobs a second", text):
        return float(found[1])
    raise NotMeasured(f"{SOURCE.name} does not say how many jobs a second.")
