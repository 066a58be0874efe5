"""The whole of Medley to be broken: PostgreSQL, Redis, two web processes, a worker."""

import asyncio
import http.client
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from subprocess import Popen

import psycopg
import redis

from config import embedded
from tests import services
from tests.chaos.processes import Process, spawn, wait_for

RESTART_AFTER = 1.0  # seconds: as supervisord would
START_PATIENCE = 60.0
ORIGIN = "http://localhost:8000"
# What plants the bug; it stands between us and `manage.py serve`.
PLANTED = [sys.executable, "-m", "tests.chaos.planted"]
HONEST = [sys.executable, "manage.py"]
# The release after this one.
NEXT = ["env", "DJANGO_SETTINGS_MODULE=tests.chaos.ahead.settings", *HONEST]
# What sets its clock wrong.
SKEWED = [sys.executable, "-m", "tests.chaos.skewed"]


class Stack:
    """Five kinds of process in one folder. Dead web processes are started again, as supervisord
    does; PostgreSQL and Redis stay dead until a fault starts them.

    PostgreSQL runs without fsync: kill -9 of a process loses nothing that it has given to the
    kernel. Its own `synchronous_commit` is off, so that only a server which asks for it, as Medley
    promises to, keeps what it has acked.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = services.PostgresServer(folder / "postgres")
        self.ports = [services.free_port(), services.free_port()]
        self.programs = dict.fromkeys(self.ports, HONEST)
        self.postgres = Process("postgres", self._launch_postgres)
        self.redis = Process("redis", self._launch_redis)
        self.webs = [Process(f"web{port}", partial(self._serve, port)) for port in self.ports]
        self.worker = Process("worker", self._work)
        self._keeper: asyncio.Task[None] | None = None

    # --- Beginning and end ----------------------------------------------------------------------

    async def start(self) -> None:
        """Everything up: migrated, and both web processes ready."""
        await asyncio.to_thread(self._start_services)
        await asyncio.to_thread(self.manage, "migrate", "--verbosity=0")
        for process in (*self.webs, self.worker):
            process.start()
        await self.ready()
        self._keeper = asyncio.create_task(self._keep_alive())

    def _start_services(self) -> None:
        for name in ("postgres", "redis", "data", "log"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o711)  # PostgreSQL's user passes through
        self.look_at(self.database, self.database.start())
        self.environment = os.environ | {
            "API_REQUESTS_PER_MINUTE": "0",
            "DATABASE_URL": self.url,
            "REDIS_URL": f"unix://{embedded.redis_socket(self.folder / 'redis')}",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "MEDLEY_EMBEDDED": "1",
            "MEDLEY_DATA": str(self.folder / "data"),
            "SITE_ORIGINS": ORIGIN,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "INFO",
        }
        self.redis.start()
        wait_for(self.redis_answers, START_PATIENCE, "Redis")

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
        processes = [*self.webs, self.worker, self.redis, self.postgres]
        await asyncio.gather(*(asyncio.to_thread(each.stop) for each in processes[:3]))
        for each in processes[3:]:
            await asyncio.to_thread(each.stop)

    async def ready(self) -> None:
        """Wait until both web processes say 200 at /readyz."""
        for port in self.ports:
            await asyncio.to_thread(wait_for, partial(self.is_ready, port), START_PATIENCE, "web")

    async def serve_with(self, program: list[str], *numbers: int) -> None:
        """Stop web processes (both, or these) and start them through another program."""
        chosen = numbers or range(len(self.webs))
        for number in chosen:
            self.programs[self.ports[number]] = program
            await asyncio.to_thread(self.webs[number].stop)
        for number in chosen:
            self.webs[number].start()
        await self.ready()

    async def serve_at(self, **addresses: str) -> None:
        """Start web processes and worker anew, with these addresses of what they need."""
        self.environment |= addresses
        await asyncio.to_thread(self.worker.stop)
        self.worker.start()
        await self.serve_with(HONEST)

    def look_at(self, database: services.PostgresServer, url: str) -> None:
        """From now on this is the database: what a fault strikes, and what is compared."""
        self.database, self.url = database, url
        self.postgres.popen, self.postgres.wanted = database.process, True

    def manage(self, *arguments: str, program: Sequence[str] = HONEST) -> None:
        """Run a management command to its end; `RuntimeError` with its words where it fails."""
        process = self._spawn("manage", [*program, *arguments])
        if process.wait(120):
            raise RuntimeError((self.folder / "log" / "manage.log").read_text())

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(0.1)
            for web in self.webs:
                if web.wanted and not web.is_alive:
                    web.deaths += 1
                    await asyncio.sleep(RESTART_AFTER)
                    web.start()

    # --- Programs -------------------------------------------------------------------------------

    def _launch_postgres(self) -> Popen:
        self.database.launch()
        assert self.database.process is not None
        return self.database.process

    def _launch_redis(self) -> Popen:
        return self._spawn("redis", embedded.redis_command(self.folder / "redis"))

    def _serve(self, port: int) -> Popen:
        return self._spawn(f"web{port}", [*self.programs[port], "serve", "--port", str(port)])

    def _work(self) -> Popen:
        beat = ["--beat", f"--schedule={self.folder / 'data' / 'beat'}"]
        pool = ["--concurrency=1", "--pool=solo"]
        return self._spawn("worker", [*services.CELERY_WORKER, *beat, *pool])

    def _spawn(self, name: str, command: list[str]) -> Popen:
        log = self.folder / "log" / f"{name}.log"
        return spawn(command, cwd=services.ROOT, env=self.environment, log=log)

    # --- Looking at it --------------------------------------------------------------------------

    def status(self, port: int, path: str = "/readyz", patience: float = 4.0) -> int | None:
        """The HTTP status there; None when nobody answers in time."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def is_ready(self, port: int) -> bool:
        return self.status(port) == 200

    def postgres_accepts(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def redis_answers(self) -> bool:
        try:
            return bool(self.redis_client().ping())
        except redis.RedisError:
            return False

    def redis_client(self) -> redis.Redis:
        return redis.Redis.from_url(self.environment["REDIS_URL"], socket_timeout=2)

    def keep_logs(self, folder: Path) -> None:
        """Copy what the processes have said so far, for whoever looks for a cause."""
        for log in (self.folder / "log").glob("*.log"):
            shutil.copy(log, folder / log.name)


@asynccontextmanager
async def running() -> AsyncIterator[Stack]:
    """A fresh stack, gone with all its files at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="medley-chaos-", ignore_cleanup_errors=True) as name:
        stack = Stack(Path(name))
        try:
            await stack.start()
            yield stack
        finally:
            await stack.stop()
