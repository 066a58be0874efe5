"""Turns any file with sound in it into a sound: AAC at -14 LUFS, waveform, length, fingerprint."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from accounts.errors import BadFile
from accounts.ffmpeg import (
    SOUNDS,
    FfmpegFailed,
    can_fingerprint,
    guarded_input,
    run_ffmpeg,
    waveform,
)

LONGEST = 10 * 60  # seconds; what is longer is cut off
PEAKS = 200
PEAK_RATE = 8000
BYTES_A_SECOND = 2 * PEAK_RATE
LONGEST_RUN = 120.0
# EBU R128; -14 LUFS is what players of music agree on.
LOUDNESS = "loudnorm=I=-14:TP=-1.5:LRA=11"
PLAIN = ("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart")


class BadSound(BadFile):
    """A file without sound that can be read."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What `hear` left: the file's name in the folder (it holds a hash of the content), seconds,
    200 loudnesses of 0 to 100, all 0 where nothing is heard, and Chromaprint's words (or none,
    where this ffmpeg cannot make them)."""

    file: str
    seconds: float
    peaks: list[int]
    fingerprint: bytes

    @property
    def is_silent(self) -> bool:
        return not any(self.peaks)


def hear(source: Path, folder: Path) -> Heard:
    """Write the sound of `source`, a song or a film, into `folder`. Raises `BadSound`
    (sound.unreadable)."""
    try:
        run_ffmpeg(_arguments(source, folder), timeout=LONGEST_RUN)
        raw = (folder / "peaks.raw").read_bytes()
    except (FfmpegFailed, OSError):
        raw = b""
    if not raw:
        raise BadSound("sound.unreadable", _("There is no sound in this file that we can read."))
    words = folder / "words.raw"
    return Heard(
        file=_named_by_content(folder / "sound.m4a"),
        seconds=len(raw) / BYTES_A_SECOND,
        peaks=waveform(raw, PEAKS),
        fingerprint=words.read_bytes() if words.exists() else b"",
    )


def _arguments(source: Path, folder: Path) -> list[str]:
    outputs = 3 if can_fingerprint() else 2
    # loudnorm answers at 192 kHz.
    played = f"{LOUDNESS},aresample=44100,aformat=channel_layouts=stereo"
    listened = "aformat=sample_fmts=s16:channel_layouts=mono"
    graph = f"[0:a:0]aresample=44100,asplit={outputs}[p][d]{'[f]' if outputs == 3 else ''}"
    graph += f";[p]{played}[played];[d]aresample={PEAK_RATE},{listened}[peaks]"
    words = ["-map", "[peaks]", *_most(), "-f", "s16le", str(folder / "peaks.raw")]
    if outputs == 3:
        graph += f";[f]aresample=11025,{listened}[words]"
        words += ["-map", "[words]", *_most(), "-f", "chromaprint", "-fp_format", "raw"]
        words += [str(folder / "words.raw")]
    return [
        *guarded_input(source, SOUNDS),
        *("-filter_complex", graph),
        *("-map", "[played]", *_most(), "-c:a", "aac", "-b:a", "128k", *PLAIN),
        str(folder / "sound.m4a"),
        *words,
    ]


def _most() -> tuple[str, str]:
    return "-t", str(LONGEST)


def _named_by_content(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    name = f"{path.stem}-{digest}{path.suffix}"
    path.replace(path.parent / name)
    return name
