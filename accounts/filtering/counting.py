"""Counts of what people do, for as long as they are needed and no longer: in Redis, nowhere else.

Without Redis everything was done once: nobody is slowed down.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.cache import cache

DAY, HOUR = 24 * 60 * 60, 60 * 60  # seconds


def note(person: UUID, what: str, now: datetime, all_of: Iterable[str]) -> dict[str, int]:
    """Count one more of `what`; answers how many there were of each today."""
    key = _key(person, what, f"{now:%j}")
    kept = cache.get_many([_key(person, each, f"{now:%j}") for each in all_of])
    counts = {each: int(kept.get(_key(person, each, f"{now:%j}"), 0)) for each in all_of}
    return counts | {what: _one_more(key, DAY)}


def same_text(person: UUID, digest: str, now: datetime) -> int:
    """How often the person has said this today, now included."""
    return _one_more(_key(person, f"same:{digest}", f"{now:%j}"), DAY)


def this_hour(person: UUID, what: str, now: datetime) -> int:
    """How often it was done in this hour, now included."""
    return _one_more(_key(person, what, f"{now:%j.%H}"), HOUR)


def first_today(person: UUID, what: str, now: datetime) -> bool:
    """Whether this is the first time today."""
    return cache.add(_key(person, what, f"{now:%j}"), 1, DAY)


def _key(person: UUID, what: str, when: str) -> str:
    return f"spam:{person}:{what}:{when}"


def _one_more(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ended in this moment
        return 1
