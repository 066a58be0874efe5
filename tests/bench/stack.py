"""What every subject stands on in one run of the benchmarks: private services and programs."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests import services
from tests.bench import cores, programs

SECRET_KEY = "benchmarks only, benchmarks only, benchmarks only, benchmarks only"


@dataclass(frozen=True)
class Stack:
    """Private PostgreSQL (durable) and Redis on the servers' core, and the compiled programs."""

    folder: Path  # gone after the run
    kept: Path  # what was installed once, for the next run
    programs: programs.Programs
    postgres_port: int
    postgres_pid: int
    redis_url: str
    redis_pid: int

    def database_url(self, name: str = "medley") -> str:
        """The address of one of its databases."""
        return f"postgres://medley@127.0.0.1:{self.postgres_port}/{name}"

    def new_database(self, name: str) -> str:
        """An empty database; its name, which begins like that.

        None is dropped: that forces a checkpoint, whose cost the next run would bear.
        """
        name = f"{name}_{secrets.token_hex(4)}"
        with psycopg.connect(self.database_url("postgres"), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        return name

    def environment(self, **more: str) -> dict[str, str]:
        """For a process of Medley's."""
        return os.environ | {
            "DATABASE_URL": self.database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
            "MEDLEY_DATA": str(self.folder),
            "MEDLEY_EMBEDDED": "1",
            "PYTHONWARNINGS": "ignore",
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": SECRET_KEY,
            **more,
        }


@contextmanager
def stack() -> Iterator[Stack]:
    """The stack, for the length of a block."""
    with (
        tempfile.TemporaryDirectory(prefix="medley-bench-") as name,
        tempfile.TemporaryDirectory(prefix="medley-pg-", ignore_cleanup_errors=True) as pg_folder,
        cores.on(cores.SERVER),
        services.redis() as redis_url,
    ):
        folder = Path(name)
        kept = (services.ROOT / os.environ.get("MEDLEY_DATA", "var")).resolve() / "bench"
        built = programs.compiled(folder)
        postgres = services.PostgresServer(Path(pg_folder), **services.DURABLE)
        try:
            postgres.start()
            assert postgres.process
            facts: Any = redis.Redis.from_url(redis_url).info("server")
            ours = (postgres.port, postgres.process.pid, redis_url, facts["process_id"])
            yield Stack(folder, kept, built, *ours)
        finally:
            postgres.stop()
