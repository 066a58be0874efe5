"""The pictures in a file: itself, three of a moving one, three frames of a film."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from accounts.ffmpeg import FfmpegFailed, guarded_input, run_ffmpeg
from accounts.images import NoPicture, TooManyPixels, opened

FRAMES = 3
# PDQ itself looks at 64 by 64; more than this changes the hash by a bit or two, and costs time.
SIDE = 512
LONGEST_RUN = 60.0  # seconds
# Other than a length that a container claims: what a film is cut into where it tells none.
_FALLBACK_SECONDS = 3.0

Source = bytes | Path


def pictures_in(source: Source) -> Iterator[Image.Image]:
    """Each as RGB of at most `SIDE` pixels, clear ground white; none of a file that is neither
    picture nor film, or cannot be read."""
    try:
        yield from _stills(source)
    except NoPicture:
        if isinstance(source, Path):
            yield from _frames(source)
    except TooManyPixels:
        return


def _stills(source: Source) -> Iterator[Image.Image]:
    with (
        BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file,
        opened(file) as picture,
    ):
        for place in _thirds(getattr(picture, "n_frames", 1)):
            if place:
                picture.seek(place)
            yield _plain(picture)


def _plain(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (SIDE, SIDE))
    small = ImageOps.exif_transpose(picture)
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    if "A" not in small.getbands() and "transparency" not in small.info:
        return small.convert("RGB")
    layer = small.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer)
    return ground


def _thirds(count: int) -> list[int]:
    """The middles of the three thirds of so many pictures, each once."""
    return sorted({(2 * third + 1) * count // (2 * FRAMES) for third in range(FRAMES)})


def _frames(film: Path) -> Iterator[Image.Image]:
    """Frames at a sixth, a half and five sixths of a film; none where it is no film."""
    seconds = _seconds(film)
    if not seconds:
        return
    with tempfile.TemporaryDirectory(prefix="medley-frames-") as name:
        for third in range(FRAMES):
            frame = Path(name) / f"{third}.png"
            if _take(film, frame, seconds * (2 * third + 1) / (2 * FRAMES)):
                with Image.open(frame) as picture:
                    yield _plain(picture)


def _take(film: Path, frame: Path, at: float) -> bool:
    edge = f"scale='min({SIDE},iw)':'min({SIDE},ih)':force_original_aspect_ratio=decrease"
    words = ["-ss", f"{at:.3f}", *guarded_input(film), "-an", "-frames:v", "1", "-vf", edge]
    try:
        run_ffmpeg([*words, str(frame)], timeout=LONGEST_RUN)
    except FfmpegFailed:
        return False
    return frame.exists()


def _seconds(film: Path) -> float:
    """How long it lasts; 0 of what has a sound alone."""
    import av

    from accounts.ffmpeg import GUARDS, file_url

    try:
        with av.open(file_url(film), options=GUARDS) as container:
            if not container.streams.video:
                return 0
            if container.duration:
                return container.duration / av.time_base
    except (av.FFmpegError, ValueError):
        pass
    return _FALLBACK_SECONDS
