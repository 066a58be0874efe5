"""How long the server takes for a page: the time inside the ASGI application, by request."""

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

from tests.bench.archive import Archive, Size, made
from tests.bench.figures import percentile
from tests.bench.measuring import Run
from tests.bench.world import Person

WARM, MEASURED = 100, 1000

Path = Callable[[Archive], Iterator[str]]

_archives: dict[Size, Archive] = {}


def measure() -> Run:
    """p95 in milliseconds of opening a conversation, of the inbox and of a search, each as page
    and by REST."""
    from config.server import quiet_the_collector  # late: it reads settings

    size = Size.asked()
    if size not in _archives:
        print(f"making {size.messages:,} messages in {size.conversations:,} conversations ...")
        _archives[size] = made(size)
    archive = _archives[size]
    quiet_the_collector()  # as every web process does before its first client
    figures, faults = {}, []
    for name, paths in PATHS.items():
        asked = ((archive.member, path) for path in paths(archive))
        times, wrong = asyncio.run(timed(asked))
        figures[f"{name}_p95_ms"] = percentile(times, 0.95) * 1e3
        faults += [f"{name}: {path} answered {status}" for path, status in wrong[:3]]
    return Run(figures, faults)


def _open_pages(archive: Archive) -> Iterator[str]:
    return cycle(f"/chat/{each}/" for each in archive.conversations)


def _open_by_rest(archive: Archive) -> Iterator[str]:
    return cycle(f"/api/v1/conversations/{each}/messages/" for each in archive.conversations)


def _inbox_pages(archive: Archive) -> Iterator[str]:
    return cycle(["/inbox/"])


def _inbox_by_rest(archive: Archive) -> Iterator[str]:
    return cycle(["/api/v1/conversations/"])


def _searches(archive: Archive) -> Iterator[str]:
    """Words from everyday ones to rare ones, two of three alone, every third with another."""
    words = archive.words
    alone = (f"/api/v1/search/messages/?q={words[n * 7 % len(words)]}" for n in range(2 * MEASURED))
    return cycle(
        f"{path}+{words[n * 13 % 200]}" if n % 3 == 2 else path for n, path in enumerate(alone)
    )


PATHS: dict[str, Path] = {
    "open": _open_pages,
    "open_api": _open_by_rest,
    "inbox": _inbox_pages,
    "inbox_api": _inbox_by_rest,
    "search": _searches,
}


async def timed(asked: Iterator[tuple[Person, str]]) -> tuple[list[float], list[tuple[str, int]]]:
    """Seconds of each measured request, and the paths that were not answered with 200."""
    from config.asgi import application

    times, wrong = [], []
    for number, (who, path) in enumerate(islice(asked, WARM + MEASURED)):
        began = time.perf_counter()
        status = await _ask(application, who, path)
        seconds = time.perf_counter() - began
        if number >= WARM:
            times.append(seconds)
        if status != 200:
            wrong.append((path, status))
    return times, wrong


async def _ask(application: Any, who: Person, path: str) -> int:
    """One GET, as the server would hand it over; its status."""
    from django.conf import settings

    where, _mark, query = path.partition("?")
    cookie = f"{settings.SESSION_COOKIE_NAME}={who.session_key}"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    asked: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    asked.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    status = 0

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]

    await application(scope, asked.get, send)
    return status
