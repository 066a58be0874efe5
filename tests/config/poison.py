"""Jobs that harm whoever runs them; a worker of tests/config/test_poison.py takes them along."""

import ctypes
import time

from celery import shared_task

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
