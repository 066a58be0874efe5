"""Stored files as files of this machine, for what reads paths."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage


@contextmanager
def local_file(storage_name: str) -> Iterator[Path]:
    """The stored file's own path where the storage is on this machine, else a copy that goes with
    the block. It is for reading only."""
    try:
        yield Path(default_storage.path(storage_name))
    except NotImplementedError:
        with tempfile.TemporaryDirectory(prefix="medley-source-") as folder:
            yield _copied(storage_name, Path(folder) / "source")


def _copied(storage_name: str, target: Path) -> Path:
    with default_storage.open(storage_name, "rb") as source, target.open("wb") as copy:
        for chunk in source.chunks(2**20):
            copy.write(chunk)
    return target
