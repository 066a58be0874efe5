"""The whole of Medley as `make run` starts it, on a database and folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 360  # the demo world is made first


class Stack:
    """`start()`, then `url`; `kill_web()` as a crash would; `stop()` as Ctrl-C would."""

    def __init__(self, database: str = "medley_journeys") -> None:
        # A kept world (MEDLEY_E2E_DATA) saves the seeding while one writes a journey.
        kept = os.environ.get("MEDLEY_E2E_DATA")
        self.data = Path(kept or tempfile.mkdtemp(prefix="medley-e2e-"))
        samples = ROOT / "var" / "media-samples"
        if samples.exists() and not (self.data / samples.name).exists():
            (self.data / samples.name).symlink_to(samples)
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ,
            "MEDLEY_EMBEDDED": "1",
            "MEDLEY_DATA": str(self.data),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.environment.pop("SECRET_KEY", None)
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            self.environment["DATABASE_URL"] = _fresh_database(os.environ["DATABASE_URL"], database)

    def start(self) -> None:
        self.log = (self.data / "run.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--offline", "--demo"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.wait_until_ready(START_SECONDS)

    def wait_until_ready(self, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"Medley did not start:\n{self.output()}")
            if self._ready():
                return
            time.sleep(0.1)
        raise TimeoutError(f"Medley was not ready after {seconds} s:\n{self.output()}")

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return b'"status": "ready"' in answer.read()
        except (urllib.error.URLError, OSError):
            return False

    def web_pid(self) -> int:
        """The web process that the supervisor keeps alive."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for pid in map(int, children.split()):
            if b"\0serve\0" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        raise LookupError("no web process runs")

    def kill_web(self) -> None:
        """kill -9, as a crash or the kernel would."""
        os.kill(self.web_pid(), signal.SIGKILL)

    def output(self) -> str:
        return (self.data / "run.log").read_text(errors="replace")[-6000:]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        self.log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _fresh_database(url: str, name: str) -> str:
    """A database of this name on the same server, emptied; answers its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
