"""The measured processes: started on the servers' core, their CPU time and memory read."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests import services
from tests.bench import cores

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PATIENCE = 30.0  # seconds until a server listens


class ServerFailed(Exception):
    """A server did not start; the message has its own words."""


@contextmanager
def server(
    command: list[str], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a server on its core until the end of the block; its process id once it listens."""
    with log.open("w") as output, cores.on(cores.SERVER):
        process = subprocess.Popen(
            command,
            cwd=services.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_it_listens(process, port, log)
        yield process.pid
    finally:
        process.kill()  # its clients are gone: nobody is left to say goodbye to
        process.wait()


def _wait_until_it_listens(process: subprocess.Popen, port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not listens(port):
        if process.poll() is not None or time.monotonic() > until:
            raise ServerFailed(log.read_text()[-1500:] or f"nobody listens on {port}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Whether somebody takes connections at this port of ours."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cpu_seconds(root: int) -> float:
    """CPU time of a process and all its descendants, the ended ones included."""
    return sum(_ticks(pid) for pid in _tree(root)) / TICKS


def resident_kb(pid: int) -> float:
    """What the process holds in memory, in units of 1,024 bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1024


def _tree(root: int) -> set[int]:
    parents = {pid: int(fields[1]) for pid, fields in _stats().items()}
    tree, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in tree} - tree
        tree, grown = tree | more, bool(more)
    return tree


def _stats() -> dict[int, list[str]]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return {pid: fields for pid in pids if (fields := _stat(pid))}


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold spaces; [] when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _ticks(pid: int) -> int:
    # utime, stime and those of the children it has waited for.
    return sum(map(int, _stat(pid)[11:15]))


class Usage:
    """CPU seconds of named process trees between `begin()` and `end()`."""

    def __init__(self, roots: Mapping[str, list[int]]) -> None:
        self.roots = roots
        self.seconds: dict[str, float] = {}
        self._began: dict[str, float] = {}

    def begin(self) -> None:
        self._began, self._at = self._read(), time.monotonic()

    def end(self) -> None:
        used, self.elapsed = self._read(), time.monotonic() - self._at
        self.seconds = {name: used[name] - began for name, began in self._began.items()}

    def shares(self) -> dict[str, float]:
        """Of one core, per name."""
        return {name: seconds / self.elapsed for name, seconds in self.seconds.items()}

    def _read(self) -> dict[str, float]:
        return {name: sum(map(cpu_seconds, pids)) for name, pids in self.roots.items()}
