"""Films in the storage as files of this machine: ffmpeg and probe read nothing else."""

from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from accounts.stored import local_file

__all__ = ["keep", "local_file"]


def keep(file: Path, storage_name: str) -> str:
    """Store a file under exactly this name, in place of what a dead worker left of it."""
    default_storage.delete(storage_name)
    with file.open("rb") as content:
        return default_storage.save(storage_name, File(content))
