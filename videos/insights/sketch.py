"""How many different ones there were, without keeping who: sets that can only be added up.

HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, 2007): each key is hashed, and of all hashes that
fall to one of 4,096 registers only the longest run of leading zeros is kept. The error is 1.6% for
many and next to nothing for few (linear counting). Two sketches together are that of both sets.
"""

import hashlib
import math
import zlib
from collections.abc import Iterable
from typing import Self
from uuid import UUID

INDEX_BITS = 12
REGISTERS = 1 << INDEX_BITS
RANK_BITS = 64 - INDEX_BITS
ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)
# The high bit of each register, which no rank reaches.
HIGH = int.from_bytes(b"\x80" * REGISTERS)


class Sketch:
    """A set of ids; how it is stored is `bytes(sketch)`, nothing at all for the empty set."""

    def __init__(self, stored: bytes | memoryview = b"") -> None:
        self._registers = bytearray(zlib.decompress(stored) if stored else REGISTERS)

    def __bytes__(self) -> bytes:
        return zlib.compress(self._registers) if any(self._registers) else b""

    def __len__(self) -> int:
        """How many different ids."""
        empty = self._registers.count(0)
        if empty == REGISTERS:
            return 0
        ranks = range(max(self._registers) + 1)
        total = sum(self._registers.count(rank) * 2.0**-rank for rank in ranks)
        estimate = ALPHA * REGISTERS**2 / total
        if empty and estimate <= 2.5 * REGISTERS:
            estimate = REGISTERS * math.log(REGISTERS / empty)
        return round(estimate)

    def add(self, keys: Iterable[UUID]) -> Self:
        """Put these in."""
        for key in keys:
            hashed = int.from_bytes(hashlib.blake2b(key.bytes, digest_size=8).digest())
            place, rest = hashed >> RANK_BITS, hashed & ((1 << RANK_BITS) - 1)
            rank = RANK_BITS - rest.bit_length() + 1
            self._registers[place] = max(self._registers[place], rank)
        return self

    def merge(self, stored: bytes | memoryview) -> Self:
        """Put in everything that is in another one, as it is stored."""
        if not stored:
            return self
        # The greater of each two registers, all 4,096 at once: a year of days is added in a few
        # milliseconds. `larger` has 0x7f where ours is at least theirs, else 0.
        ours, theirs = (int.from_bytes(each) for each in (self._registers, zlib.decompress(stored)))
        at_least = ((ours | HIGH) - theirs) & HIGH
        larger = at_least - (at_least >> 7)
        merged = (ours & larger) | (theirs & ~larger)
        self._registers = bytearray(merged.to_bytes(REGISTERS))
        return self
