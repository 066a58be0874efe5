"""The numbers to reach, in one table, and whether they were."""

from dataclasses import dataclass
from enum import Enum

from tests.bench.figures import Figures

SUBJECT = "medley"


class Direction(Enum):
    """Which side of the target is good."""

    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True)
class Target:
    """Medley's metric in a case against `factor` times the sum of the same metric of `others`.

    Without `others` the factor is the number itself.
    """

    case: str
    metric: str
    direction: Direction
    factor: float
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        against = " + ".join(self.others)
        times = f" x ({against})" if len(self.others) > 1 else f" x {against}" if against else ""
        return f"{self.case} {self.metric} {self.direction.value} {self.factor:g}{times}"


def faster(case: str, other: str, factor: float) -> Target:
    """Deliveries a second, against another subject."""
    return Target(case, "deliveries_per_s", Direction.AT_LEAST, factor, (other,))


def at_most(metric: str, number: float) -> Target:
    """Of pages over ten million messages."""
    return Target("conversation", metric, Direction.AT_MOST, number)


# Words of all kinds; and what searches could find hard.
SEARCHES = ("", "_two", "_three", "_inside", "_rare", "_person", "_kind", "_dates", "_group")

READS = ("list", "history", "feed_api", "profile")

TARGETS = (
    faster("32/W32x8", "ejabberd", 10),
    faster("32/W32x8", "prosody", 10),
    faster("500/W4", "ejabberd", 8),
    faster("500/W4", "prosody", 8),
    faster("32/W32x8", "socket.io+postgresql", 4),
    faster("500/W4", "socket.io+postgresql", 3),
    faster("62x32", "socket.io+postgresql", 2),
    faster("500/W4", "socket.io", 1.5),
    faster("32/W32x8", "channels-tutorial", 80),
    faster("500/W4", "channels-tutorial", 40),
    Target("500/W4", "cpu_us_per_delivery", Direction.AT_MOST, 1.3, ("c-floor",)),
    Target("32/W32x8", "messages_per_s", Direction.AT_LEAST, 10_000),
    Target("32/W128x16", "messages_per_s", Direction.AT_LEAST, 25_000),
    Target("rate-20", "p50_ms", Direction.AT_MOST, 1.2, ("postgresql-commit", "c-floor")),
    Target("rate-100", "p50_ms", Direction.AT_MOST, 1.2, ("postgresql-commit", "c-floor")),
    Target("idle", "rss_kb_per_connection", Direction.AT_MOST, 30),
    Target("resume-1000", "resumed_s", Direction.AT_MOST, 60),
    Target("resume-1000", "api_p95_ms", Direction.AT_MOST, 1000),
    *(at_most(f"{page}_p95_ms", 30) for page in ("open", "open_api", "inbox", "inbox_api")),
    *(at_most(f"{page}_queries", 10) for page in ("open", "open_api", "inbox", "inbox_api")),
    *(at_most(f"search{kind}_p95_ms", 150) for kind in SEARCHES),
    Target("feed", "feed_p95_ms", Direction.AT_MOST, 10),
    Target("feed", "feed_api_p95_ms", Direction.AT_MOST, 10),
    Target("feed", "refill_p95_ms", Direction.AT_MOST, 100),
    Target("encoding", "encoding_ratio", Direction.AT_MOST, 1.15),
    Target("encoding", "conforming_cpu_per_s", Direction.AT_MOST, 0.15),
    Target("encoding", "video_s_per_s", Direction.AT_LEAST, 2.5),
    Target("encoding", "encoder_start_s", Direction.AT_MOST, 2),
    Target("notifications", "badge_p95_ms", Direction.AT_MOST, 200),
    Target("notifications", "push_p95_ms", Direction.AT_MOST, 1000),
    Target("notifications", "fanout_rows_per_s", Direction.AT_LEAST, 20_000),
    Target("notifications", "others_ratio", Direction.AT_MOST, 2),
    *(
        Target("moderation", f"{page}_p95_ms", Direction.AT_MOST, 100)
        for page in ("queue", "filtered", "deep", "case", "statistics")
    ),
    Target("checkout", "order_p95_ms", Direction.AT_MOST, 150),
    Target("checkout", "orders_per_s", Direction.AT_LEAST, 100),
    Target("checkout", "crowd_told_s", Direction.AT_MOST, 2),
    *(Target("rest", f"{read}_p95_ms", Direction.AT_MOST, 25) for read in READS),
    *(Target("rest", f"{read}_times_bare", Direction.AT_MOST, 3) for read in READS),
    Target("rest", "posts_per_s", Direction.AT_LEAST, 400),
)


@dataclass(frozen=True)
class Verdict:
    """What became of a target: `reached` in the target's own terms, None where not measured."""

    target: Target
    reached: float | None

    @property
    def word(self) -> str:
        """`ok`, `MISSED` or `not measured`."""
        if self.reached is None:
            return "not measured"
        if self.target.direction is Direction.AT_LEAST:
            return "ok" if self.reached >= self.target.factor else "MISSED"
        return "ok" if self.reached <= self.target.factor else "MISSED"


def judge(target: Target, figures: Figures) -> Verdict:
    """Medians against the target; a ratio where there are others, else Medley's own number."""
    ours = figures.median(target.case, SUBJECT, target.metric)
    others = [figures.median(target.case, other, target.metric) for other in target.others]
    known = [each for each in others if each is not None]
    if ours is None or len(known) < len(others):
        return Verdict(target, None)
    if not others:
        return Verdict(target, ours)
    return Verdict(target, ours / sum(known) if sum(known) else None)


def judge_all(figures: Figures) -> list[Verdict]:
    """Every target of the table, in its order."""
    return [judge(target, figures) for target in TARGETS]


def is_needed(case: str, subject: str) -> bool:
    """Whether some target rests on this pair; the others are context."""
    return any(target.case == case and subject in (SUBJECT, *target.others) for target in TARGETS)
