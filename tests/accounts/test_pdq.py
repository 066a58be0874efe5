"""Our PDQ says of pictures what its makers' own code says."""

import pytest
from PIL import Image, ImageDraw

from accounts.screening.hashing import bits_between
from accounts.screening.pdq import pdq

# Of pdqhash 0.2.8, which wraps the makers' code, for `discs` below: its hash and quality.
THEIRS = [
    (1, (320, 240), "578efa94ea71514369433c8f900f907446f14ebbaa14db1c01fe34ca76c9e967", 100),
    (2, (97, 61), "aa0d913766ccba05d93326ccf664c99336ecfb604c93976c7b2284d97b6c9492", 54),
    (3, (640, 900), "edd49d8c188b26d3c776d666ecc9319933324e6898c933876346d9ce72332e31", 100),
    (5, (64, 64), "7f0a57d217fde1b5bc05eb001ef803fe507a4507f82087857ae9843e81eabc5a", 90),
]


def discs(number: int, size: tuple[int, int]) -> Image.Image:
    """A dozen of them, placed and coloured by the number."""
    picture = Image.new("RGB", size, (30 * number % 256, 80, 160))
    draw, (width, height) = ImageDraw.Draw(picture), size
    for disc in range(12):
        x, y = (disc * 37 + number * 53) % width, (disc * 61 + number * 29) % height
        radius = 10 + (disc * number * 7) % (min(size) // 3)
        colour = (
            (disc * 47 + number * 11) % 256,
            (disc * 83) % 256,
            (disc * 19 + number * 71) % 256,
        )
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return picture


@pytest.mark.parametrize(("number", "size", "value", "quality"), THEIRS)
def test_it_is_the_hash_that_lists_are_made_of(number, size, value, quality):
    (own, *_turned), shown = pdq(discs(number, size))

    assert (own.hex(), shown) == (value, quality)


def test_what_is_turned_or_mirrored_is_among_the_eight():
    values, _quality = pdq(discs(1, (320, 240)))
    turned = [
        discs(1, (320, 240)).transpose(way)
        for way in (
            *(Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270),
            *(Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM),
            *(Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE),
        )
    ]

    nearest = [min(bits_between(pdq(each)[0][0], value) for value in values) for each in turned]

    assert max(nearest) <= 24  # which pixels stand for the rest shifts when it is turned
    assert len(set(values)) == 8


def test_a_large_picture_hashes_as_it_does_when_it_is_smaller():
    small = discs(3, (640, 900))

    assert bits_between(pdq(small.resize((2560, 3600)))[0][0], pdq(small)[0][0]) <= 12


def test_a_plain_picture_shows_nothing():
    assert pdq(Image.new("RGB", (300, 300), "white"))[1] == 0
