"""The files of a storage: a line for each in a manifest, and copies where they are wanted.

A manifest is JSON lines, `{"name", "bytes", "sha256"}`, in the order of the names.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils._os import safe_join

from config.backup.checksums import of_file
from config.backup.problems import Unusable

STORAGES = ("default", "held")
CHUNK = 2**20
LARGEST_LISTED = 20  # names of missing files that are said


@dataclass(frozen=True)
class Kept:
    """One file as it was."""

    name: str
    bytes: int
    sha256: str


def keep(alias: str, folder: Path, *, copies: bool) -> list[Kept]:
    """Write `ALIAS.jsonl` and, with `copies`, each file below `ALIAS/`.

    A file that goes meanwhile is left out: whoever deleted it meant it.
    """
    storage, kept = storages[alias], []
    with (folder / f"{alias}.jsonl").open("x") as manifest:
        for name in sorted(_names(storage, "")):
            target = _below(folder / alias, name) if copies else None
            try:
                one = _read(storage, name, target)
            except FileNotFoundError:
                continue
            manifest.write(json.dumps(asdict(one), sort_keys=True) + "\n")
            kept.append(one)
    return kept


def bring_back(alias: str, folder: Path, *, copies: bool) -> int:
    """Put back what the storage has not, or has otherwise; answers how many files that were.

    What came since stays: among it the tombstones of whoever was deleted meanwhile. Without copies
    the storage must have them all, or `Unusable` names those that are missing.
    """
    storage = storages[alias]
    wrong = [kept for kept in manifest(alias, folder) if not _has(storage, kept)]
    if not copies and wrong:
        some = ", ".join(kept.name for kept in wrong[:LARGEST_LISTED])
        raise Unusable(
            f"{len(wrong)} files of the storage “{alias}” are missing or changed: {some}. "
            "The backup lists them without copies: bring them back from the storage's own history."
        )
    for kept in wrong:
        _put(storage, kept, _below(folder / alias, kept.name))
    return len(wrong)


def check(alias: str, folder: Path) -> None:
    """`Unusable` where a copy is not what was kept."""
    for kept in manifest(alias, folder):
        path = _below(folder / alias, kept.name)
        if not path.is_file() or of_file(path) != kept.sha256:
            raise Unusable(f"{path} is missing or damaged.")


def manifest(alias: str, folder: Path) -> Iterator[Kept]:
    """Every file that the backup knows of, line by line."""
    with (folder / f"{alias}.jsonl").open() as lines:
        for line in lines:
            yield Kept(**json.loads(line))


def _names(storage: Storage, below: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(below)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{below}/{name}" if below else name
    for name in folders:
        yield from _names(storage, f"{below}/{name}" if below else name)


def _read(storage: Storage, name: str, target: Path | None) -> Kept:
    digest, size = hashlib.sha256(), 0
    with storage.open(name, "rb") as file, _copy_at(target) as copy:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if copy:
                copy.write(chunk)
    return Kept(name, size, digest.hexdigest())


@contextmanager
def _copy_at(target: Path | None) -> Iterator[IO[bytes] | None]:
    """A new file there, safely on the disk once it is left; nothing where none is wanted."""
    if target is None:
        yield None
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as copy:
        yield copy
        copy.flush()
        os.fsync(copy.fileno())


def _has(storage: Storage, kept: Kept) -> bool:
    try:
        return storage.size(kept.name) == kept.bytes and _read(storage, kept.name, None) == kept
    except OSError:
        return False


def _put(storage: Storage, kept: Kept, copy: Path) -> None:
    storage.delete(kept.name)
    with copy.open("rb") as file:
        name = storage.save(kept.name, File(file))
    if name != kept.name:
        raise Unusable(f"The storage keeps {kept.name} as {name}: somebody else writes into it.")


def _below(folder: Path, name: str) -> Path:
    # A manifest is data: a name in it may not lead out of the folder.
    return Path(safe_join(folder, name))
