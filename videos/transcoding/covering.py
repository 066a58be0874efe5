"""Another cover for a finished film: one of its pictures, large and small."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from accounts.ffmpeg import FfmpegFailed, guarded_input, run_ffmpeg
from videos.transcoding.encodings import LARGE, SMALL
from videos.transcoding.errors import BadVideo
from videos.transcoding.probing import probe
from videos.transcoding.rendering import keep, refusal_of, time_limit, webp


@dataclass(frozen=True, slots=True)
class Cover:
    """Names of what `make_cover` left in the folder."""

    large: str
    small: str


def make_cover(film: Path, folder: Path, moment_ms: int) -> Cover:
    """The picture of `film` at that moment, kept in `folder`. Raises `BadVideo`."""
    seconds = probe(film).seconds
    # A picture lasts a while: the last moment has none of its own.
    moment = min(moment_ms / 1000, max(0.0, seconds - 0.1))
    path = folder / "moment.png"
    words = ["-ss", f"{moment:.3f}", *guarded_input(film), "-frames:v", "1", "-update", "1"]
    try:
        run_ffmpeg([*words, str(path)], timeout=time_limit(seconds), folder=folder)
    except FfmpegFailed as error:
        raise refusal_of(error) from error
    if not path.exists():
        raise BadVideo("video.corrupt")
    with Image.open(path) as picture:
        large = webp(picture, LARGE, folder / "cover.webp")
        small = webp(picture, SMALL, folder / "cover-small.webp")
    return Cover(keep(large, folder), keep(small, folder))
