"""SQLite's own backup: page by page, while Medley runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from config.backup.problems import Unusable

Counts = dict[str, int]
FILE = "database.sqlite3"
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
)


def dump(folder: Path) -> Counts:
    """Write the database as it is at one moment; answers the rows of each table at that moment."""
    with closing(_ours()) as source, closing(sqlite3.connect(folder / FILE)) as target:
        source.backup(target)
        # A file that is to be copied about has no second one beside it.
        target.execute("PRAGMA journal_mode=DELETE")
        return _counts(target)


def load(folder: Path, *, replace: bool) -> Counts:
    """Bring it back into an empty database, or in the place of what is there; answers the rows."""
    with closing(_ours()) as target, closing(sqlite3.connect(folder / FILE)) as source:
        if _tables(target) and not replace:
            raise Unusable("The database is not empty. Name another, or say --replace.")
        if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Unusable(f"{folder / FILE} is damaged.")
        source.backup(target)
        return _counts(target)


def _ours() -> sqlite3.Connection:
    path = Path(connection.settings_dict["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, timeout=20)


def _counts(database: sqlite3.Connection) -> Counts:
    counting = 'SELECT count(*) FROM "{}"'
    return {
        name: database.execute(counting.format(name)).fetchone()[0] for name in _tables(database)
    }


def _tables(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute(TABLES)]
