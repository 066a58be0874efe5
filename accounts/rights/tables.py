"""Parts of a copy that are rows of one model as they are, said in a line each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import User
from accounts.ports import ExportPart, Row

TOGETHER = 2000  # rows fetched at once


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of `model` (a label) whose `of` is the person.

    `fields` are looked up as `values()` does; "who=followed__username" is called `who`.
    """

    model: str
    path: str
    title: Any
    fields: str
    of: str = "user"
    about: Any = ""

    def part(self, person: User) -> ExportPart:
        """The rows of this person."""
        return ExportPart(
            self.path,
            str(self.title),
            str(self.about),
            {name: self._meaning(lookup) for name, lookup in self._lookups.items()},
            partial(self._rows, person),
        )

    @property
    def _lookups(self) -> dict[str, str]:
        """By the name in the copy, how the database calls it."""
        pairs = (given.partition("=") for given in self.fields.split())
        return {name: lookup or name for name, _is, lookup in pairs}

    def _rows(self, person: User) -> Iterator[Row]:
        lookups = self._lookups
        rows = apps.get_model(self.model)._base_manager.filter(**{self.of: person})
        found = rows.order_by("pk").values_list(*lookups.values())
        for values in found.iterator(chunk_size=TOGETHER):
            yield dict(zip(lookups, values, strict=True))

    def _meaning(self, lookup: str) -> str:
        return meaning_of(apps.get_model(self.model), lookup)


def meaning_of(model: Any, name: str) -> str:
    """What a field of a model is about, in words."""
    field = field_of(model, name)
    return f"{field.help_text or field.verbose_name} ({field.get_internal_type()})"


def field_of(model: Any, lookup: str) -> "models.Field[Any, Any]":
    """The field at the end of "followed__username"."""
    *steps, last = lookup.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.pk if last == "pk" else model._meta.get_field(last)
