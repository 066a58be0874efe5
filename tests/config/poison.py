"""Jobs that harm whoever runs them, or tell of it; workers of test_poison.py and
test_connections.py take them along."""

import ctypes
import time
from pathlib import Path

from celery import shared_task
from django.db import connection

from accounts.outbox import outbox_job


@shared_task(name="poison.raise")
@outbox_job
def fail() -> None:
    raise ValueError("no film in it")


@shared_task(name="poison.segfault")
@outbox_job
def segfault() -> None:
    ctypes.string_at(0)


@shared_task(name="poison.hang", time_limit=2)
@outbox_job
def hang() -> None:
    while True:
        time.sleep(1)


@shared_task(name="poison.memory")
@outbox_job
def take_memory() -> None:
    taken = []
    while True:
        taken.append(bytearray(2**26))


@shared_task(name="poison.none")
@outbox_job
def do_no_harm() -> None:
    return None


@shared_task(name="poison.backend")
@outbox_job
def note_backend(file: str) -> None:
    """Add a line to the file: which of the database's processes serves this one."""
    connection.ensure_connection()
    with Path(file).open("a") as lines:
        lines.write(f"{connection.connection.info.backend_pid}\n")
