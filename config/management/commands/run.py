"""`manage.py run`, behind `make run`: the whole of Medley on this machine, in this terminal."""

import fcntl
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from config import embedded, processes, sample_media
from config.demo import samples
from config.supervision import Program, configuration

DEMO_ACCOUNTS = "ana, ben, zoe, teo (16), mod (staff)"
DEMO_PASSWORD = "medley-demo"  # noqa: S105  (printed on purpose; exists in the embedded demo only)


class Command(BaseCommand):
    """Prepares the database, makes the demo world once, keeps everything alive until Ctrl-C."""

    help = "Run web, worker, timetable and, unless REDIS_URL is set, a Redis of our own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-seed", action="store_true", help="make no demo world")
        parser.add_argument(
            "--demo", action="store_true", help="make the demo world in a database of your own too"
        )
        parser.add_argument("--offline", action="store_true", help="fetch no sample film: draw it")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        data: Path = settings.MEDLEY_DATA
        for folder in (data / "log", settings.STATIC_ROOT):  # WhiteNoise warns without its own
            folder.mkdir(parents=True, exist_ok=True)
        _claim(data)
        _refuse_a_taken_port(host, port)
        try:
            first, others = _redis(data), _programs(data, host, port)
            self._prepare(data, options)
        except embedded.Unavailable as error:
            raise CommandError(str(error)) from error
        config = data / "supervisord.conf"
        config.write_text(configuration(first, others, data=data, directory=settings.BASE_DIR))
        self.stdout.write("Starting ...")
        _become_the_supervisor(config, host, port, _welcome(data, host, port))

    def _prepare(self, data: Path, options: dict[str, Any]) -> None:
        unfinished = data / "demo.unfinished"
        if unfinished.exists() and _database_is_ours(data):
            self.stdout.write("The first start was interrupted: beginning again.")
            _remove_database(data)
        if _migrations_wait():
            self.stdout.write("Preparing the database ...")
            call_command("migrate", interactive=False, verbosity=0)
        if _wants_demo(data, options) and not get_user_model().objects.exists():
            unfinished.touch()
            if not options["offline"]:
                self._fetch_samples(data)
            self.stdout.write("Making the demo world, once: people, conversations, videos ...")
            # Nobody listens yet, and the last hints find this Redis gone.
            logging.getLogger("accounts.live").setLevel(logging.ERROR)
            with nullcontext() if _foreign_redis() else embedded.redis_running(data):
                call_command("seed_demo", stdout=self.stdout)
        unfinished.unlink(missing_ok=True)
        connections.close_all()

    def _fetch_samples(self, data: Path) -> None:
        if samples.find().complete:
            return
        self.stdout.write("Fetching a sample film and music for the demo, once (30 MB) ...")
        try:
            sample_media.fetch(data / "media-samples")
        except (subprocess.SubprocessError, OSError):
            self.stdout.write("  not reachable; the demo films are drawn instead")


def _claim(data: Path) -> None:
    """Hold the data folder while this process lives, its later life as the supervisor included."""
    # Two runs on one folder would share a Redis socket that each takes for its own.
    handle = os.open(data / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(handle, True)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(
            f"Medley already runs on the data folder {data}. "
            "Stop that one first, or name another folder: make run MEDLEY_DATA=..."
        ) from None


def _refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise CommandError(
                f"Port {port} on {host} cannot be used ({reason}). "
                f"Choose another one: make run PORT={port + 1 if port < 65_535 else 8000}"
            ) from error


def _wants_demo(data: Path, options: dict[str, Any]) -> bool:
    # Its password is public: never in somebody's own PostgreSQL unless they say so.
    if options["no_seed"] or not settings.EMBEDDED:
        return False
    return options["demo"] or _database_is_ours(data)


def _database_is_ours(data: Path) -> bool:
    database = settings.DATABASES[DEFAULT_DB_ALIAS]
    return database["ENGINE"].endswith("sqlite3") and Path(database["NAME"]).parent == data


def _remove_database(data: Path) -> None:
    # Nobody was served before the demo world was finished, so nothing of anybody's is lost.
    name = Path(settings.DATABASES[DEFAULT_DB_ALIAS]["NAME"]).name
    for file in (name, f"{name}-wal", f"{name}-shm"):
        (data / file).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _foreign_redis() -> bool:
    return bool(os.environ.get("REDIS_URL"))


def _redis(data: Path) -> list[Program]:
    if _foreign_redis():
        return []
    return [Program("redis", embedded.redis_command(data), log=data / "log" / "redis.log")]


def _programs(data: Path, host: str, port: int) -> list[Program]:
    return [
        Program("web", [sys.executable, *processes.web(host, port)], stop_seconds=7),
        # What somebody waits for has processes of its own; the rest shares two, as memory is dear.
        _worker("notifications", "notifications", 2, data),
        # The beat is a child of it: alone it would take 150 MB for a clock.
        _worker("worker", "celery,links,fanout,maintenance", 2, data, "--beat"),
        # One encode takes what two cores have; more at once only make each of them slower.
        _worker("media", "media", max(1, (os.cpu_count() or 1) // 2), data),
    ]


def _worker(name: str, queues: str, concurrency: int, data: Path, *options: str) -> Program:
    arguments = processes.worker(name, queues, concurrency)
    command = [sys.executable, *arguments, "--loglevel=INFO", *options]
    return Program(name, command, log=data / "log" / f"{name}.log", stop_seconds=3, waits=True)


def _welcome(data: Path, host: str, port: int) -> str:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104  (only shown)
    lines = ["", f"Medley runs at http://{shown}:{port}/   (Ctrl-C stops it; logs: {data / 'log'})"]
    demo = data / "demo.json"
    if demo.exists():
        lines.append(f"Demo accounts: {DEMO_ACCOUNTS}; password: {DEMO_PASSWORD}")
        lines += [f"{name}: {value}" for name, value in json.loads(demo.read_text()).items()]
    return "\n".join([*lines, ""])


def _become_the_supervisor(config: Path, host: str, port: int, welcome: str) -> None:
    os.environ["PORT"], os.environ["MEDLEY_DATA"] = str(port), str(settings.MEDLEY_DATA)
    os.chdir(settings.BASE_DIR)
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (not bound)
    sys.stdout.flush()
    # exec, not a child: a signal to this process reaches the supervisor; nobody stands between.
    os.execv(  # noqa: S606
        sys.executable,
        [sys.executable, "-m", "config.supervision", str(config), near, str(port), welcome],
    )
