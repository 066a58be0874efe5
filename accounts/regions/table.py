"""The rules of all regions as this process knows them: read now and then, never for each request.

Whoever changes them says so in the cache and on the bus (`changed`). Each process asks the cache
once a second, while it has anything to do, whether its copy is the latest, and the database
itself twice a minute: a Redis that lost the word makes that late, not wrong. What begins or ends by
the clock needs no word.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import uuid4

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import live
from accounts.models import RegionRule
from accounts.policy import regions as policy

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
READ_EVERY = 30.0
VERSION = "regions.version"


@dataclass(frozen=True, slots=True)
class Copy:
    """What was read: the rules that hold or will, under which version, and when (monotonic)."""

    rules: tuple[RegionRule, ...]
    version: str | None
    read_at: float


_lock = Lock()
_copy: Copy | None = None
_looked_at = float("-inf")


def known() -> Sequence[RegionRule]:
    """Those that hold or will hold, as this process last read them: for any thread and any loop."""
    return _copy.rules if _copy else ()


def off_in(region: str, at: datetime | None = None) -> frozenset[str]:
    """What is off in a region at a moment, now by default; nothing in no region."""
    return frozenset(rule.feature for rule in holding_in(region, at))


def holding_in(region: str, at: datetime | None = None) -> list[RegionRule]:
    """The rules that hold there then, the oldest first."""
    found = known()
    if not region or not found:
        return []
    at = at or timezone.now()
    mine = [rule for rule in found if rule.region == region and rule.holds(at)]
    return sorted(mine, key=lambda rule: rule.off_from)


def closed(feature: str) -> set[str]:
    """The regions in which a feature, or what it is a part of, is off now."""
    now, parts = timezone.now(), policy.with_wholes(feature)
    return {rule.region for rule in known() if rule.feature in parts and rule.holds(now)}


def look() -> None:
    """Read the rules again where that is due: asks the cache, and sometimes the database. Doors and
    jobs call it first; whoever comes meanwhile takes the copy at hand."""
    global _looked_at
    now = time.monotonic()
    if (_copy is not None and now - _looked_at < LOOK_EVERY) or not _lock.acquire(
        blocking=_copy is None
    ):
        return
    try:
        if _copy is None or not _is_latest(_copy, now):
            _read()
        _looked_at = now
    finally:
        _lock.release()


def changed() -> None:
    """After the commit: every process reads the rules again, and tells whom they concern."""
    forget()
    transaction.on_commit(_tell)


def forget() -> None:
    """Read the rules anew when they are asked for next."""
    hold(None)


def hold(copy: Copy | None) -> None:
    """Let this be what the process knows."""
    global _copy, _looked_at
    _copy, _looked_at = copy, time.monotonic()


def _tell() -> None:
    cache.set(VERSION, uuid4().hex, timeout=None)
    forget()
    live.publish(live.HUBS, {"type": "regions.changed"})


def _is_latest(copy: Copy, now: float) -> bool:
    version = cache.get(VERSION)
    is_known = version is not None and version == copy.version
    return is_known and now - copy.read_at < READ_EVERY


def _read() -> None:
    """The version first: what is said after it makes the next look read again."""
    try:
        version = _version()
        found = tuple(RegionRule.objects.to_come(timezone.now()))
    except DatabaseError as error:  # what was known goes on holding
        logger.warning("the rules of regions could not be read: %s", error)
        return
    global _copy
    _copy = Copy(found, version, time.monotonic())


def _version() -> str | None:
    cache.add(VERSION, uuid4().hex, timeout=None)
    return cache.get(VERSION)
