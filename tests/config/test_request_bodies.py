"""Bodies in a real web process: large ones cost no memory, broken ones are not lost."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.services import ROOT

PIECE = "application/offset+octet-stream"
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "s"
    command = [sys.executable, "-m", "tests.config.bodies_server", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    process.path = path  # type: ignore[attr-defined]
    deadline = time.monotonic() + 30
    while not path.exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    yield process
    process.terminate()
    process.wait(10)
    if process.stdout:
        process.stdout.close()


def connected(server) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(30)
    line.connect(str(server.path))
    return line


def head(length: int | None, kind: str = PIECE) -> bytes:
    how = f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked"
    return f"PATCH /x HTTP/1.1\r\nHost: medley\r\nContent-Type: {kind}\r\n{how}\r\n\r\n".encode()


def answer(line: socket.socket) -> str:
    received = b""
    while chunk := line.recv(4096):
        received += chunk
        if b"PATCH" in received or b" 413 " in received:
            break
    return received.decode()


def memory(server) -> int:
    """The most that the process ever had, in bytes."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_large_body_costs_no_memory(server):
    before, piece = memory(server), bytes(MEGABYTE)

    with connected(server) as line:
        line.sendall(head(200 * MEGABYTE))
        for _each in range(200):
            line.sendall(piece)
        told = answer(line)

    assert told.endswith(f"PATCH {200 * MEGABYTE} {200 * MEGABYTE}")
    assert server.stdout.readline().startswith("PATCH")
    assert memory(server) - before < 16 * MEGABYTE


def test_a_piece_whose_line_broke_arrives_as_far_as_it_came(server):
    with connected(server) as line:
        line.sendall(head(5 * MEGABYTE) + bytes(3 * MEGABYTE))

    assert server.stdout.readline() == f"PATCH {5 * MEGABYTE} {3 * MEGABYTE}\n"


def test_any_other_broken_body_is_dropped(server):
    with connected(server) as line:
        line.sendall(head(50, "application/json") + b'{"a": 1')
    with connected(server) as line:
        line.sendall(head(1) + b"x")
        answer(line)

    assert server.stdout.readline() == "PATCH 1 1\n"


def test_a_body_in_chunks_has_its_length_in_the_end(server):
    with connected(server) as line:
        line.sendall(head(None) + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        told = answer(line)

    assert told.endswith("PATCH 5 5")
    assert server.stdout.readline() == "PATCH 5 5\n"


def test_nobody_fills_the_disk(server):
    with connected(server) as line:
        line.sendall(head(10**12))

        assert " 413 " in answer(line)


def test_two_requests_on_one_line(server):
    with connected(server) as line:
        for size in (7, 300_000):
            line.sendall(head(size) + bytes(size))
            assert answer(line).endswith(f"PATCH {size} {size}")
            server.stdout.readline()
