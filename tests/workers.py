"""Real Celery workers for tests, with a Redis of their own; this process sends them jobs."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from django.db import connection

from config import embedded, redis_urls
from tests.services import CELERY_WORKER, ROOT

PATIENCE = 60.0  # seconds, on a machine that does much else


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """A Redis in this folder, to which this process sends its jobs; gives its URL."""
    with embedded.redis_running(folder) as url, sending_to(redis_urls.for_celery(url)):
        yield url


@contextmanager
def sending_to(url: str) -> Iterator[None]:
    """This process sends its jobs to that broker."""
    before = current_app.conf.broker_url
    _send_to(url)
    try:
        yield
    finally:
        _send_to(before)


def _send_to(url: str) -> None:
    current_app.conf.broker_url = url
    current_app.conf.broker_transport_options = redis_urls.celery_options(url)
    current_app._after_fork()  # forgets the connections that it has


@contextmanager
def working(redis_url: str, *options: str, **environment: str) -> Iterator[subprocess.Popen]:
    """A worker on the database of this test; gives its process, which may be killed."""
    process = subprocess.Popen(
        [*CELERY_WORKER, *options],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url(), "REDIS_URL": redis_url} | environment,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to the worker and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def database_url() -> str:
    """Where the tables of this test are."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{password}@{host}:{port}/{settings['NAME']}"


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Return when it holds; `TimeoutError` naming `what` where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.05)
