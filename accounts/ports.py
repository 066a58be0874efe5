"""Where upper apps plug into lower ones: protocols, implementations named in settings."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


class RelationObserver(Protocol):
    """Told, inside the same transaction, that what policy says between people may have changed."""

    def __call__(self, user_id: UUID, other_ids: Iterable[UUID] | None) -> None:
        """A follow, block, setting or birthday of `user_id`, towards `other_ids` or all (None)."""


class FilmFile(Protocol):
    """One playable rendition: its name in the folder, its size in pixels."""

    name: str
    width: int
    height: int


class Film(Protocol):
    """What a `FILM_RENDERER` left in the folder: the best rendition first, a cover, a length."""

    seconds: float
    files: Sequence[FilmFile]
    cover: str


class FilmRenderer(Protocol):
    """Makes an uploaded film playable everywhere."""

    def __call__(self, source: Path, folder: Path) -> Film:
        """Read `source`, write into `folder`. Raises `accounts.errors.BadFile`."""


def render_film(source: Path, folder: Path) -> Film:
    """What the app that knows films (`FILM_RENDERER`) makes of an uploaded one."""
    renderer: FilmRenderer = import_string(settings.FILM_RENDERER)
    return renderer(source, folder)


@cache
def _implementations(setting: str) -> tuple[Any, ...]:
    return tuple(import_string(path) for path in getattr(settings, setting))


def relation_changed(user_id: UUID, other_ids: Iterable[UUID] | None = None) -> None:
    """Tell every `RELATION_OBSERVERS`; call it inside the transaction that made the change."""
    others = None if other_ids is None else tuple(other_ids)
    for observer in _implementations("RELATION_OBSERVERS"):
        observer(user_id, others)
