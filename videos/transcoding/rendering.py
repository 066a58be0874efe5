"""Turns one upload into what players need: two renditions, covers, a sprite strip and a waveform.

One decode feeds everything; the filter graph and its settings are those measured for docs/ARCHITECTURE.md
(x264 veryfast, crf 23: SSIM .985 at half the CPU of "medium").
"""

import hashlib
import subprocess
import tempfile
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageOps

from videos.transcoding.errors import BadVideo
from videos.transcoding.ffmpeg import SAFE_INPUT, FfmpegFailed, Progress, find_ffmpeg, run_ffmpeg
from videos.transcoding.probing import Probe, probe

PEAKS = 200
PEAK_RATE = 8000
HDR_TRANSFERS = {"16", "18"}  # PQ and HLG, as ITU-T H.273 numbers them
TONEMAP = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
    "tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv,"
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one rendition is made: short edge in pixels, quality, ceilings in bit/s."""

    kind: str
    short_edge: int
    crf: int
    video_rate: int
    audio_rate: int


LARGE = Encoding("720", 720, 23, 2_500_000, 128_000)
SMALL = Encoding("360", 360, 25, 700_000, 64_000)


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
    """What `render` left in the folder. Names hold a hash of the content: they never change meaning."""

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

    `progress` is called with 0..1. Raises `BadVideo` for what cannot be read or encoded.
    """
    facts = probe(source)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as name:
        making = Path(name)
        try:
            run_ffmpeg(
                _arguments(source, making, facts),
                timeout=min(1500.0, 30 + 15 * facts.seconds),
                seconds=facts.seconds,
                progress=progress,
            )
        except FfmpegFailed as error:
            raise BadVideo("video.encode_failed") from error
        rendered = _collect(making, folder, facts)
    if progress:
        progress(1.0)
    return rendered


# --- The command ----------------------------------------------------------------------------------


def _arguments(source: Path, making: Path, facts: Probe) -> list[str | Path]:
    arguments: list[str | Path] = [*SAFE_INPUT, "-i", source]
    if not facts.has_audio:
        arguments += ["-f", "lavfi", "-t", f"{facts.seconds:.3f}", "-i", "anullsrc=r=44100:cl=stereo"]
    arguments += ["-filter_complex", _graph(facts)]
    if facts.conforms:
        arguments += ["-map", "0:v:0", "-map", "0:a:0?", *_COPY, *_CONTAINER, making / "720.mp4"]
    else:
        arguments += ["-map", "[v0]", "-map", "[a0]", *_encode(LARGE), making / "720.mp4"]
    arguments += ["-map", "[v1]", "-map", "[a1]", *_encode(SMALL), making / "360.mp4"]
    arguments += ["-map", "[st]", "-frames:v", "1", "-q:v", "5", making / "strip.jpg"]
    arguments += ["-map", "[cv]", "-frames:v", "1", making / "cover.png"]
    arguments += ["-map", "[pk]", "-f", "s16le", making / "peaks.raw"]
    return arguments


_CONTAINER = ["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart"]
_COPY = ["-c", "copy"]


def _encode(encoding: Encoding) -> list[str]:
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", str(encoding.crf)),
        *("-maxrate", str(encoding.video_rate), "-bufsize", str(2 * encoding.video_rate)),
        *("-g", "60", "-threads", "2"),
        *("-c:a", "aac", "-b:a", str(encoding.audio_rate), "-ac", "2"),
        *_CONTAINER,
    ]


def _graph(facts: Probe) -> str:
    """One decode, split into the renditions, the strip, the cover and the waveform."""
    rate = min(30.0, facts.frames_per_second) if facts.frames_per_second >= 5 else 30.0
    tonemap = TONEMAP if facts.transfer in HDR_TRANSFERS and _has_zscale() else ""
    sizes = [] if facts.conforms else [(LARGE, "v0", "a0")]
    sizes += [(SMALL, "v1", "a1")]
    count = len(sizes)
    audio = "0:a:0" if facts.has_audio else "1:a:0"
    pictures = "".join(f"[p{i}]" for i in range(count)) + "[ps][pc]"
    sounds = "".join(f"[s{i}]" for i in range(count)) + "[sk]"
    parts = [
        f"[0:v:0]{tonemap}fps={rate:.3f},format=yuv420p,setsar=1,split={count + 2}{pictures}",
        f"[{audio}]aresample=44100,asplit={count + 1}{sounds}",
        f"[ps]fps=10/{max(facts.seconds, 0.4):.3f},scale=90:-2,tile=10x1[st]",
        "[pc]trim=end=3,thumbnail=n=45[cv]",
        f"[sk]aresample={PEAK_RATE},aformat=channel_layouts=mono[pk]",
    ]
    for i, (encoding, picture, sound) in enumerate(sizes):
        width, height = fit(facts.width, facts.height, encoding.short_edge)
        parts += [f"[p{i}]scale={width}:{height}[{picture}]", f"[s{i}]anull[{sound}]"]
    return ";".join(parts)


def fit(width: int, height: int, short_edge: int) -> tuple[int, int]:
    """The size with this short edge at most, never larger than given, in even numbers."""
    factor = min(1.0, short_edge / min(width, height))
    return tuple(max(2, round(edge * factor / 2) * 2) for edge in (width, height))  # type: ignore[return-value]


@cache
def _has_zscale() -> bool:
    listing = subprocess.run(  # noqa: S603
        [find_ffmpeg(), "-hide_banner", "-filters"], capture_output=True, text=True, check=False
    )
    return " zscale " in listing.stdout


# --- What it left -----------------------------------------------------------------------------------


def _collect(making: Path, folder: Path, facts: Probe) -> Rendered:
    files = tuple(_rendition(making, folder, encoding, facts) for encoding in (LARGE, SMALL))
    with Image.open(making / "cover.png") as picture:
        large = _webp(picture, fit(*picture.size, 720), making / "cover.webp")
        small = _webp(picture, fit(*picture.size, 270), making / "cover-small.webp")
    return Rendered(
        seconds=facts.seconds,
        width=files[0].width,
        height=files[0].height,
        files=files,
        cover=_keep(large, folder),
        cover_small=_keep(small, folder),
        strip=_keep(making / "strip.jpg", folder),
        peaks=peaks((making / "peaks.raw").read_bytes()),
    )


def _rendition(making: Path, folder: Path, encoding: Encoding, facts: Probe) -> RenditionFile:
    path = making / f"{encoding.kind}.mp4"
    width, height = fit(facts.width, facts.height, encoding.short_edge)
    size = path.stat().st_size
    return RenditionFile(encoding.kind, _keep(path, folder), width, height, size)


def _webp(picture: Image.Image, size: tuple[int, int], path: Path) -> Path:
    ImageOps.fit(picture.convert("RGB"), size).save(path, "WEBP", quality=80)
    return path


def _keep(path: Path, folder: Path) -> str:
    """Move a finished file into the folder under a name with its hash; answers the name."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    name = f"{path.stem}-{digest}{path.suffix}"
    path.replace(folder / name)
    return name


def peaks(raw: bytes, count: int = PEAKS) -> list[int]:
    """The loudest sample of each of `count` slices of s16le mono sound, as 0 to 100."""
    samples = array("h")
    samples.frombytes(raw[: len(raw) // 2 * 2])
    if not samples:
        return [0] * count
    edges = [len(samples) * i // count for i in range(count + 1)]
    slices = (samples[a : max(b, a + 1)] for a, b in zip(edges, edges[1:], strict=False))
    return [round(min(32767, max(max(part), -min(part))) * 100 / 32767) for part in slices if part]
