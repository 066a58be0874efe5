"""What every subject stands on in one run of the benchmarks: private services and programs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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

    def create_database(self, name: str) -> str:
        """A new empty database in place of any other of that name; its address."""
        with psycopg.connect(self.database_url("postgres"), autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}"')
        return self.database_url(name)

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
            redis_pid = redis.Redis.from_url(redis_url).info("server")["process_id"]
            ours = (postgres.port, postgres.process.pid, redis_url, redis_pid)
            yield Stack(folder, kept, built, *ours)
        finally:
            postgres.stop()
