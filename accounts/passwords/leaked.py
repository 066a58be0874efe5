"""Whether a password stands in a list of leaked ones: the one that comes along (common.sha1), and
the longer one that an operator may have imported (`manage.py import_breached`)."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from accounts.passwords import prefix_file

SHIPPED = Path(__file__).with_name("common.sha1")


def imported() -> Path:
    """Where an imported list lies."""
    return Path(settings.MEDLEY_DATA) / "leaked-passwords.sha1"


def is_leaked(password: str) -> bool:
    """Whether anybody can find it in a list; as it is typed, and in small letters."""
    digests = {_digest(password), _digest(password.lower())}
    return any(_holds(digest, (SHIPPED, imported())) for digest in digests)


def _holds(digest: bytes, files: Iterable[Path]) -> bool:
    return any(prefix_file.holds(file, digest) for file in files)


def _digest(password: str) -> bytes:
    """SHA-1 because the lists are made of it; nothing is kept by it."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()
