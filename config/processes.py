"""Every process of Medley in production, and how many: what deploy/ starts, what docs/operations.md
lists (tests/config/test_deployment.py compares them), and what `make stack` runs."""

from dataclasses import dataclass

from config.health import HEARTBEAT_EVERY
from config.queues import DEFAULT

CELERY = ("-m", "celery", "--app=config", "--quiet")


@dataclass(frozen=True)
class Process:
    """Arguments of a Python that has Medley's libraries, its working directory being the source;
    `replicas`: how many to begin with; `stop_seconds`: how long it may take to end well."""

    name: str
    arguments: tuple[str, ...]
    replicas: int = 1
    stop_seconds: int = 10


def web(host: str = "0.0.0.0", port: int = 8000) -> tuple[str, ...]:  # noqa: S104  (in a container)
    return ("manage.py", "serve", f"--host={host}", f"--port={port}")


def worker(name: str, queues: str, concurrency: int) -> tuple[str, ...]:
    """A Celery worker of these queues, comma-separated. Its pool waits for others (the queues of
    pushes and links) or computes; workers do not talk among each other, Redis has enough to do."""
    return (
        *CELERY,
        "worker",
        f"--hostname={name}@%h",
        f"--queues={queues}",
        f"--concurrency={concurrency}",
        "--without-gossip",
        "--without-mingle",
        f"--heartbeat-interval={HEARTBEAT_EVERY}",
    )


BEAT = (*CELERY, "beat", "--loglevel=WARNING", "--pidfile=")

PROCESSES = (
    Process("web", web(), replicas=2),
    Process("worker", worker("worker", DEFAULT, 2), stop_seconds=60),
    Process("notifications", worker("notifications", "notifications", 8), stop_seconds=60),
    Process("links", worker("links", "links", 4), stop_seconds=60),
    Process("background", worker("background", "fanout,maintenance", 2), stop_seconds=60),
    # A film that is cut off is begun again elsewhere: no need to wait half an hour for it.
    Process("media", worker("media", "media", 1), stop_seconds=120),
    Process("beat", BEAT),
)
