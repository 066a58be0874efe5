"""PDQ, a hash of what a picture looks like: 256 bits, of which few change when it is saved anew,
made smaller or paler. Lists of known pictures are made of it.

After the description that its makers published (Facebook, "The TMK+PDQF Video-Hashing Algorithm and
the PDQ Image-Hashing Algorithm", 2019). Its libraries come as sources that want a compiler, which a
fresh machine need not have; the tests hold this to what the makers' own code said of pictures.
"""

from functools import cache
from typing import Any

import numpy as np
from PIL import Image

Floats = Any  # numpy.ndarray of float64

SIDE = 64  # of the picture that is looked at
WAVES = 16  # of its lowest frequencies, each way
PASSES = 2  # of the filter: a tent in the end
LARGEST = 1024  # pixels a side: of more the mean of neighbours shows the same
LUMINANCE = (0.299, 0.587, 0.114)  # of red, green and blue (ITU-R BT.601)
QUALITY_UNIT = 90  # of gradients, which make one of a hundred


def pdq(picture: Image.Image) -> tuple[list[bytes], int]:
    """The hashes of an RGB picture as it is, then turned and mirrored in the seven other ways, 32
    bytes each, and how much it shows, 0 to 100."""
    small = _small(picture)
    waves = _dct() @ small @ _dct().T
    return [_bits(each) for each in _turned(waves)], _quality(small)


def _small(picture: Image.Image) -> Floats:
    """64 times 64 shades of grey, 0 to 255, of the blurred picture."""
    if max(picture.size) > LARGEST:
        picture = picture.reduce(-(-max(picture.size) // LARGEST))
    grey = np.asarray(picture, dtype=np.float64) @ np.array(LUMINANCE)
    for _pass in range(PASSES):
        grey = _blurred(_blurred(grey).T).T
    rows, columns = (((np.arange(SIDE) + 0.5) * size / SIDE).astype(int) for size in grey.shape)
    return grey[np.ix_(rows, columns)]


def _blurred(grey: Floats) -> Floats:
    """Each value becomes the mean of its neighbours in the row; at the ends there are fewer."""
    length = grey.shape[1]
    window = -(-length // (2 * SIDE))
    after = (window + 2) // 2  # with itself
    before = window - after
    sums = np.concatenate([np.zeros((grey.shape[0], 1)), grey.cumsum(axis=1)], axis=1)
    place = np.arange(length)
    first, last = np.maximum(place - before, 0), np.minimum(place + after, length)
    return (sums[:, last] - sums[:, first]) / (last - first)


@cache
def _dct() -> Floats:
    """The lowest waves of a discrete cosine transform, the constant one left out."""
    wave, place = np.arange(1, WAVES + 1)[:, None], np.arange(SIDE)[None, :]
    return np.sqrt(2 / SIDE) * np.cos(np.pi / (2 * SIDE) * wave * (2 * place + 1))


def _turned(waves: Floats) -> list[Floats]:
    """The same waves of the picture turned and mirrored: to mirror it changes the sign of every
    second one, to swap rows and columns swaps them."""
    signs = np.where(np.arange(WAVES) % 2, 1.0, -1.0)
    found = []
    for each in (waves, waves.T):
        found += [each, each * signs, each * signs[:, None], each * np.outer(signs, signs)]
    return found


def _bits(waves: Floats) -> bytes:
    """Which are above the median; the last wave is the first bit, as lists write it."""
    flat = waves.ravel()
    median = np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]
    return np.packbits((flat > median)[::-1]).tobytes()


def _quality(small: Floats) -> int:
    """How much changes from each place to the next."""
    steps = (np.diff(small, axis=way) * 100 / 255 for way in (0, 1))
    gradients = sum(int(np.abs(np.trunc(step)).sum()) for step in steps)
    return min(100, gradients // QUALITY_UNIT)
