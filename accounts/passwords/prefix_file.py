"""A file of hashes that is searched where it lies: never read as a whole, however long it is.

First a byte that says how many bytes of each SHA-1 are kept, then those, sorted and each once. A
billion of eight bytes are found in thirty small reads, and one in twenty billion by mistake.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


class NotSorted(ValueError):
    """Hashes came in an order in which they could not be found again."""


def write(path: Path, digests: Iterable[bytes], *, width: int) -> int:
    """Write the first `width` bytes of these, which come sorted, and answer how many there are.
    Whoever looks meanwhile finds the file as it was. Raises `NotSorted`."""
    unfinished = path.with_suffix(".unfinished")
    try:
        with unfinished.open("wb") as file:
            count = _write_sorted(file, digests, width)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _write_sorted(file: BinaryIO, digests: Iterable[bytes], width: int) -> int:
    count, before = 0, b""
    file.write(bytes([width]))
    for digest in digests:
        kept = digest[:width]
        if kept < before:
            raise NotSorted(digest.hex())
        if kept != before:
            file.write(kept)
            count += 1
        before = kept
    return count


def holds(path: Path, digest: bytes) -> bool:
    """Whether the file has this hash; False where there is no file."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return _search(file, digest)
    finally:
        os.close(file)


def _search(file: int, digest: bytes) -> bool:
    width = os.pread(file, 1, 0)[0]
    wanted = digest[:width]
    low, high = 0, (os.fstat(file).st_size - 1) // width
    while low < high:
        middle = (low + high) // 2
        found = os.pread(file, width, 1 + middle * width)
        if found == wanted:
            return True
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False
