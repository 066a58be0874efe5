"""The blocked hosts as this process knows them: asked for each link that is drawn, read seldom.

Words are drawn in many places, and nobody waits for the database there: a block holds everywhere
`READ_EVERY` after it was made at the latest, and at once where the bus carries the word: open pages
and apps then make words of their links.
"""

import logging
import time
from collections.abc import Collection, Sequence
from functools import partial

from django.core.exceptions import SynchronousOnlyOperation
from django.db import DatabaseError, transaction

from accounts import live
from accounts.linking.finding import addresses
from accounts.linking.targets import host_of
from accounts.models import LinkBlock
from accounts.models.link import host_and_parents

logger = logging.getLogger(__name__)

READ_EVERY = 2.0  # seconds
TOLD_AT_ONCE = 200  # hosts of one frame
MOST_TOLD = 1_000  # of an imported list with more, pages learn when they are read again

_known: frozenset[str] = frozenset()
_read_at = float("-inf")


def is_blocked(href: str) -> bool:
    """Whether an address leads to a blocked host, or to one below it."""
    blocked = _hosts()
    return bool(blocked) and not blocked.isdisjoint(host_and_parents(host_of(href)))


def blocked_in(words: str) -> list[str]:
    """The blocked hosts to which the addresses in these words lead, each once, in plain letters:
    what clients show there is no link."""
    if not _hosts():
        return []
    led_to = (address.href for address in addresses(words))
    return list(dict.fromkeys(host_of(href) for href in led_to if is_blocked(href)))


def changed(new: Sequence[str] = ()) -> None:
    """Call it in the transaction that changed the list, with the hosts that are blocked from now
    on: every process reads the list anew, and tells its sockets of those."""
    transaction.on_commit(partial(_tell, new if len(new) <= MOST_TOLD else ()))


def _tell(new: Sequence[str]) -> None:
    forget()
    for start in range(0, max(len(new), 1), TOLD_AT_ONCE):
        told = new[start : start + TOLD_AT_ONCE]
        live.publish(live.HUBS, {"type": "hosts.changed", "blocked": told})


def forget() -> None:
    """Read the list anew when it is asked for next."""
    global _read_at
    _read_at = float("-inf")


def hold(hosts: Collection[str]) -> None:
    """Let this be what the process knows."""
    global _known, _read_at
    _known, _read_at = frozenset(hosts), time.monotonic()


def _hosts() -> frozenset[str]:
    if time.monotonic() - _read_at >= READ_EVERY:
        try:
            hold(LinkBlock.objects.values_list("host", flat=True))
        except (DatabaseError, SynchronousOnlyOperation) as error:  # what was known goes on holding
            logger.debug("the blocked hosts were not read: %s", error)
    return _known
