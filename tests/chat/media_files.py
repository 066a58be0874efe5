"""Files as people upload them, made on the spot."""

import tempfile
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.ffmpeg import run_ffmpeg
from accounts.models import User
from chat import actions
from chat.models import Media

SECRET = "Berlin, 52.5200 13.4050"


def picture(
    name: str = "garden.jpg", *, size: tuple[int, int] = (80, 60), colour: str = "teal"
) -> SimpleUploadedFile:
    """A photo that lies on its side and tells where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = SECRET
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.rpartition(".")[2]]
    return _uploaded(name, Image.new("RGB", size, colour), format=kind, exif=exif)


def phone_picture(
    name: str = "IMG_0042.HEIC", *, size: tuple[int, int] = (80, 60), more: int = 0
) -> SimpleUploadedFile:
    """What a phone stores: HEVC in HEIF, lying on its side; `more` as a burst has them."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET
    shots = [Image.new("RGB", size, "navy") for _shot in range(more)]
    return _uploaded(
        name, Image.new("RGB", size, "teal"), format="HEIF", exif=exif.tobytes(),
        save_all=True, append_images=shots,
    )  # fmt: skip


def moving_picture(name: str = "dance.gif") -> SimpleUploadedFile:
    """Three pictures, a tenth of a second each."""
    first, *rest = (Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue"))
    return _uploaded(
        name, first, format="GIF", save_all=True, append_images=rest, duration=100, loop=0
    )


def _uploaded(name: str, image: Image.Image, **options) -> SimpleUploadedFile:
    target = BytesIO()
    image.save(target, **options)
    return SimpleUploadedFile(name, target.getvalue(), f"image/{options['format'].lower()}")


def recording(name: str = "voice.webm", *, seconds: float = 1.0) -> SimpleUploadedFile:
    """A tone that swells, as MediaRecorder stores what it hears."""
    codec = {"webm": "libopus", "ogg": "libopus", "m4a": "aac"}[name.rpartition(".")[2]]
    tone = f"aevalsrc=exprs='0.6*sin(880*t)*t/{seconds}':d={seconds}:s=48000"
    return _made(name, "-f", "lavfi", "-i", tone, "-c:a", codec, "-metadata", f"title={SECRET}")


def film(name: str = "clip.mp4", *, seconds: float = 1.0) -> SimpleUploadedFile:
    """Moving patterns with a tone."""
    patterns = f"testsrc2=s=160x90:r=25:d={seconds}"
    return _made(
        name, "-f", "lavfi", "-i", patterns, "-f", "lavfi", "-i", f"sine=d={seconds}",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
    )  # fmt: skip


def _made(name: str, *words: str) -> SimpleUploadedFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        run_ffmpeg([*words, path], timeout=30)
        return SimpleUploadedFile(name, path.read_bytes())


def document(name: str = "plan.pdf", content: bytes = b"%PDF-1.7 plan") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def uploaded(owner: User, file: SimpleUploadedFile | None = None, kind: str = "photo") -> Media:
    """An upload that is ready to be sent."""
    media = actions.upload_media(owner, file or picture(), kind=kind)
    actions.prepare_media(media.pk)
    media.refresh_from_db()
    return media
