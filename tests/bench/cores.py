"""Which core does what: the server stack on the first, the load client on the last."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER, CLIENT = ({CORES[0]}, {CORES[-1]}) if CORES else (set(), set())


@contextmanager
def on(cores: set[int]) -> Iterator[None]:
    """What is started within the block stays on these cores for ever."""
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def described() -> str:
    """How servers and clients were kept apart, for whoever reads the figures."""
    if not CORES:
        return "not pinned: this system cannot"
    if SERVER == CLIENT:
        return "one core for both: the client's work slows the server"
    return f"servers on core {CORES[0]}, load client on core {CORES[-1]}"
