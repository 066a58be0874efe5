"""A process that can be killed, frozen and started again, and what the kernel tells about it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STOP_PATIENCE = 15.0  # seconds: a web process drains for up to seven
ESTABLISHED = "01"  # in /proc/net/tcp


@dataclass
class Process:
    """`start` begins one life and answers its Popen; `wanted` says whether it should be alive."""

    name: str
    begin: Callable[[], subprocess.Popen]
    popen: subprocess.Popen | None = None
    wanted: bool = False
    deaths: int = 0
    frozen: list[int] = field(default_factory=list)

    @property
    def pid(self) -> int:
        """Of its present or last life."""
        assert self.popen is not None, f"{self.name} never started"
        return self.popen.pid

    @property
    def is_alive(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def start(self) -> None:
        self.popen, self.wanted = self.begin(), True

    def kill(self) -> None:
        """SIGKILL to it and all its descendants, as the kernel or an operator would."""
        for pid in tree(self.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._reap()

    def terminate(self) -> None:
        """SIGTERM, and wait until it has drained."""
        if self.popen is not None and self.is_alive:
            self.popen.terminate()
            self._reap()

    def freeze(self) -> None:
        """SIGSTOP to the parent first, so that it makes no more children, then to these."""
        os.kill(self.pid, signal.SIGSTOP)
        self.frozen = tree(self.pid)
        for pid in self.frozen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT to all that were frozen."""
        for pid in self.frozen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        self.frozen = []

    def stop(self) -> None:
        """End it for good: politely, and else with SIGKILL."""
        self.wanted = False
        if not self.is_alive:
            return
        self.thaw()
        try:
            self.terminate()
        except subprocess.TimeoutExpired:
            self.kill()

    def _reap(self) -> None:
        assert self.popen is not None
        self.popen.wait(STOP_PATIENCE)


def spawn(command: list[str], *, cwd: Path, env: dict[str, str], log: Path) -> subprocess.Popen:
    """Start `command` in a session of its own; its words are added to `log`."""
    with log.open("ab") as words:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )


def tree(pid: int) -> list[int]:
    """The process and all its descendants, parents first. PostgreSQL's children lead sessions of
    their own, so that no process group holds them."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    parents = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [pid]
    for each in found:  # grows while it is walked
        found += [child for child, parent in parents if parent == each]
    return found


def memory(pid: int) -> int:
    """Bytes of resident memory; 0 when the process is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) * 1024 if lines else 0


def connections_to(port: int) -> int:
    """How many TCP connections of this machine lead to that port at this moment."""
    ends = [line.split()[2:4] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(
        state == ESTABLISHED and int(remote.rpartition(":")[2], 16) == port
        for remote, state in ends
    )


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Return when `condition` holds; `TimeoutError` naming `what` when it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)
