"""From the runs of several rounds to one median with its range for each metric."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

BENCH = "chat"
UNITS = {
    "deliveries_per_s": "1/s",
    "messages_per_s": "1/s",
    "commits_per_s": "1/s",
    "p50_ms": "ms",
    "p99_ms": "ms",
    "api_p95_ms": "ms",
    "resumed_s": "s",
    "cpu_us_per_delivery": "us",
    "bytes_per_delivery": "B",
    "rss_kb_per_connection": "KB",
    "missing": "deliveries",
    "stalls": "stalls",
    "retries": "connections",
}
SHARE = "of a core"  # the unit of client_cpu and every cpu_<process>


@dataclass(frozen=True)
class Figure:
    """What one metric of one subject in one case came to over the rounds."""

    case: str
    subject: str
    metric: str
    median: float
    min: float
    max: float
    rounds: int

    @property
    def unit(self) -> str:
        of_pages = {"ms": "ms", "queries": "queries"}.get(self.metric.rpartition("_")[2], SHARE)
        return UNITS.get(self.metric, of_pages)

    def line(self) -> str:
        """As JSON, for machines."""
        said = {"bench": BENCH, "case": self.case, "subject": self.subject}
        said |= {"metric": self.metric, "unit": self.unit}
        values = {name: round(getattr(self, name), 4) for name in ("median", "min", "max")}
        return json.dumps(said | values | {"rounds": self.rounds})


def figure(case: str, subject: str, metric: str, values: Iterable[float]) -> Figure:
    """The median and range of what the rounds gave; at least one value."""
    found = sorted(values)
    return Figure(case, subject, metric, median(found), found[0], found[-1], len(found))


class Figures:
    """All figures, looked up by case, subject and metric."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._figures = {(each.case, each.subject, each.metric): each for each in figures}

    @classmethod
    def of_rounds(cls, runs: Mapping[tuple[str, str], list[dict[str, float]]]) -> "Figures":
        """From what each (case, subject) gave, one mapping of metrics a round."""
        return cls(
            figure(case, subject, metric, (each[metric] for each in rounds if metric in each))
            for (case, subject), rounds in runs.items()
            for metric in {name: None for each in rounds for name in each}
        )

    def __iter__(self):
        return iter(self._figures.values())

    def get(self, case: str, subject: str, metric: str) -> Figure | None:
        """The figure, or None where it was not measured."""
        return self._figures.get((case, subject, metric))

    def median(self, case: str, subject: str, metric: str) -> float | None:
        """Its median, or None where it was not measured."""
        found = self.get(case, subject, metric)
        return found.median if found else None

    def pairs(self) -> list[tuple[str, str]]:
        """Every (case, subject) measured, in the order of measuring."""
        return list({(case, subject): None for case, subject, _metric in self._figures})

    def metrics(self, case: str, subject: str) -> dict[str, Figure]:
        """Everything measured of a subject in a case, by metric."""
        return {m: each for (c, s, m), each in self._figures.items() if (c, s) == (case, subject)}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of the values stay below; 0 where there are none."""
    found = sorted(values)
    return found[min(int(len(found) * share), len(found) - 1)] if found else 0.0
