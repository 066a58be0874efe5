"""Pictures as files, for tests."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

GPS = 0x8825


def jpeg(width: int, height: int) -> bytes:
    """One with a place in its metadata."""
    picture = Image.new("RGB", (width, height), "coral")
    exif = picture.getexif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010E] = "GPS of a home"
    return _file(picture, "JPEG", exif=exif)


def png(width: int, height: int) -> bytes:
    """One of few bytes, however large."""
    return _file(Image.new("1", (width, height)), "PNG")


def _file(picture: Image.Image, kind: str, **options) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def scene(number: int, side: int = 240) -> Image.Image:
    """A picture with enough in it to be told from others; the same number, the same picture."""
    chance = Random(number)
    picture = Image.new("RGB", (side, side), _colour(chance))
    pen = ImageDraw.Draw(picture)
    for _shape in range(40):
        x, y, size = chance.randrange(side), chance.randrange(side), chance.randrange(10, side // 2)
        pen.ellipse((x, y, x + size, y + size // 2), fill=_colour(chance))
    return picture


def scene_file(number: int, kind: str = "PNG", **options) -> bytes:
    """The same as a file."""
    return _file(scene(number), kind, **options)


def _colour(chance: Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)
