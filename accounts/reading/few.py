"""Related rows that hardly any instance has, asked for only where one does."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet


class Few:
    """A lookup for `Prefetch(name, queryset, to_attr=...)`: where `has` says of every instance at
    hand that it has none, nothing is asked. A plain relation would cost each list a query. `key`
    is the field of the related rows that names the instance, as "video_id"; `rows` reads those of
    some instances, by their keys, where the `Prefetch` has no queryset.

    (Django prefetches through whatever has `get_prefetch_querysets`.)
    """

    def __init__(
        self,
        key: str,
        has: Callable[[Any], bool],
        rows: Callable[[Sequence[Any]], Iterable[Any]] = tuple,
    ) -> None:
        self.key, self.has, self.rows = key, has, rows

    def __get__(self, instance: Any, owner: type | None = None) -> "Few":
        return self

    def is_cached(self, instance: Any) -> bool:
        return False

    def get_prefetch_querysets(
        self, instances: Iterable[Any], querysets: Sequence[QuerySet[Any]] | None = None
    ) -> tuple[Any, ...]:
        """As Django's own related descriptors answer it to `prefetch_related`."""
        keys = [instance.pk for instance in instances if self.has(instance)]
        found = self._found(keys, querysets)
        return found, attrgetter(self.key), attrgetter("pk"), False, "", False

    def _found(self, keys: Sequence[Any], querysets: Sequence[QuerySet[Any]] | None) -> Any:
        if querysets is None:
            return list(self.rows(keys)) if keys else []
        return querysets[0].filter(**{f"{self.key}__in": keys}) if keys else querysets[0].none()
