"""Takes fields out of JSON one by one, and remembers by its path what was wrong with which."""

import math
import re
from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
NOWHERE = str(UUID(int=0))
T = TypeVar("T")

SENTENCES = {
    "recipe.choice": _("Choose one of what is offered."),
    "recipe.colour": _("This is not a colour."),
    "recipe.empty": _("Something is missing here."),
    "recipe.id": _("This is not an id."),
    "recipe.number": _("This is not a number."),
    "recipe.range": _("This is outside of what is possible here."),
    "recipe.shape": _("This part of the edit is not understood."),
    "recipe.text_too_long": _("A text holds at most 120 characters."),
    "recipe.too_long": _("This is longer than 3 minutes. Trim it and try again."),
    "recipe.too_many": _("These are too many."),
    "recipe.too_short": _("This is too short: leave at least a tenth of a second."),
    "recipe.unknown": _("This is no part of an edit."),
}


class Wrongs:
    """What was wrong, by path (`segments.0.speed`)."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def note(self, path: str, code: str) -> None:
        wrong = ValidationError(SENTENCES[code], code=code)
        self._found.setdefault(path or "recipe", []).append(wrong)

    def raise_if_any(self) -> None:
        if self._found:
            raise ValidationError(self._found)


class Fields:
    """One object of the JSON. Each method answers a field's value; where that is wrong, it is noted
    and some value of the right kind stands in, so that the rest can be looked at too."""

    def __init__(self, value: Any, path: str, wrongs: Wrongs, known: Collection[str]) -> None:
        self._wrongs, self._path = wrongs, path
        self._values: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self._refuse()
        for name in self._values.keys() - known:
            # JSON keys are strings; what else a caller may have put there has no path.
            self.note(str(name)[:40], "recipe.unknown")

    def _refuse(self) -> None:
        """Nothing else is said of what is no object at all."""
        self._wrongs.note(self._path, "recipe.shape")
        self._wrongs = Wrongs()

    def path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def note(self, name: str, code: str) -> None:
        self._wrongs.note(self.path(name), code)

    def raw(self, name: str) -> Any:
        return self._values.get(name)

    def objects(self, name: str, most: int) -> list[tuple[Any, str]]:
        """The items of a list with their paths; a missing list is an empty one."""
        items = self._values.get(name, [])
        if not isinstance(items, list):
            self.note(name, "recipe.shape")
            return []
        if len(items) > most:
            self.note(name, "recipe.too_many")
        return [(item, f"{self.path(name)}.{place}") for place, item in enumerate(items[:most])]

    def number(self, name: str, low: float, high: float, default: float | None = None) -> float:
        value = self._values.get(name, default)
        # True is an int to Python; a NaN is within every bound and outside of each.
        if not isinstance(value, int | float) or isinstance(value, bool) or math.isnan(value):
            self.note(name, "recipe.number" if name in self._values else "recipe.empty")
            return low
        if not low <= value <= high:
            self.note(name, "recipe.range")
            return low
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        return round(self.number(name, low, high, default))

    def choice(self, name: str, offered: Collection[T], default: T) -> T:
        value = self._values.get(name, default)
        for each in offered:
            if each == value and not isinstance(value, bool):
                return each
        self.note(name, "recipe.choice")
        return default

    def identifier(self, name: str) -> str:
        """A UUID, in its usual spelling."""
        try:
            return str(UUID(self._values[name]))
        except (KeyError, ValueError, TypeError, AttributeError):
            self.note(name, "recipe.id" if name in self._values else "recipe.empty")
            return NOWHERE

    def words(self, name: str) -> str:
        value = self._values.get(name)
        if not isinstance(value, str):
            self.note(name, "recipe.shape" if name in self._values else "recipe.empty")
            return ""
        return value

    def colour(self, name: str, default: str) -> str:
        value = self._values.get(name, default)
        if isinstance(value, str) and COLOUR.fullmatch(value):
            return value.lower()
        self.note(name, "recipe.colour")
        return default
