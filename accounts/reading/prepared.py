"""Querysets that are compiled once: who may see a video takes Django longer to say than the
database to answer (measured: 15 ms against 1 ms).

A queryset is built for a viewer and values that stand for any, and its SQL kept; asked for real
ones, they are put in the places of those (accounts/reading/statement.py).
"""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connections, models

from accounts.policy import is_restricted, sees_sensitive
from accounts.reading.statement import Statement

_SPACE = UUID("c5f6ab41-2c0c-4a53-8c5e-0d4a2a3c9a11")
VIEWER = uuid5(_SPACE, "viewer")
ANY_TIME = datetime(2001, 1, 1, 0, 0, 0, 123457, UTC)  # stands for a time


class Prepared:
    """`build(viewer, *values)` gives a queryset; `stands` are values for it, each unlike any other
    in it: ids, times, large whole numbers.

    It may depend on the viewer by key and by what `_kind_of` tells, and on nothing else that
    changes, such as the time or the language. `replans`: how to find it best depends on the values,
    as where somebody may follow three people or thousands.
    """

    def __init__(
        self, build: Callable[..., models.QuerySet[Any]], *stands: Any, replans: bool = False
    ) -> None:
        self.build = build
        self.stands = stands
        self.replans = replans
        self._forms: dict[Hashable, _Form] = {}

    def __call__(self, viewer: Any, *values: Any) -> list[Any]:
        """The queryset's items for these values."""
        kind = _kind_of(viewer)
        if kind not in self._forms:
            queryset = self.build(_anybody_like(viewer), *self.stands)
            self._forms[kind] = _Form(queryset, [VIEWER, *self.stands], self.replans)
        return self._forms[kind].items([viewer.pk, *values])

    def first(self, viewer: Any, *values: Any) -> Any:
        """The first of them, None where there is none: for what has one item at most."""
        return next(iter(self(viewer, *values)), None)


class ByKey:
    """`build(viewer, keys, *values)` gives a queryset of rows with these keys: ids, whole numbers
    or words (`of`). `room`: so many at a time, or, where more are hardly ever asked for, not
    `in_turns`: Django then compiles the queryset of all. `stands` are for the values, as in
    `Prepared`."""

    def __init__(
        self,
        build: Callable[..., models.QuerySet[Any]],
        room: int,
        *stands: Any,
        of: type = UUID,
        in_turns: bool = True,
    ) -> None:
        self.build, self.room, self.in_turns = build, room, in_turns
        keys = [_ANY_KEY[of](number) for number in range(room)]
        self._some = Prepared(
            lambda viewer, *given: build(viewer, given[:room], *given[room:]), *keys, *stands
        )

    def __call__(self, viewer: Any, keys: Sequence[Any], *values: Any) -> list[Any]:
        """The rows, in no order."""
        if not self.in_turns and len(keys) > self.room:
            return list(self.build(viewer, keys, *values))
        found: list[Any] = []
        for first in range(0, len(keys), self.room):
            some = keys[first : first + self.room]
            # Room that is left holds the last key again.
            found += self._some(viewer, *some, *[some[-1]] * (self.room - len(some)), *values)
        return found


_ANY_KEY: dict[type, Callable[[int], Any]] = {
    UUID: lambda number: uuid5(_SPACE, str(number)),
    int: lambda number: 6_100_000_000 + number,
    str: lambda number: f"any word {number}",
}
NOBODY = AnonymousUser()  # as the viewer of what is the same whoever looks
ANY_ID = uuid5(_SPACE, "thing")  # stands for one
OTHER_ID = uuid5(_SPACE, "other thing")  # for a second one
ANY_WORD = "any word"  # for a name that is stored, which no other is
ANY_PLACE = 6_000_000_007  # stands for a number


def _kind_of(viewer: Any) -> Hashable:
    """What decides, besides the key, what somebody may see: each kind has its own statement."""
    if not viewer.is_authenticated:
        return None
    return sees_sensitive(viewer.person), is_restricted(viewer.person)


def _anybody_like(viewer: Any) -> Any:
    """One of the same kind who stands for all of it."""
    anybody = copy(viewer)
    if viewer.is_authenticated:
        anybody.pk = VIEWER
    return anybody


class _Form:
    """A queryset and its statement, to be filled."""

    def __init__(
        self, queryset: models.QuerySet[Any], stands: Sequence[Any], replans: bool
    ) -> None:
        self._queryset = queryset
        self._compiler: Any = queryset.query.get_compiler(queryset.db)
        text, places = self._compiler.as_sql()
        self._statement = Statement(text, places, stands, replans=replans)
        self._converters: dict[int, Any] | None = None  # of values, by column

    def items(self, values: Sequence[Any]) -> list[Any]:
        """What the queryset makes of the rows for these values: Django is given an answer where it
        would ask."""
        rows = self._statement.rows(values)
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # the thread's own
        compiler.execute_sql = lambda *_arguments, **_options: [rows]
        compiler.get_converters = self._converters_of(compiler)
        queryset: Any = self._queryset.all()
        queryset.query.get_compiler = lambda *_arguments, **_options: compiler
        return list(queryset)

    def _converters_of(self, compiler: Any) -> Callable[[Any], dict[int, Any]]:
        """The compiler's own, which follow from the columns: looked for once."""
        look = compiler.get_converters

        def kept(columns: Any) -> dict[int, Any]:
            if self._converters is None:
                self._converters = look(columns)
            return self._converters

        return kept
