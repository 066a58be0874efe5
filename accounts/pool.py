"""Database work for the event loop: a bounded pool of threads that never leaks a connection."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")

# `database_sync_to_async` would queue the whole process behind one thread (asgiref#218).
THREADS = 6
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="database")


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a synchronous function that uses the ORM, and give its connection back afterwards."""
    context = contextvars.copy_context()

    def call() -> R:
        close_old_connections()
        try:
            return context.run(function, *args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(_pool, call)
