"""What every subject stands on in one run of the benchmarks: private services and programs."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import redis

from config import embedded
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

    def versions(self) -> dict[str, str]:
        """Of its services."""
        with psycopg.connect(self.database_url("postgres")) as server:
            row = server.execute("SHOW server_version").fetchone()
        return {
            "PostgreSQL": str(row[0]) if row else "unknown",
            "Redis": redis_facts(self.redis_url)["redis_version"],
        }

    def environment(self, **more: str) -> dict[str, str]:
        """For a process of Medley's."""
        return os.environ | {
            "API_REQUESTS_PER_MINUTE": "0",
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
    with ExitStack() as kept_up:
        folder = _folder(kept_up, "medley-bench-")
        built = programs.compiled(folder)
        with cores.on(cores.SERVER):
            redis_url = kept_up.enter_context(
                embedded.redis_running(_folder(kept_up, "medley-redis-"))
            )
            postgres = _postgres(kept_up)
        assert postgres.process
        kept = (services.ROOT / os.environ.get("MEDLEY_DATA", "var")).resolve() / "bench"
        redis_pid = redis_facts(redis_url)["process_id"]
        ours = (postgres.port, postgres.process.pid, redis_url, redis_pid)
        yield Stack(folder, kept, built, *ours)


def _folder(kept_up: ExitStack, prefix: str) -> Path:
    made = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
    return Path(kept_up.enter_context(made))


def _postgres(kept_up: ExitStack) -> services.PostgresServer:
    server = services.PostgresServer(_folder(kept_up, "medley-pg-"), **services.DURABLE)
    kept_up.callback(server.stop)
    server.start()
    return server


def redis_facts(url: str) -> dict[str, Any]:
    """What a Redis says about itself."""
    facts: Any = redis.Redis.from_url(url).info("server")
    return facts
