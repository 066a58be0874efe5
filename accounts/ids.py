"""Identifiers: UUIDs whose order is the order of their making."""

import os
import time
import uuid
from collections import deque
from datetime import datetime

RANDOM_BYTES = 10
AT_ONCE = 400

# Random bytes fetched ahead. A call of the system gives the interpreter's lock away; where another
# thread takes it, two of them cost as much as all the rest of sending a message.
_ahead: deque[bytes] = deque()
# A forked process must not use what its parent uses.
os.register_at_fork(after_in_child=_ahead.clear)


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(_random(), "big")
    high = (milliseconds & (2**48 - 1)) << 16 | 0x7 << 12 | random >> 68
    low = 0b10 << 62 | random & (2**62 - 1)
    return uuid.UUID(int=high << 64 | low)


def _random() -> bytes:
    """Ten bytes of the system's generator that nobody else gets: taking from a deque is atomic."""
    try:
        return _ahead.pop()
    except IndexError:
        page = os.urandom(RANDOM_BYTES * AT_ONCE)
        _ahead.extend(page[i : i + RANDOM_BYTES] for i in range(0, len(page), RANDOM_BYTES))
        return _ahead.pop()


def uuid7_from(moment: datetime) -> uuid.UUID:
    """The lowest version 7 UUID of this moment: none that was made later is below it."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62)
