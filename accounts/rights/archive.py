"""A ZIP that is filled in several sittings, whoever is killed in one of them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.utils import timezone

CHUNK = 2**20
_LENGTH = 8  # bytes that say where the directory stood
_READABLE = 0o644 << 16


@contextmanager
def sitting(path: Path) -> Iterator[ZipFile]:
    """Go on with the ZIP at `path`, new or begun.

    What is added counts once the block has ended well: a sitting that broke off never was. A ZIP's
    directory stands at its end and is overwritten by what is added, so it lies beside the file
    meanwhile.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.with_suffix(".end")
    _mend(path, kept)
    kept.write_bytes(_end_of(path))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        yield archive
    kept.unlink()


def _mend(path: Path, kept: Path) -> None:
    if not kept.exists():
        return
    end = kept.read_bytes()
    start = int.from_bytes(end[:_LENGTH], "big")
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(start)
        file.seek(start)
        file.write(end[_LENGTH:])


def _end_of(path: Path) -> bytes:
    """Where the directory starts, and the directory."""
    if not path.exists() or not path.stat().st_size:
        return bytes(_LENGTH)
    with ZipFile(path) as archive:
        start = archive.start_dir
    with path.open("rb") as file:
        file.seek(start)
        return start.to_bytes(_LENGTH, "big") + file.read()


def discard(path: Path) -> None:
    """Nobody goes on with it."""
    path.unlink(missing_ok=True)
    path.with_suffix(".end").unlink(missing_ok=True)


def has(archive: ZipFile, path: str) -> bool:
    """Whether it is in the archive already."""
    try:
        return bool(archive.getinfo(path))
    except KeyError:
        return False


def add_file(archive: ZipFile, path: str, file: Path, *, comment: str = "") -> None:
    """Put a file of this machine into the archive, compressed."""
    _copy(archive, _entry(path, ZIP_DEFLATED, comment), file.open("rb"))


def add_words(archive: ZipFile, path: str, words: str) -> None:
    """Put a text into the archive."""
    archive.writestr(_entry(path, ZIP_DEFLATED), words)


def add_stored(archive: ZipFile, path: str, name: str) -> None:
    """Put a file of the storage into the archive, as it is: films do not get smaller. One that is
    gone by now is left out."""
    try:
        stored = default_storage.open(name)
    except FileNotFoundError:
        return
    _copy(archive, _entry(path, ZIP_STORED), stored)


def _entry(path: str, compression: int, comment: str = "") -> ZipInfo:
    entry = ZipInfo(path, timezone.now().timetuple()[:6])
    entry.compress_type, entry.external_attr = compression, _READABLE
    entry.comment = comment.encode()
    return entry


def _copy(archive: ZipFile, entry: ZipInfo, source: IO[bytes]) -> None:
    with source, archive.open(entry, "w", force_zip64=True) as into:
        shutil.copyfileobj(source, into, CHUNK)
