"""Lists of pictures in memory, and which of their hashes is near a picture's.

All hashes lie in one array, 32 bytes each, and a question compares with every one: measured with
1,000,000 hashes, a question of all eight turns of a picture takes 50 ms and the array 32 MB, in
those processes alone that were asked. An index by parts of the hash would need 16 million rows to
answer in a tenth of that, which no upload would notice.
"""

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from accounts.models import HashList, KnownHash
from accounts.models.screening import HASH_BYTES
from accounts.screening.hashing import PictureHash

if TYPE_CHECKING:
    import numpy

AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Revisions:
    """Which lists there are, as they are now."""

    pictures: tuple[tuple[UUID, int], ...]
    sounds: tuple[tuple[UUID, int], ...]

    @property
    def are_none(self) -> bool:
        return not self.pictures and not self.sounds


@dataclass(frozen=True, slots=True)
class Match:
    """A known hash that is near enough, and how many bits away it is."""

    list: HashList
    value: bytes
    distance: int


class _Table:
    """Every hash of every list as columns of 64 bits; `places` says where each list begins."""

    def __init__(self, revisions: Revisions) -> None:
        import numpy

        self.revisions = revisions
        self.lists = list(HashList.objects.of_pictures().order_by("-severity", "pk"))
        packed, self.ends = bytearray(), []
        for each in self.lists:
            values = KnownHash.objects.filter(hash_list=each).values_list("value", flat=True)
            for value in values.iterator(chunk_size=AT_ONCE):
                packed += bytes(value)
            self.ends.append(len(packed) // HASH_BYTES)
        rows = numpy.frombuffer(bytes(packed), dtype=numpy.uint64).reshape(-1, 4)
        self.columns = numpy.ascontiguousarray(rows.T)

    def nearest(self, value: bytes) -> Match | None:
        """Of the gravest list that knows it, the hash that is nearest."""
        if not self.columns.size:
            return None
        away, start = self._distances(value), 0
        for each, end in zip(self.lists, self.ends, strict=True):
            if end > start:
                place = start + int(away[start:end].argmin())
                if away[place] <= each.distance:
                    return Match(each, self.columns[:, place].tobytes(), int(away[place]))
            start = end
        return None

    def _distances(self, value: bytes) -> "numpy.ndarray[Any, Any]":
        import numpy

        asked = numpy.frombuffer(value, dtype=numpy.uint64)
        away = numpy.zeros(self.columns.shape[1], dtype=numpy.uint16)
        for column, part in zip(self.columns, asked, strict=True):
            away += numpy.bitwise_count(column ^ part)
        return away


_lock = Lock()
_known: _Table | None = None


def revisions() -> Revisions:
    """One query."""
    rows = list(HashList.objects.order_by("pk").values_list("kind", "pk", "revision"))
    of_kind = {
        kind: tuple((key, revision) for each, key, revision in rows if each == kind)
        for kind in HashList.Kind.values
    }
    return Revisions(of_kind[HashList.Kind.PICTURE], of_kind[HashList.Kind.SOUND])


def nearest(looked: PictureHash, now: Revisions) -> Match | None:
    """What is known of this picture, turned and mirrored too; `now` are today's `revisions`."""
    table = _table(now)
    found = [match for value in looked.values if (match := table.nearest(value))]
    return min(found, key=lambda match: (-match.list.severity, match.distance), default=None)


def _table(now: Revisions) -> _Table:
    global _known
    with _lock:
        if _known is None or _known.revisions != now:
            _known = _Table(now)
        return _known
