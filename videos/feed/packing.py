"""How the neighbours of a video lie in a row: 16 bytes of its id and 4 of its weight, each."""

import struct
from collections.abc import Iterable
from uuid import UUID

_ONE = struct.Struct("<16sf")


def packed(near: Iterable[tuple[UUID, float]]) -> bytes:
    """The row's bytes."""
    return b"".join(_ONE.pack(video.bytes, weight) for video, weight in near)


def unpacked(near: bytes) -> list[tuple[bytes, float]]:
    """Ids as bytes: of thousands only few are looked at again."""
    return list(_ONE.iter_unpack(near))
