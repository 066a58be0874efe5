"""What apps ask most, beside views that do nothing (tests/bench/bare.py), over a million messages
and fifty thousand videos (MESSAGES= and VIDEOS= for others)."""

import asyncio
import json
import time
from functools import cache
from itertools import cycle
from uuid import uuid4

from tests.bench import archive, audience
from tests.bench.measuring import Run
from tests.bench.pages import answered, ask, queries_counted
from tests.bench.world import Person

MESSAGES, VIDEOS = 1_000_000, 50_000
BARE = ("bare_django", "bare_rest")
WARM, MEASURED = 50, 300  # of each
POSTS, AT_ONCE = 1_000, 16


def measure() -> Run:
    """Milliseconds of each, how many times those of a bare view by REST, and posts a second."""
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.bench.bare"
    reads, places = _made()
    figures: dict[str, float] = {}
    faults: list[str] = []
    with queries_counted() as counted:
        for name, asked in reads.items():
            answers = asyncio.run(answered(cycle(asked), counted, warm=WARM, measured=MEASURED))
            figures |= answers.figures(name)
            faults += [f"{name}: {fault}" for fault in answers.wrong[:3]]
    bare = figures["bare_rest_p50_ms"]
    figures |= {
        f"{name}_times_bare": figures[f"{name}_p50_ms"] / bare for name in reads if name not in BARE
    }
    posts, wrong = asyncio.run(_posted(places))
    return Run(figures | {"posts_per_s": posts}, faults + wrong)


@cache
def _made() -> tuple[dict[str, list[tuple[Person, str]]], list[tuple[Person, str]]]:
    """By name, who asks for what; and who may write where."""
    from config.server import quiet_the_collector  # late: it reads settings

    talk = archive.made(archive.Size.asked(MESSAGES))
    watched = audience.made(audience.Size.asked(VIDEOS))
    quiet_the_collector()  # as every web process does before its first client
    mine = [f"/api/v1/conversations/{each}/messages/" for each in talk.conversations]
    reads = {
        "bare_django": [(talk.member, "/bare/django/")],
        "bare_rest": [(talk.member, "/bare/rest/")],
        "list": [(talk.member, "/api/v1/conversations/")],
        "history": [(talk.member, path) for path in mine],
        "feed_api": [(viewer, "/api/v1/feed/") for viewer in watched.viewers],
        "profile": [(talk.member, f"/api/v1/users/someone{n}/") for n in range(1, 500)],
    }
    return reads, [(talk.member, path) for path in mine]


async def _posted(places: list[tuple[Person, str]]) -> tuple[float, list[str]]:
    """Messages a second by REST, several at a time, in turns in each place."""
    from config.asgi import application

    waiting, wrong = iter(range(POSTS)), []  # one place after the other, of all who post

    async def post() -> None:
        for number in waiting:
            who, path = places[number % len(places)]
            said = json.dumps({"client_id": str(uuid4()), "body": "hello"}).encode()
            status, _at = await ask(application, who, path, said)
            if status != 201:
                wrong.append(f"{path} answered {status}")

    began = time.perf_counter()
    await asyncio.gather(*(post() for _one in range(AT_ONCE)))
    return POSTS / (time.perf_counter() - began), wrong[:3]
