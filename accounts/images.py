"""Pictures people upload: decoded and made anew, so that nothing else of the file remains."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

SIDE = 320
MAX_PIXELS = 50_000_000
# Neither SVG, which can hold scripts, nor formats whose decoders few people look at. HEIF is what
# phones take pictures as.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

# What else lies in a HEIF (depth, previews) is nobody's to see, and is not even read.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


class Readable(Protocol):
    """An open file or an upload."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


def random_name(folder: str) -> str:
    """A new file name that nobody guesses and that is never used again."""
    return f"{folder}/{secrets.token_hex(16)}.webp"


def content_of(file: Readable) -> bytes:
    """An upload's bytes. Raises `ValidationError` (`avatar.too_large`)."""
    content = file.read(settings.AVATAR_MAX_BYTES + 1)
    if len(content) > settings.AVATAR_MAX_BYTES:
        raise _too_large()
    return content


def square_webp(content: bytes, side: int = SIDE) -> bytes:
    """The picture's middle as a WebP of `side` by `side` pixels, upright, without metadata.

    Raises `ValidationError`: `avatar.too_large` (pixels), `avatar.type` (no such picture).
    """
    try:
        with opened(BytesIO(content)) as picture:
            picture.draft("RGB", (2 * side, 2 * side))
            return _encoded(ImageOps.exif_transpose(picture), side)
    except TooManyPixels:
        raise _too_large()
    except NoPicture:
        raise ValidationError(
            _("Choose a picture: JPEG, PNG, WebP, GIF or HEIC."), code="avatar.type"
        )


class NoPicture(Exception):
    """Not one of our formats, or broken."""


class TooManyPixels(Exception):
    """A picture that would fill the memory."""


@contextmanager
def opened(file: IO[bytes], *, formats: tuple[str, ...] = FORMATS) -> Iterator[Image.Image]:
    """A picture from outside, to be decoded inside the block. Raises `NoPicture`, `TooManyPixels`,
    there too."""
    try:
        with Image.open(file, formats=formats) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise TooManyPixels
            yield picture
    except Image.DecompressionBombError:
        raise TooManyPixels
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        # Pillow's decoders raise all of these over broken files.
        raise NoPicture


def _encoded(picture: Image.Image, side: int) -> bytes:
    flat = Image.new("RGB", picture.size, "white")
    layer = picture.convert("RGBA")
    flat.paste(layer, mask=layer)
    target = BytesIO()
    ImageOps.fit(flat, (side, side), Image.Resampling.LANCZOS).save(target, "WEBP", quality=82)
    return target.getvalue()


def _too_large() -> ValidationError:
    megabytes = settings.AVATAR_MAX_BYTES // 2**20
    return ValidationError(
        _("This picture is too large: at most %(size)d MB and 50 megapixels."),
        code="avatar.too_large",
        params={"size": megabytes},
    )
