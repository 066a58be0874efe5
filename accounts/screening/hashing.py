"""PDQ: 256 bits about what a picture looks like, which change little when it is saved anew, made
smaller or paler.

The hash is Facebook's; its hexadecimal form, which lists have, is that of python-threatexchange.
"""

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
    # Most processes never need them, and both together take a while to load.
    import numpy
    import pdqhash

    vectors, quality = pdqhash.compute_dihedral(numpy.asarray(picture))
    if quality < LEAST_QUALITY:
        return None
    values = tuple(numpy.packbits(vector).tobytes() for vector in vectors)
    return PictureHash(values[0], values)


def bits_between(one: bytes, other: bytes) -> int:
    """How many of the 256 bits differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()
