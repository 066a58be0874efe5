"""How long the server takes for a page of the feed, and a job for a slate, at a million videos."""

import asyncio
import time
from collections.abc import Iterator
from itertools import cycle

from tests.bench.audience import Audience, Size, made
from tests.bench.figures import percentile
from tests.bench.measuring import Run
from tests.bench.pages import answered
from tests.bench.world import Person

REFILLS = 100

_audiences: dict[Size, Audience] = {}


def measure() -> Run:
    """p95 in milliseconds: a page of ten by REST and as a fragment, Following, and a refill."""
    size = Size.asked()
    if size not in _audiences:
        print(f"making {size.videos:,} videos and {size.events:,} watch events ...", flush=True)
        _audiences[size] = made(size)
    viewers = _audiences[size].viewers
    figures, faults = {"refill_p95_ms": percentile(_refills(viewers), 0.95) * 1e3}, []
    for name, path in PATHS.items():
        answers = asyncio.run(answered(_asked(viewers, path)))
        figures[f"{name}_p95_ms"] = percentile(answers.seconds, 0.95) * 1e3
        faults += [f"{name}: {fault}" for fault in answers.wrong[:3]]
    return Run(figures, faults)


PATHS = {
    "feed_api": "/api/v1/feed/",
    "feed": "/?cursor=cgAAAAAAAAAA",  # behind rank 0: a fragment of ten clips
    "following_api": "/api/v1/feed/?tab=following",
    "search": "/api/v1/search/?q=w77",
}


def _asked(viewers: list[Person], path: str) -> Iterator[tuple[Person, str]]:
    return ((viewer, path) for viewer in cycle(viewers))


def _refills(viewers: list[Person]) -> list[float]:
    """Seconds of each, after one round to warm up."""
    from accounts.models import User
    from videos import actions

    times = []
    for number, viewer in enumerate(_first(cycle(viewers), len(viewers) + REFILLS)):
        user = User.objects.get(pk=viewer.id)
        began = time.perf_counter()
        filled = actions.fill_slate(user)
        seconds = time.perf_counter() - began
        if not filled:
            raise AssertionError("A slate stayed empty.")
        if number >= len(viewers):
            times.append(seconds)
    return times


def _first(some: Iterator[Person], count: int) -> Iterator[Person]:
    return (one for one, _number in zip(some, range(count), strict=False))
