"""Where upper apps plug into lower ones: protocols, implementations named in settings."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


class RelationObserver(Protocol):
    """Told, inside the same transaction, that what policy says between people may have changed."""

    def __call__(self, user_id: UUID, other_ids: Iterable[UUID] | None) -> None:
        """A follow, block, setting or birthday of `user_id`, towards `other_ids` or all (None)."""


@cache
def _implementations(setting: str) -> tuple[Any, ...]:
    return tuple(import_string(path) for path in getattr(settings, setting))


def relation_changed(user_id: UUID, other_ids: Iterable[UUID] | None = None) -> None:
    """Tell every `RELATION_OBSERVERS`; call it inside the transaction that made the change."""
    others = None if other_ids is None else tuple(other_ids)
    for observer in _implementations("RELATION_OBSERVERS"):
        observer(user_id, others)
