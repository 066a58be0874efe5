"""Hints that something was said: gathered in each process and sent on together, at no cost to the
writer. Where one is lost, the net finds what it was about (looking.py)."""

import logging
import os
import threading
import time
from collections.abc import Iterable
from uuid import UUID

from celery import current_app

logger = logging.getLogger(__name__)

MOMENT = 0.2  # seconds between two hints of one process
# Whoever looks at the conversation has told so by then: a client waits a quarter of a second before
# it says what it has read, and the hub gathers that for a fifth.
SETTLED_AFTER = 0.6
LIFE = 10  # seconds: what is older the net has found


class Poking:
    """Which conversations have news, and the one thread that says so."""

    def __init__(self) -> None:
        self._since: dict[UUID, float] = {}
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._thread: threading.Thread | None = None

    def poke(self, conversation_ids: Iterable[UUID]) -> None:
        """Something was said in these, and is committed."""
        now = time.monotonic()
        with self._lock:
            for key in conversation_ids:
                self._since.setdefault(key, now)
            if self._since and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pushes", daemon=True)
                self._thread.start()
        self._news.set()

    def ripe(self, now: float) -> list[UUID]:
        """Those whose readers have had their time by `now` (of `time.monotonic()`): they are told
        of once."""
        with self._lock:
            ripe = [key for key, at in self._since.items() if now - at >= SETTLED_AFTER]
            for key in ripe:
                del self._since[key]
            if not self._since:
                self._news.clear()
        return ripe

    def _run(self) -> None:
        while self._news.wait():
            time.sleep(MOMENT)
            if ripe := self.ripe(time.monotonic()):
                _hint(ripe)


def _hint(conversation_ids: Iterable[UUID]) -> None:
    keys = [str(key) for key in conversation_ids]
    try:
        current_app.send_task(
            "chat.push_news", kwargs={"conversations": keys}, retry=False, expires=LIFE
        )
    except Exception as error:  # the broker's client raises many kinds; the net answers all
        logger.warning("%d conversations wait for the net: %s", len(keys), error)


_poking = Poking()


def poke(conversation_ids: Iterable[UUID]) -> None:
    """Something was said in these, and is committed: have it looked at soon."""
    _poking.poke(conversation_ids)


def _begin_anew() -> None:
    """A forked child has not its parent's thread."""
    global _poking
    _poking = Poking()


os.register_at_fork(after_in_child=_begin_anew)
