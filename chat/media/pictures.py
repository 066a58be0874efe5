"""Pictures in messages, made anew: nothing of the uploaded file but what one sees remains."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageCms, ImageOps, ImageSequence

from accounts.images import NoPicture, TooManyPixels, opened
from chat.media.limits import BadMedia
from chat.media.prepared import Prepared

FULL, THUMB, BLUR = 2048, 640, 20  # longest edge in pixels
MOVING = 480
# In others several pictures are a burst, or one in several lights: the first is the picture.
MOVING_FORMATS = ("GIF", "WEBP", "PNG")
STICKER = 320
MOST_PICTURES = 400
# Decoded one after the other: a second of work for each hundred million or so.
MOST_MOVING_PIXELS = 400_000_000


def photo(source: Path, folder: Path) -> Prepared:
    """A still or moving picture as WebP, with a smaller one for the list. Raises `BadMedia`."""
    try:
        with source.open("rb") as file, opened(file) as picture:
            if picture.format in MOVING_FORMATS and getattr(picture, "is_animated", False):
                return _moving(picture, folder)
            return _still(_upright(picture), folder)
    except TooManyPixels:
        raise BadMedia("media.too_large") from None
    except NoPicture:
        raise BadMedia("media.unreadable") from None


def sticker(file: IO[bytes]) -> bytes:
    """A WebP of `STICKER` pixels each way, the whole picture on clear ground. Raises `BadMedia`."""
    try:
        with opened(file) as picture:
            small = ImageOps.contain(_upright(picture).convert("RGBA"), (STICKER, STICKER))
    except TooManyPixels:
        raise BadMedia("media.too_large") from None
    except NoPicture:
        raise BadMedia("media.unreadable") from None
    ground = Image.new("RGBA", (STICKER, STICKER))
    ground.paste(small, ((STICKER - small.width) // 2, (STICKER - small.height) // 2))
    target = BytesIO()
    ground.save(target, "WEBP", quality=82)
    return target.getvalue()


def cover(source: Path, folder: Path) -> tuple[str, str]:
    """A small picture for a film that we made, and its blur."""
    with Image.open(source) as picture:
        thumb = _fitted(picture.convert("RGB"), THUMB)
        thumb.save(folder / "thumb.webp", quality=75)
        return "thumb.webp", blur(thumb)


def blur(picture: Image.Image) -> str:
    """What stands there until the picture is: some 150 bytes, as a `data:` URI."""
    target = BytesIO()
    _fitted(picture.convert("RGB"), BLUR).save(target, "WEBP", quality=30)
    return f"data:image/webp;base64,{b64encode(target.getvalue()).decode()}"


def _still(picture: Image.Image, folder: Path) -> Prepared:
    full = _fitted(picture, FULL)
    full.save(folder / "full.webp", quality=82)
    thumb = _fitted(full, THUMB)
    thumb.save(folder / "thumb.webp", quality=75)
    return Prepared("full.webp", "thumb.webp", blur(thumb), full.width, full.height)


def _moving(picture: Image.Image, folder: Path) -> Prepared:
    count = getattr(picture, "n_frames", 1)
    if count > MOST_PICTURES or count * picture.width * picture.height > MOST_MOVING_PIXELS:
        raise BadMedia("media.too_large")
    frames, durations = [], []
    for frame in ImageSequence.Iterator(picture):
        frames.append(_fitted(frame.convert("RGBA"), MOVING))
        durations.append(int(frame.info.get("duration") or 100))
    first, *rest = frames
    first.save(
        folder / "full.webp", save_all=True, append_images=rest, duration=durations,
        loop=0, quality=70, method=2,
    )  # fmt: skip
    return Prepared("full.webp", "full.webp", blur(first), first.width, first.height)


def _upright(picture: Image.Image) -> Image.Image:
    """As it was held, in the colours of the web."""
    picture.draft("RGB", (2 * FULL, 2 * FULL))
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    has_clear = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_clear else "RGB")
    return _web_colours(plain, profile) if profile else plain


def _web_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """Phones take pictures in wider colours; without their profile they would look pale."""
    try:
        own, web = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, web) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile for other colours than these, or a broken one


def _fitted(picture: Image.Image, edge: int) -> Image.Image:
    """No larger than `edge` each way, never enlarged; plain, whatever came with it."""
    if max(picture.size) > edge:
        picture = ImageOps.contain(picture, (edge, edge))
    plain = Image.new(picture.mode, picture.size)
    plain.paste(picture)
    return plain
