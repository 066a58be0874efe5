"""Related rows that hardly any instance has, asked for only where one does."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet


class Few:
    """A lookup for `Prefetch(name, queryset, to_attr=...)`: where `has` says of every instance at
    hand that it has none, nothing is asked. A plain relation would cost each list a query. `key`
    is the field of the related rows that names the instance, as "video_id".

    (Django prefetches through whatever has `get_prefetch_querysets`.)
    """

    def __init__(self, key: str, has: Callable[[Any], bool]) -> None:
        self.key, self.has = key, has

    def __get__(self, instance: Any, owner: type | None = None) -> "Few":
        return self

    def is_cached(self, instance: Any) -> bool:
        return False

    def get_prefetch_querysets(
        self, instances: Iterable[Any], querysets: Sequence[QuerySet[Any]]
    ) -> tuple[Any, ...]:
        """As Django's own related descriptors answer it to `prefetch_related`."""
        keys = [instance.pk for instance in instances if self.has(instance)]
        rows = querysets[0]
        found = rows.filter(**{f"{self.key}__in": keys}) if keys else rows.none()
        return found, attrgetter(self.key), attrgetter("pk"), False, "", False
