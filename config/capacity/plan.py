"""From people to what they ask for at the busiest minute, from that to cores, to machines."""

from dataclasses import dataclass
from math import ceil

from config.capacity.measured import Measured

DAY = 24 * 60 * 60  # seconds
GIGABYTE = 10**9


@dataclass(frozen=True)
class Habits:
    """What is assumed of a person and day, and of the busiest minute beside the mean."""

    minutes: float = 60  # with a socket open
    messages: float = 20  # sent, to people and groups
    passages: float = 5  # web processes that hear one message
    pages: float = 60  # asked for: stretches of the feed, conversations, the inbox
    clips: float = 150  # shown
    clip_seconds: float = 15  # of each
    uploads: float = 0.05
    upload_seconds: float = 30
    jobs: float = 30  # a line in the list of news, mostly with a push
    peak: float = 3  # times the mean


@dataclass(frozen=True)
class Machines:
    """What is assumed of machines and of what lies on them."""

    cores: int = 16
    used: float = 0.5  # of a core at the peak: the rest is for deploys, lost machines, worse days
    least: int = 2  # of each kind: one may go
    sockets: int = 4000  # of one web process (deploy/kubernetes/scaling.yaml)
    database_share: float = 0.3  # of the time of a page
    message_bytes: int = 1500  # its row, its indexes, its words for search
    clip_bits: int = 1_500_000  # a second of a clip on its way to somebody
    stored_bits: int = 2_500_000  # a second of a clip in all its sizes


@dataclass(frozen=True)
class Demand:
    """What all of them ask for in one second of the busiest minute."""

    sockets: float
    messages: float
    passages: float
    pages: float
    film_seconds: float
    jobs: float
    clip_bits: float


@dataclass(frozen=True)
class Need:
    """Of one kind of machine, so many cores at the peak (with what is kept free)."""

    kind: str
    cores: int
    machines: int


def demand(people: int, habits: Habits, machines: Machines) -> Demand:
    """Of `people` who come on one day."""

    def at_peak(of_day: float) -> float:
        return people * of_day * habits.peak / DAY

    return Demand(
        sockets=at_peak(habits.minutes * 60),
        messages=at_peak(habits.messages),
        passages=at_peak(habits.messages * habits.passages),
        pages=at_peak(habits.pages),
        film_seconds=at_peak(habits.uploads * habits.upload_seconds),
        jobs=at_peak(habits.jobs),
        clip_bits=at_peak(habits.clips * habits.clip_seconds) * machines.clip_bits,
    )


def needs(asked: Demand, cost: Measured, machines: Machines) -> list[Need]:
    """By kind of machine, in the order of docs/operations.md's processes."""
    drawing = asked.pages * cost.page * (1 - machines.database_share)
    reading = asked.pages * cost.page * machines.database_share
    web = max(
        (asked.messages * cost.web_per_message + drawing) / machines.used,
        asked.sockets / machines.sockets,
    )
    busy = {
        "web": web,
        "workers": asked.jobs / cost.jobs_per_second / machines.used,
        "media workers": asked.film_seconds * cost.encoding_per_second / machines.used,
        "PostgreSQL": (asked.messages * cost.database_per_message + reading) / machines.used,
        "Redis (bus)": asked.passages * cost.bus_per_passage / machines.used,
    }
    return [_need(kind, cores, machines) for kind, cores in busy.items()]


def _need(kind: str, cores: float, machines: Machines) -> Need:
    whole = ceil(cores)
    return Need(kind, whole, max(machines.least, ceil(whole / machines.cores)))


def socket_bytes(asked: Demand, cost: Measured) -> float:
    """Memory that open sockets hold, all web processes together."""
    return asked.sockets * cost.bytes_per_socket


def daily_bytes(people: int, habits: Habits, machines: Machines) -> tuple[float, float]:
    """What a day adds to the database by its messages, and to the media."""
    media = habits.uploads * habits.upload_seconds * machines.stored_bits / 8
    return people * habits.messages * machines.message_bytes, people * media
