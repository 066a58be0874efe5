"""SHA-256 of files."""

import hashlib
from pathlib import Path


def of_file(path: Path) -> str:
    """In hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
