"""Where a reader of a feed is, as text for an address."""

import base64
import binascii
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.reading import ANY_TIME


def gone() -> ValidationError:
    """What a made-up or outdated cursor is refused with."""
    return ValidationError(_("This page of the feed is gone."), code="cursor.invalid")


def _dumped(packed: bytes) -> str:
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _loaded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error) as error:
        raise gone() from error


@dataclass(frozen=True, slots=True)
class Rank:
    """Behind which item of the slate."""

    rank: int

    def dump(self) -> str:
        return _dumped(b"r" + struct.pack(">q", self.rank))

    @classmethod
    def load(cls, text: str) -> Self:
        packed = _loaded(text)
        if len(packed) != 9 or packed[:1] != b"r":
            raise gone()
        return cls(max(0, struct.unpack(">q", packed[1:])[0]))


@dataclass(frozen=True, slots=True)
class Moment:
    """Behind which video of a feed in time order, and when that came."""

    at: datetime
    video: UUID

    @property
    def place(self) -> tuple[datetime, UUID]:
        """What the order is by."""
        return self.at, self.video

    def dump(self) -> str:
        microseconds = round(self.at.timestamp() * 1_000_000)
        return _dumped(b"t" + struct.pack(">q", microseconds) + self.video.bytes)

    @classmethod
    def load(cls, text: str) -> Self:
        packed = _loaded(text)
        if len(packed) != 25 or packed[:1] != b"t":
            raise gone()
        try:
            seconds = struct.unpack(">q", packed[1:9])[0] / 1_000_000
            return cls(datetime.fromtimestamp(seconds, UTC), UUID(bytes=packed[9:]))
        except (ValueError, OverflowError, OSError) as error:
            raise gone() from error


# Stands for all of them in statements (accounts/reading/prepared.py).
ANY_MOMENT = Moment(ANY_TIME, UUID("0a7c3f5e-6c1b-4f0e-9d57-2b8e1f4d6a90"))


@dataclass(frozen=True, slots=True)
class Given:
    """What the reader was given, and since when new and seen videos do not count.

    Scores move while somebody scrolls, so a place in the order would repeat and skip. Four bytes of
    each video's random part say it exactly; a pool of 400 fits an address.
    """

    since: datetime
    given: frozenset[bytes] = frozenset()

    def after(self, videos: Iterable[UUID]) -> "Given":
        return Given(self.since, self.given | {mark(video) for video in videos})

    def dump(self) -> str:
        moment = struct.pack(">d", self.since.timestamp())
        return _dumped(b"g" + moment + b"".join(sorted(self.given)))

    @classmethod
    def load(cls, text: str) -> "Given":
        if not text:
            return cls(timezone.now())
        packed = _loaded(text)
        if packed[:1] != b"g":
            raise gone()
        try:
            (since,) = struct.unpack(">d", packed[1:9])
            marks = struct.iter_unpack("4s", packed[9:])
            return cls(datetime.fromtimestamp(since, UTC), frozenset(one for (one,) in marks))
        except (ValueError, OverflowError, OSError, struct.error) as error:
            raise gone() from error


def mark(video: UUID) -> bytes:
    """Four bytes that stand for a video in a cursor."""
    return video.bytes[-4:]
