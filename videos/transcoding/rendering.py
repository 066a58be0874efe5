"""Turns one upload into what players need: two renditions, covers, a sprite strip, a waveform."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from accounts.ffmpeg import FfmpegFailed, FfmpegTimedOut, Progress, run_ffmpeg, waveform
from videos.transcoding.command import LARGE, SMALL, STRIP_PICTURES, Encoding, arguments, fit, plans
from videos.transcoding.errors import BadVideo
from videos.transcoding.probing import Probe, probe

PEAKS = 200
LONGEST_RUN = 1500.0


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """One playable MP4 in the target folder; size in pixels and bytes."""

    kind: str
    name: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """What `render` left in the folder. Names hold a hash of the content, so they may be cached for
    ever. `strip` is ten pictures side by side; `peaks` 200 loudnesses, 100 the loudest."""

    seconds: float
    width: int
    height: int
    files: tuple[RenditionFile, ...]
    cover: str
    cover_small: str
    strip: str
    peaks: list[int]


def render(source: Path, folder: Path, *, progress: Progress | None = None) -> Rendered:
    """Make everything of `source` in `folder`; running it twice gives the same names.

    Nothing appears under its name before all is done. `progress` is called with rising values of
    0..1; what it raises stops the work. Raises `BadVideo` for what cannot be read or encoded.
    """
    facts = probe(source)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as name:
        making = Path(name)
        _encode(source, making, facts, progress)
        rendered = _collect(making, folder, facts)
    if progress:
        progress(1.0)
    return rendered


def time_limit(seconds: float) -> float:
    """Seconds of clock for a video of this length: 4K on one slow core needs 10 for each."""
    return min(LONGEST_RUN, 30 + 15 * seconds)


def _encode(source: Path, making: Path, facts: Probe, progress: Progress | None) -> None:
    failure: Exception = FfmpegFailed()
    for plan in plans(facts):
        try:
            run_ffmpeg(
                arguments(source, making, facts, plan),
                timeout=time_limit(facts.seconds),
                seconds=facts.seconds,
                # The last hundredth is ours: hashing and moving.
                progress=(lambda part: progress(part * 0.99)) if progress else None,
            )
            return _check(making)
        except FfmpegTimedOut as error:
            raise BadVideo("video.encode_failed") from error
        except (FfmpegFailed, BadVideo) as error:
            failure = error
    damaged = isinstance(failure, BadVideo) or "Invalid data found" in str(failure)
    raise BadVideo("video.corrupt" if damaged else "video.encode_failed") from failure


def _check(making: Path) -> None:
    """Do both renditions play, are the pictures there? ffmpeg may end well having written none."""
    if not (making / "cover.png").exists() or not (making / "strip-01.png").exists():
        raise BadVideo("video.corrupt")
    for encoding in (LARGE, SMALL):
        probe(making / f"{encoding.kind}.mp4")


# --- What it left ---------------------------------------------------------------------------------


def _collect(making: Path, folder: Path, facts: Probe) -> Rendered:
    with Image.open(making / "cover.png") as picture:
        large = _webp(picture, LARGE, making / "cover.webp")
        small = _webp(picture, SMALL, making / "cover-small.webp")
    files = tuple(_rendition(making, folder, encoding) for encoding in (LARGE, SMALL))
    return Rendered(
        seconds=facts.seconds,
        width=files[0].width,
        height=files[0].height,
        files=files,
        cover=_keep(large, folder),
        cover_small=_keep(small, folder),
        strip=_keep(_strip(making), folder),
        peaks=waveform((making / "peaks.raw").read_bytes(), PEAKS),
    )


def _rendition(making: Path, folder: Path, encoding: Encoding) -> RenditionFile:
    path = making / f"{encoding.kind}.mp4"
    facts, size = probe(path), path.stat().st_size
    return RenditionFile(encoding.kind, _keep(path, folder), facts.width, facts.height, size)


def _webp(picture: Image.Image, encoding: Encoding, path: Path) -> Path:
    size = fit(*picture.size, encoding.short_edge)
    picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(path, "WEBP", quality=80)
    return path


def _strip(making: Path) -> Path:
    """Ten small pictures side by side; of a very short clip the last one stands for the missing."""
    pictures = [Image.open(path) for path in sorted(making.glob("strip-*.png"))]
    width, height = pictures[0].size
    strip = Image.new("RGB", (width * STRIP_PICTURES, height))
    for place in range(STRIP_PICTURES):
        strip.paste(pictures[min(place, len(pictures) - 1)], (place * width, 0))
    strip.save(making / "strip.jpg", quality=80, optimize=True)
    return making / "strip.jpg"


def _keep(path: Path, folder: Path) -> str:
    """Move a finished file into the folder under a name with its hash; answers the name."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    name = f"{path.stem}-{digest}{path.suffix}"
    path.replace(folder / name)
    return name
