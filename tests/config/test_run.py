"""`manage.py run` with real processes: starts, comes back after a crash, stops without a trace."""

import contextlib
import fcntl
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from tests import services

pytestmark = pytest.mark.timeout(600)
PROC = Path("/proc")
TABLES = 400  # seconds for the first start, beside other tests


def processes_on(data) -> list[str]:
    """Command lines of living processes that were given this data folder in their environment."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"MEDLEY_DATA={data}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A folder of these runs, one after the other: making its tables takes more than a minute."""
    return tmp_path_factory.mktemp("data")


@pytest.mark.skipif(not PROC.is_dir(), reason="looks for processes in /proc")
def test_run_serves_survives_a_killed_web_process_and_leaves_nothing_behind(data):
    with services.medley(data, "--no-seed") as running:
        running.wait_until_ready(TABLES)
        wait_until(
            lambda: f"Medley runs at {running.url[:7]}localhost" in running.output.read_text()
        )
        assert running.status("/healthz") == 200

        os.kill(running.pid("web"), signal.SIGKILL)
        wait_until(lambda: running.status() is None, 20)
        running.wait_until_ready(60)

        begun = time.monotonic()
        running.process.send_signal(signal.SIGINT)
        running.process.wait(timeout=20)
        seconds = time.monotonic() - begun

    assert seconds < 10
    assert processes_on(data) == []
    assert not (data / "redis.sock").exists()


def test_run_ends_with_its_terminal(data):
    with services.medley(data, "--no-seed") as running:
        running.wait_until_ready(TABLES)
        running.process.send_signal(signal.SIGHUP)
        running.process.wait(timeout=20)

    assert processes_on(data) == []


def test_run_on_a_taken_port_says_so_before_it_starts_anything(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with services.medley(tmp_path, "--no-seed", port=port) as running:
            code = running.process.wait(timeout=30)

    assert code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used (Address already in use)" in (
        running.output.read_text()
    )
    assert not (tmp_path / "supervisord.conf").exists()


def test_run_refuses_a_data_folder_that_is_in_use(tmp_path):
    with (tmp_path / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with services.medley(tmp_path, "--no-seed") as running:
            code = running.process.wait(timeout=30)

    assert code == 1
    assert "already runs on the data folder" in running.output.read_text()
