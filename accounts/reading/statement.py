"""SQL that is kept, and run for one set of values after the other.

PostgreSQL keeps its part of the work, too: each connection parses the statement once, and plans it
anew only where that pays; or each time, where the best way depends on the values.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

_PLACE = re.compile("%([s%])")
_FIELDS: dict[type, Any] = {
    UUID: models.UUIDField(),
    datetime: models.DateTimeField(),
    int: models.PositiveBigIntegerField(),
}


class Statement:
    """`text` and `places` as Django compiled them; those of the places that are one of `stands`
    change from one run to the next. `replans`: for each run."""

    def __init__(
        self, text: str, places: Sequence[Any], stands: Sequence[Any], *, replans: bool = False
    ) -> None:
        numbers = {_stored(stand): number for number, stand in enumerate(stands)}
        self._places = [(numbers.get(place), place) for place in places]
        self._used = sorted({number for number, _place in self._places if number is not None})
        self._replans = replans
        self._is_numbered = connection.vendor == "postgresql"
        self._text = _numbered(text, self._places, self._used) if self._is_numbered else text

    def rows(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What it finds with `values` in place of the stands, in their order."""
        given = _all_stored(values)
        if self._is_numbered:
            cursor = _numbering_cursor(keeps=not self._replans)
            return _run(cursor, self._text, [given[number] for number in self._used])
        wanted = [place if number is None else given[number] for number, place in self._places]
        return _run(connection.cursor(), self._text, wanted)


def _stored(value: Any) -> Any:
    """As this database takes it."""
    return _all_stored([value])[0]


def _all_stored(values: Sequence[Any]) -> list[Any]:
    own = connections[DEFAULT_DB_ALIAS]  # looked up once: the proxy does so for each attribute
    fields = [_FIELDS.get(type(value)) for value in values]
    return [
        field.get_db_prep_value(value, own) if field else value
        for field, value in zip(fields, values, strict=True)
    ]


def _run(cursor: CursorWrapper, text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


# --- PostgreSQL -----------------------------------------------------------------------------------


def _numbered(text: str, places: Sequence[tuple[int | None, Any]], used: Sequence[int]) -> str:
    """With `$1` for the first stand that is used, however often it comes. What never changes is
    written out: a plan made for any values would pass over partial indexes."""
    connection.ensure_connection()
    left = iter(places)

    def written(found: re.Match[str]) -> str:
        if found[1] == "%":
            return "%"
        number, place = next(left)
        return _literal(place) if number is None else f"${used.index(number) + 1}"

    return _PLACE.sub(written, text)


def _literal(value: Any) -> str:
    return sql.Literal(value).as_string(connection.connection)


class _NumberingCursor(psycopg.RawCursor[Any]):
    """For statements with `$1`; `keeps`: has the server keep what it runs."""

    keeps = True

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_NumberingCursor":
        return super().execute(query, params, prepare=self.keeps)


def _numbering_cursor(*, keeps: bool) -> CursorWrapper:
    """As `connection.cursor()`, errors, counts and logs included."""
    connection.ensure_connection()
    cursor: Any = _NumberingCursor(connection.connection)
    cursor.keeps = keeps
    is_logged = connection.queries_logged
    return connection.make_debug_cursor(cursor) if is_logged else connection.make_cursor(cursor)
