"""What pictures are compared by: PDQ (accounts/screening/pdq.py), as lists write it."""

from dataclasses import dataclass

from PIL import Image

# Of PDQ's quality, 0 to 100: below, a picture has too little in it to be told from others.
LEAST_QUALITY = 50


@dataclass(frozen=True, slots=True)
class PictureHash:
    """`value` is the picture's own; `values` are those of it turned and mirrored besides."""

    value: bytes
    values: tuple[bytes, ...]

    def __str__(self) -> str:
        return self.value.hex()


def hash_of(picture: Image.Image) -> PictureHash | None:
    """The hash of an RGB picture; None of one that shows too little."""
    # Most processes never need numpy, which takes a while to load.
    from accounts.screening.pdq import pdq

    values, quality = pdq(picture)
    return PictureHash(values[0], tuple(values)) if quality >= LEAST_QUALITY else None


def bits_between(one: bytes, other: bytes) -> int:
    """How many of the 256 bits differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()
