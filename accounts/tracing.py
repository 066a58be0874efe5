"""What the code at work belongs to: a request, a frame of a socket, a job. Carried along by

context, into threads too (accounts/pool.py), and read where a line is logged or a statement sent.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import uuid4

Facts = dict[str, str]
# An id that somebody else chose: nothing in it can end a line, a header or a comment.
_ID = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


class Trace(Protocol):
    """Told only when something is logged: whoever is in a hurry leaves a thing that can tell."""

    def facts(self) -> Facts:
        """`request`, `route`, `frame`, `task`, `job`, `conversation`, `message`: what is known of
        these. Ids and names of ours, never anything that somebody wrote."""
        ...


class Known:
    """What is known from the beginning."""

    def __init__(self, **facts: str) -> None:
        self._facts = facts

    def facts(self) -> Facts:
        return self._facts


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Facts:
    """What is known here; empty outside of any work."""
    trace = _current.get()
    return trace.facts() if trace is not None else {}


def enter(trace: Trace | None) -> None:
    """From here on in this context it is about that."""
    _current.set(trace)


def add(**facts: str) -> None:
    """This is known by now, too; it is forgotten with what is there already."""
    _current.set(Known(**current(), **facts))


@contextmanager
def about(trace: Trace) -> Iterator[None]:
    """In this block it is about that."""
    token = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(token)


def id_of(said: str | None) -> str:
    """The id that a client or a proxy gave to its request, where it can be used; else a new one."""
    return said if said and _ID.fullmatch(said) else uuid4().hex
