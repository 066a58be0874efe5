"""SHA-256 of files, as they are read once."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

CHUNK = 2**20


def chunks(file: IO[bytes] | Any) -> Iterator[bytes]:
    """What is in it, from where it stands."""
    while chunk := file.read(CHUNK):
        yield chunk


def of_file(path: Path) -> str:
    """In hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in chunks(file):
            digest.update(chunk)
    return digest.hexdigest()
