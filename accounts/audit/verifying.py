"""Proving that the audit log is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.audit.hashing import hash_of
from accounts.models.audit import GENESIS, AuditEntry, AuditHead

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is not whole: at which number, and in one of these words.

    "edited": its content is not what its hash says. "unchained": it does not follow the one before.
    "missing": there is no such entry. "added": no deed wrote it, the head does not know it.
    """

    number: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.number}: {self.what}"


def verify() -> Iterator[Break]:
    """Every break, in the order of numbers; none where the log is whole. Reads all of it, a few
    thousand at a time, against the head as it was at the beginning."""
    head = AuditHead.objects.filter(pk=1).first() or AuditHead(number=0, hash=GENESIS)
    expected, previous = 1, GENESIS
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=AT_ONCE):
        if entry.number > head.number:
            yield from _beyond(entry, head)
            continue
        yield from (Break(number, "missing") for number in range(expected, entry.number))
        yield from _wrong_with(entry, previous, follows=entry.number == expected)
        expected, previous = entry.number + 1, entry.hash
    yield from (Break(number, "missing") for number in range(expected, head.number + 1))
    if expected == head.number + 1 and previous != head.hash:
        yield Break(head.number, "unchained")


def _wrong_with(entry: AuditEntry, previous: str, *, follows: bool) -> Iterator[Break]:
    if hash_of(entry) != entry.hash:
        yield Break(entry.number, "edited")
    elif follows and entry.previous != previous:
        yield Break(entry.number, "unchained")


def _beyond(entry: AuditEntry, head: AuditHead) -> Iterator[Break]:
    """Somebody may have written since the head was read; what the head never learns was forged."""
    head.refresh_from_db()
    if entry.number > head.number:
        yield Break(entry.number, "added")
