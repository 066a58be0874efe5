"""Arrays in PostgreSQL's binary format: nothing to quote, and nothing for the server to parse."""

from collections.abc import Iterable, Sequence
from struct import Struct

# Object ids of the element types, the same in every database (catalog/pg_type.dat).
_BOOL, _INT8, _INT4, _TEXT, _UUID = 16, 20, 23, 25, 2950
_HEADER = Struct("!iiiii")  # dimensions, has nulls, element type, length, lower bound
_NULL = b"\xff\xff\xff\xff"
_SIXTEEN = b"\0\0\0\x10"
_NO, _YES = b"\0\0\0\1\0", b"\0\0\0\1\1"
_SMALL_NUMBER, _NUMBER = Struct("!ii"), Struct("!iq")
_LARGEST = 2**63 - 1


def uuids(values: Sequence[int]) -> bytes:
    """`uuid[]`, of UUIDs given as numbers (`UUID.int`)."""
    return _array(_UUID, len(values), (_SIXTEEN + value.to_bytes(16, "big") for value in values))


def texts(values: Sequence[str | None]) -> bytes:
    """`text[]`. Raises `UnicodeEncodeError` for halves of surrogate pairs."""
    return _array(_TEXT, len(values), map(_text, values))


def bools(values: Sequence[bool]) -> bytes:
    """`boolean[]`."""
    return _array(_BOOL, len(values), (_YES if value else _NO for value in values))


def int4s(values: Sequence[int]) -> bytes:
    """`int[]`."""
    return _array(_INT4, len(values), (_SMALL_NUMBER.pack(4, value) for value in values))


def int8s(values: Sequence[int | None]) -> bytes:
    """`bigint[]`; what is too large becomes the largest number there is."""
    return _array(
        _INT8,
        len(values),
        (
            _NULL if value is None else _NUMBER.pack(8, value if value < _LARGEST else _LARGEST)
            for value in values
        ),
    )


def _text(value: str | None) -> bytes:
    if value is None:
        return _NULL
    raw = value.encode()
    return len(raw).to_bytes(4, "big") + raw


def _array(element: int, length: int, parts: Iterable[bytes]) -> bytes:
    return _HEADER.pack(1 if length else 0, 1, element, length, 1) + b"".join(parts)
