"""A card's picture: decoded and made anew, small, so that nothing else of the file remains."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from accounts import images
from accounts.linking.failures import Failure

SIDE = 800  # pixels
# Smaller ones are counters and ornaments.
SMALLEST = 32
MAX_PIXELS = 25_000_000
# A card wider or higher than that shows a stripe.
STRETCH = 6
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP and its size in pixels."""

    content: bytes
    width: int
    height: int


def card_picture(content: bytes) -> Picture:
    """The first frame, whole, upright and at most `SIDE` pixels long. Raises `Failure` (type,
    too_large)."""
    try:
        with images.opened(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Failure("too_large")
            if min(picture.size) < SMALLEST or max(picture.size) > STRETCH * min(picture.size):
                raise Failure("type")
            picture.draft("RGB", (SIDE, SIDE))
            picture.thumbnail((2 * SIDE, 2 * SIDE), Image.Resampling.BOX)
            return _encoded(ImageOps.exif_transpose(picture))
    except images.TooManyPixels:
        raise Failure("too_large")
    except images.NoPicture:
        raise Failure("type")


def _encoded(picture: Image.Image) -> Picture:
    layer = picture.convert("RGBA")
    layer.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    flat = Image.new("RGB", layer.size, "white")
    flat.paste(layer, mask=layer)
    target = BytesIO()
    flat.save(target, "WEBP", quality=80)
    return Picture(target.getvalue(), *flat.size)
