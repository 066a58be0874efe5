"""The whole of Medley as `make run` starts it, on a database and folder of its own."""

import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.world import copy_world, lend_samples
from tests.services import ROOT, free_port

START_SECONDS = 150  # of a machine that does much else
FIRST_START_SECONDS = 400  # the demo world is made first
_numbers = count()


@contextmanager
def running_stack(
    world: Path | None = None, kind: "type[Stack] | None" = None
) -> Iterator["Stack"]:
    """A Medley in which the demo people live, for a `with` block; of a kind of `Stack`.

    Its world is a copy of the one in the folder `world`, made there by the first who asks. Whoever
    writes a journey names a folder that keeps its own from run to run: MEDLEY_E2E_DATA.
    """
    with TemporaryDirectory(prefix="medley-e2e-") as folder:
        if kept := os.environ.get("MEDLEY_E2E_DATA"):
            stack = Stack(Path(kept))
        else:
            data = Path(folder) / "data"
            # Those beside us and before us, who may still run, have databases of their own.
            worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
            database = f"medley_journeys_{worker}_{next(_numbers)}"
            stack = (kind or Stack)(
                data, **copy_world(world or Path(folder) / "world", data, database)
            )
        stack.start(FIRST_START_SECONDS if kept else START_SECONDS)
        try:
            yield stack
        finally:
            stack.stop()


class Stack:
    """`start()`, then `url`; `kill_web()` as a crash would; `stop()` as Ctrl-C would."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ,
            "MEDLEY_EMBEDDED": "1",
            "MEDLEY_DATA": str(self.data),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **environment,
        }
        # A key of its own, and a Redis: what is said in one world is not heard in its copies.
        for name in ("SECRET_KEY", "REDIS_URL"):
            self.environment.pop(name, None)

    def start(self, seconds: float) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        lend_samples(self.data)
        self.log = (self.data / "run.log").open("wb")
        self.process = subprocess.Popen(
            self.command(),
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        try:
            self.wait_until_ready(seconds)
        except BaseException:
            self.stop()
            raise

    def command(self) -> list[str]:
        """What runs it, once everything it needs is there."""
        return [sys.executable, "manage.py", "run", "--offline", "--demo"]

    def wait_until_ready(self, seconds: float = 60) -> None:
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
            # Behind nginx by a certificate that nobody signed.
            anybody = ssl._create_unverified_context()
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2, context=anybody) as answer:
                return b'"status": "ready"' in answer.read()
        except (urllib.error.URLError, OSError):
            return False

    def web_pids(self) -> list[int]:
        """The web processes that the supervisor keeps alive."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [
            pid
            for pid in map(int, children.split())
            if b"\0serve\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]

    def kill_web(self) -> None:
        """kill -9 of each, as a crash or the kernel would."""
        for pid in self.web_pids():
            os.kill(pid, signal.SIGKILL)

    def do(self, program: str) -> str:
        """What a program prints that knows Django and runs beside the server: what a journey cannot
        wait for, or what nobody does in a browser."""
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", program]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def output(self) -> str:
        return (self.data / "run.log").read_text(errors="replace")[-6000:]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        self.log.close()
