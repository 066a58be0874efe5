"""The bytes of unfinished uploads: a file for each, in a folder that nobody is served from.

The folder lies on one machine. Where several web machines share an object store, their front server
sends each upload to one of them (by its address), or the folder is a shared one.
"""

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from accounts.uploads.refusals import UploadRefused

CHUNK = 256 * 2**10
# After so many bytes they are forced to the disk and counted: a crash costs no more than that.
CHECKPOINT = 8 * 2**20
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class Body(Protocol):
    """What bytes come from; an `OSError` says that the line broke."""

    def read(self, size: int) -> bytes: ...


class Spooled:
    """One upload's file, open and held: nobody else writes to it meanwhile."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path, self.file = path, file

    @property
    def size(self) -> int:
        return os.fstat(self.file.fileno()).st_size

    def cut(self, size: int) -> None:
        """Forget what lies behind: it came, but nobody was promised that it is here."""
        self.file.truncate(size)
        self.file.seek(size)

    def take(self, body: Body, most: int, *, counted: Callable[[int], None]) -> int:
        """Append at most `most` bytes of the body, to its end or until its line breaks.

        `counted` is called with the size of the file each time that much is safely on the disk.
        Answers how many bytes were taken. Raises `UploadRefused` (upload.no_room) where the disk is
        full: what was counted stays.
        """
        start = safe = self.file.tell()
        with _room():
            for chunk in _chunks(body, most):
                self.file.write(chunk)
                if self.file.tell() - safe >= CHECKPOINT:
                    safe = self._flush(counted)
            if self.file.tell() > safe:
                safe = self._flush(counted)
        return safe - start

    def _flush(self, counted: Callable[[int], None]) -> int:
        self.file.flush()
        os.fsync(self.file.fileno())
        counted(self.file.tell())
        return self.file.tell()


def _chunks(body: Body, most: int) -> Iterator[bytes]:
    while most > 0:
        try:
            chunk = body.read(min(CHUNK, most))
        except OSError:  # what came before the line broke is as good as any
            return
        if not chunk:
            return
        most -= len(chunk)
        yield chunk


@contextmanager
def _room() -> Iterator[None]:
    """Say that the disk is full in words of ours."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise UploadRefused("upload.no_room") from None
        raise


@contextmanager
def held(upload_id: UUID) -> Iterator[Spooled]:
    """Open an upload's file, made if it is missing, and keep everybody else out of it.

    The lock ends with this process, however that ends. Raises `UploadRefused` (upload.busy,
    upload.no_room).
    """
    path = _path(upload_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _room():
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        _lock(file)
        yield Spooled(path, file)
    finally:
        # What counts is on the disk already. On a full one closing fails too, and closes.
        with suppress(OSError):
            file.close()


def _lock(file: IO[bytes]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UploadRefused("upload.busy") from None


def size_of(upload_id: UUID) -> int:
    """Bytes of the upload in the spool; 0 where it has no file."""
    try:
        return _path(upload_id).stat().st_size
    except FileNotFoundError:
        return 0


def remove(upload_id: UUID) -> None:
    """Its bytes, if there are any."""
    _path(upload_id).unlink(missing_ok=True)


def leftovers(older_than: float) -> Iterator[UUID]:
    """Whose files nothing was written to for so many seconds."""
    if not settings.UPLOAD_FOLDER.is_dir():
        return
    for path in settings.UPLOAD_FOLDER.iterdir():
        if path.stat().st_mtime < time.time() - older_than:
            yield UUID(path.name)


def _path(upload_id: UUID) -> Path:
    return Path(settings.UPLOAD_FOLDER) / str(upload_id)


# --- Into the storage -----------------------------------------------------------------------------


class _Moved(File):
    """A file which a storage on the same disk may move instead of copying it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def stored_name(upload_id: UUID) -> str:
    return f"uploads/{upload_id}"


def is_stored(upload_id: UUID, length: int) -> bool:
    """Whether all of it lies in the storage already."""
    name = stored_name(upload_id)
    return default_storage.exists(name) and default_storage.size(name) == length


def store(upload_id: UUID, length: int) -> str:
    """Move a whole upload into the storage; answers its name there. Doing it twice does no harm.

    Raises `UploadRefused` (upload.no_room); it can be stored later.
    """
    name = stored_name(upload_id)
    if is_stored(upload_id, length):
        remove(upload_id)
        return name
    default_storage.delete(name)  # half a copy, from a process that died over it
    with _path(upload_id).open("rb") as file:
        content: Any = _Moved(file, name=str(_path(upload_id)))
        with _room():
            default_storage.save(name, content)
    remove(upload_id)
    return name


def unstore(upload_id: UUID) -> None:
    """Take it out of the storage, if it is there."""
    default_storage.delete(stored_name(upload_id))
