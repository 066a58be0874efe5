"""How long the server takes for a page: the time inside the ASGI application, by request."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tests.bench.archive import Archive, Size, made
from tests.bench.figures import percentile
from tests.bench.measuring import Run
from tests.bench.paths import PATHS
from tests.bench.world import Person

WARM, MEASURED = 100, 1000
CSRF = "c" * 32
# What a process reads now and then for all its requests is no page's own: which hosts are blocked,
# what is off in which region.
OF_THE_PROCESS = ("accounts_linkblock", "accounts_regionrule")

_archives: dict[Size, Archive] = {}


@dataclass
class Answers:
    """What the measured requests came to."""

    seconds: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # whatever was not answered with 200

    def figures(self, name: str) -> dict[str, float]:
        """By metric."""
        p50, p95 = (percentile(self.seconds, part) * 1e3 for part in (0.5, 0.95))
        return {
            f"{name}_p50_ms": p50,
            f"{name}_p95_ms": p95,
            f"{name}_queries": max(self.queries),
        }


def measure() -> Run:
    """Milliseconds and queries of opening a conversation, of the inbox and of searches, as page and
    by REST."""
    from config.server import quiet_the_collector  # late: it reads settings

    size = Size.asked()
    if size not in _archives:
        print(f"making {size.messages:,} messages in {size.conversations:,} conversations ...")
        _archives[size] = made(size)
    archive = _archives[size]
    quiet_the_collector()  # as every web process does before its first client
    figures: dict[str, float] = {}
    faults: list[str] = []
    with queries_counted() as counted:
        for name, paths in PATHS.items():
            asked = ((archive.member, path) for path in paths(archive))
            answers = asyncio.run(answered(asked, counted))
            figures |= answers.figures(name)
            faults += [f"{name}: {fault}" for fault in answers.wrong[:3]]
    return Run(figures, faults)


async def answered(
    asked: Iterator[tuple[Person, str]],
    counted: Sequence[int] = (0,),
    *,
    warm: int = WARM,
    measured: int = MEASURED,
) -> Answers:
    """What becomes of who asks for what, one after the other; `counted` as of queries."""
    from config.asgi import application

    answers = Answers()
    for number, (who, path) in enumerate(islice(asked, warm + measured)):
        before, began = counted[0], time.perf_counter()
        status, told_at = await ask(application, who, path)
        seconds = told_at - began
        if number >= warm:
            answers.seconds.append(seconds)
            answers.queries.append(counted[0] - before)
        if status != 200:
            answers.wrong.append(f"{path} answered {status}")
    return answers


@contextmanager
def queries_counted() -> Iterator[list[int]]:
    """How many queries ran until now, of whichever thread, for requests: `[number]`."""
    from django.db.backends.signals import connection_created

    counted = [0]

    def count(execute: Any, text: str, *arguments: Any) -> Any:
        counted[0] += not any(table in text for table in OF_THE_PROCESS)
        return execute(text, *arguments)

    def watch(connection: Any, **_details: Any) -> None:
        if count not in connection.execute_wrappers:
            connection.execute_wrappers.append(count)

    connection_created.connect(watch)
    try:
        yield counted
    finally:
        connection_created.disconnect(watch)


async def ask(
    application: Any,
    who: Person,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, float]:
    """One GET, or where there is a `body` (JSON) one POST, as the server would hand it over; its
    status, and when (as `time.perf_counter` says) the last of the answer was there: what the server
    tidies up behind it nobody waits for."""
    from django.conf import settings

    where, _mark, query = path.partition("?")
    cookies = f"{settings.SESSION_COOKIE_NAME}={who.session_key}; csrftoken={CSRF}"
    sent = {"host": "localhost", "cookie": cookies, "x-csrftoken": CSRF, **(headers or {})}
    if body is not None:
        sent |= {"content-type": "application/json", "content-length": str(len(body))}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET" if body is None else "POST",
        "scheme": "http",
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    asked: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    asked.put_nowait({"type": "http.request", "body": body or b"", "more_body": False})
    status, told_at = 0, 0.0

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, told_at
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message.get("body"):
            told_at = time.perf_counter()

    await application(scope, asked.get, send)
    return status, told_at
