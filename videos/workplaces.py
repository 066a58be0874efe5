"""Folders in which jobs work: gone after the job, and after the job of a worker that was killed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "medley-work-"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder of one's own; what dead processes of this machine left is cleared first."""
    _clear_after_the_dead(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-") as name:
        yield Path(name)


def _clear_after_the_dead(folder: Path) -> None:
    for left in folder.glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not _lives(int(owner)):
            # Two workers may clear at once, and some of it may be another user's.
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
