"""A backup as a folder: the database, a manifest of each storage, copies, and `backup.json`, which

is written last: a folder without it is none.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from accounts.rights import erasing
from config.backup import checksums, media, postgres, sqlite
from config.backup.problems import Unusable

SUMMARY = "backup.json"
FORMAT = 1


@dataclass(frozen=True)
class Report:
    """Rows and files of it; restoring, also the files put back and the accounts deleted again."""

    rows: int
    files: int
    put_back: int = 0
    deleted_again: int = 0


def back_up(folder: Path, *, copies: bool = True) -> Report:
    """Keep all there is in a new folder, while Medley runs. `Unusable` where it is not empty."""
    with _for_nobody_else():
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Unusable(f"{folder} is not empty.")
        return _kept(folder, copies)


def _kept(folder: Path, copies: bool) -> Report:
    engine, began = _engine(), datetime.now(UTC)
    rows = engine.dump(folder)
    files = {alias: media.keep(alias, folder, copies=copies) for alias in media.STORAGES}
    summary = {
        "format": FORMAT,
        "made_at": began.isoformat(),
        "engine": connection.vendor,
        "sha256": checksums.of_file(folder / engine.FILE),
        "rows": rows,
        "copies": copies,
        "files": {alias: len(kept) for alias, kept in files.items()},
        "bytes": sum(each.bytes for kept in files.values() for each in kept),
    }
    (folder / SUMMARY).write_text(json.dumps(summary, indent=2) + "\n")
    return Report(sum(rows.values()), sum(map(len, files.values())))


def restore(folder: Path, *, replace: bool = False) -> Report:
    """Bring it back, while nobody else is there: files, rows, what this release changes in the
    tables, and the end of whoever was deleted since.

    `Unusable` where the backup is damaged, of another engine, or the database is not empty.
    """
    summary, engine = _summary(folder), _engine()
    if checksums.of_file(folder / engine.FILE) != summary["sha256"]:
        raise Unusable(f"{folder / engine.FILE} is damaged.")
    copies = summary["copies"]
    if copies:
        for alias in media.STORAGES:
            media.check(alias, folder)
    put_back = sum(media.bring_back(alias, folder, copies=copies) for alias in media.STORAGES)
    connections.close_all()
    rows = engine.load(folder, replace=replace)
    if rows != summary["rows"]:
        raise Unusable(f"Not all came back: {_differences(summary['rows'], rows)}.")
    call_command("migrate", interactive=False, verbosity=0)
    files = sum(summary["files"].values())
    return Report(sum(rows.values()), files, put_back, erasing.begin_again())


@contextmanager
def _for_nobody_else() -> Iterator[None]:
    """All that people said lies in it: files are their owner's alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def _summary(folder: Path) -> dict[str, Any]:
    try:
        summary: dict[str, Any] = json.loads((folder / SUMMARY).read_text())
    except (OSError, ValueError):
        raise Unusable(f"{folder} is no backup, or not a whole one.") from None
    if summary["format"] != FORMAT:
        raise Unusable(f"{folder} was made by another release of Medley, in a form unknown here.")
    if summary["engine"] != connection.vendor:
        raise Unusable(f"{folder} holds a database of {summary['engine']}, not this one's.")
    return summary


def _differences(kept: dict[str, int], found: dict[str, int]) -> str:
    tables = sorted(name for name in kept | found if kept.get(name) != found.get(name))
    return ", ".join(f"{name} {kept.get(name)} -> {found.get(name)}" for name in tables)
