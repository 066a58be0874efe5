"""docs/capacity.md: what is assumed, what was measured, and what comes of it."""

from collections.abc import Iterable

from config.capacity.measured import MICRO, Measured
from config.capacity.plan import (
    GIGABYTE,
    Habits,
    Machines,
    daily_bytes,
    demand,
    needs,
    socket_bytes,
)

PEOPLE = (1_000_000, 10_000_000, 100_000_000)

HEAD = """# How many machines

Written by `python manage.py write_capacity` (`config/capacity/`) from the figures of
[performance.md](performance.md); a test compares. It is arithmetic: nobody has had so many people
on Medley yet, and each figure was measured on one core that all processes shared.

- **web, workers and media workers** share nothing: twice the machines do twice as much.
- **PostgreSQL** is one primary. What is more than one machine can do below is not to be had by
  adding a second: replicas can take reads, for writes the tables would have to be divided by
  conversation, which Medley does not do yet.
- **Redis** uses one core an instance: more than one means several, by role (`REDIS_BUS_URL`,
  `REDIS_CACHE_URL`, `BROKER_URL`), then a cluster.
- **Clips** should reach people from a CDN: no row holds the machines that send them."""
PRICES = """\
A message is priced as one of a busy room of 32. Most are heard by fewer, which pays for the
processes that they pass on their way. A page is priced as the dearest one that apps read by REST,
a job by the load under which jobs were measured (and came late)."""


def as_markdown(cost: Measured, habits: Habits, machines: Machines) -> str:
    """The whole page."""
    return (
        "\n\n".join(
            [
                HEAD,
                "## What is assumed",
                _table(["a person and day", ""], _habits(habits)),
                _table(["a machine", ""], _machines(machines)),
                "## What was measured",
                _table(["one", "costs", "case"], _costs(cost)),
                PRICES,
                "## What comes of it",
                _table(
                    ["at the busiest second", *map(_people, PEOPLE)], _demands(habits, machines)
                ),
                _table(
                    [f"machines of {machines.cores} cores (cores)", *map(_people, PEOPLE)],
                    _needs(cost, habits, machines),
                ),
                _table(["kept", *map(_people, PEOPLE)], _kept(cost, habits, machines)),
            ]
        )
        + "\n"
    )


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _people(count: int) -> str:
    return f"{count // 1_000_000} million a day"


def _habits(habits: Habits) -> list[list[str]]:
    clips = f"{habits.clips:g}, {habits.clip_seconds:g} s of each"
    uploads = f"{habits.uploads:g}, {habits.upload_seconds:g} s long"
    return [
        ["minutes with Medley open", f"{habits.minutes:g}"],
        ["messages sent", f"{habits.messages:g}"],
        ["web processes that hear a message", f"{habits.passages:g}"],
        ["pages and stretches of lists asked for", f"{habits.pages:g}"],
        ["clips shown", clips],
        ["clips uploaded", uploads],
        ["lines of news, most with a push", f"{habits.jobs:g}"],
        ["the busiest minute beside the mean", f"{habits.peak:g} times"],
    ]


def _machines(machines: Machines) -> list[list[str]]:
    return [
        ["cores", f"{machines.cores}"],
        ["used at the busiest minute", f"{machines.used:.0%}"],
        ["least of each kind", f"{machines.least}"],
        ["sockets of one web process, which has a core", f"{machines.sockets:,}"],
        ["PostgreSQL's share of the time of a page", f"{machines.database_share:.0%}"],
        ["bytes of a message, with indexes and search", f"{machines.message_bytes:,}"],
        ["bits for a second of a clip, sent", f"{machines.clip_bits:,}"],
        ["bits for a second of a clip, stored in all sizes", f"{machines.stored_bits:,}"],
    ]


def _costs(cost: Measured) -> list[list[str]]:
    return [
        ["message, web process", _micro(cost.web_per_message), "62x32"],
        ["message, PostgreSQL", _micro(cost.database_per_message), "two-processes"],
        ["message on its way to one process, Redis", _micro(cost.bus_per_passage), "two-processes"],
        ["page", f"{cost.page * 1000:.1f} ms of a core", "conversation"],
        ["open socket", f"{cost.bytes_per_socket / 1024:.1f} KB", "idle"],
        ["second of film", f"{cost.encoding_per_second:.3f} s of a core", "encoding"],
        ["job", f"{1000 / cost.jobs_per_second:.0f} ms of a core", "notifications"],
    ]


def _micro(seconds: float) -> str:
    return f"{seconds * MICRO:,.0f} us of a core"


def _demands(habits: Habits, machines: Machines) -> list[list[str]]:
    asked = [demand(people, habits, machines) for people in PEOPLE]
    return [
        ["sockets open", *(f"{each.sockets:,.0f}" for each in asked)],
        ["messages", *(f"{each.messages:,.0f}" for each in asked)],
        ["pages", *(f"{each.pages:,.0f}" for each in asked)],
        ["seconds of film to prepare", *(f"{each.film_seconds:,.0f}" for each in asked)],
        ["jobs", *(f"{each.jobs:,.0f}" for each in asked)],
        ["clips on their way, Gbit/s", *(f"{each.clip_bits / GIGABYTE:,.0f}" for each in asked)],
    ]


def _needs(cost: Measured, habits: Habits, machines: Machines) -> list[list[str]]:
    columns = [needs(demand(people, habits, machines), cost, machines) for people in PEOPLE]
    return [
        [row[0].kind, *(f"{each.machines:,} ({each.cores:,})" for each in row)]
        for row in zip(*columns, strict=True)
    ]


def _kept(cost: Measured, habits: Habits, machines: Machines) -> list[list[str]]:
    sockets = [socket_bytes(demand(people, habits, machines), cost) for people in PEOPLE]
    added = [daily_bytes(people, habits, machines) for people in PEOPLE]
    return [
        ["memory of open sockets, GB", *(f"{each / GIGABYTE:,.0f}" for each in sockets)],
        ["messages of a day, GB", *(f"{rows / GIGABYTE:,.0f}" for rows, _media in added)],
        ["clips of a day, GB", *(f"{media / GIGABYTE:,.0f}" for _rows, media in added)],
    ]
