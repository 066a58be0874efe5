"""Rows by the million, straight in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


def copies(cursor, pattern: Model, rows: str, **different: str) -> None:
    """Insert a copy of `pattern` for each of `rows` (of a FROM clause); what is `different` in it
    says SQL by column."""
    table = pattern._meta.db_table
    columns = [field.column for field in pattern._meta.concrete_fields if field.column]
    values = ", ".join(different.get(column, f"pattern.{column}") for column in columns)
    with without_indexes(cursor, table):
        cursor.execute(
            f"insert into {table} ({', '.join(columns)}) select {values}"
            f" from {table} as pattern, {rows} where pattern.id = %s on conflict do nothing",
            [str(pattern.pk)],
        )


@contextmanager
def without_indexes(cursor, table: str) -> Iterator[None]:
    """Without all but the primary key's, which are made again at the end: many times faster."""
    cursor.execute(
        "select conname, pg_get_constraintdef(oid) from pg_constraint"
        " where conrelid = %s::regclass and contype = 'u'",
        [table],
    )
    constraints = cursor.fetchall()
    for name, _definition in constraints:
        cursor.execute(f'alter table {table} drop constraint "{name}"')
    cursor.execute(
        "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index"
        " where indrelid = %s::regclass and not indisprimary",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"drop index {name}")
    try:
        yield
    finally:
        cursor.execute("set maintenance_work_mem = '1GB'")
        for name, definition in constraints:
            cursor.execute(f'alter table {table} add constraint "{name}" {definition}')
        for _name, definition in indexes:
            cursor.execute(definition)
