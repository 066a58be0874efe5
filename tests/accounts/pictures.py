"""Pictures as files, for tests."""

from io import BytesIO

from PIL import Image

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
