"""Asking something that may hang, a database for example, and going on without its answer."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.db import connection

logger = logging.getLogger(__name__)
T = TypeVar("T")

DATABASE_PATIENCE = 2.0  # seconds until a silent database counts as lost


class Patiently(Generic[T]):
    """Runs a check in one thread of its own: a frozen database holds up that and no request."""

    def __init__(self, check: Callable[[], T], patience: float = DATABASE_PATIENCE) -> None:
        self.check, self.patience = check, patience
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="patient")
        self.running: Future[T] | None = None

    def __call__(self) -> T | None:
        """What the check says; None when it fails or is late. Askers share a running check."""
        running = self.running
        if running is None or running.done():
            running = self.running = self.thread.submit(self._run)
        try:
            return running.result(timeout=self.patience)
        except Exception as error:
            logger.warning("database check failed: %s", error or type(error).__name__)
            return None

    def _run(self) -> T:
        with _connection_given_back():
            return self.check()


@contextmanager
def _connection_given_back() -> Iterator[None]:
    """A thread keeps its connection: without this it stays taken until the next check."""
    try:
        yield
    finally:
        connection.close()
