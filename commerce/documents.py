"""Identity documents: checked as they come in, and stored where no public address leads."""

import secrets
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import ImageOps

from accounts import images
from commerce.refusals import invalid

FOLDER = "shops/documents"
MOST_BYTES = 8 * 2**20
SIDE = 2400  # pixels at most: the small print of a passport stays readable


def store(file: images.Readable) -> str:
    """Keep a picture (made anew, without where it was taken) or a PDF; its name in the storage.

    Raises `ValidationError` (document.too_large, document.type).
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise invalid("document.too_large", "document")
    if content.startswith(b"%PDF-"):
        return _saved(content, "pdf")
    return _saved(_picture(content), "webp")


def _picture(content: bytes) -> bytes:
    try:
        with images.opened(BytesIO(content)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((SIDE, SIDE))
            target = BytesIO()
            upright.save(target, "WEBP", quality=85)
            return target.getvalue()
    except (images.TooManyPixels, images.NoPicture):
        raise invalid("document.type", "document")


def _saved(content: bytes, suffix: str) -> str:
    name = f"{FOLDER}/{secrets.token_hex(16)}.{suffix}"
    return default_storage.save(name, ContentFile(content))
