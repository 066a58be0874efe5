"""How tests make sounds: rows with a tiny file, and melodies that ffmpeg plays."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.ffmpeg import run_ffmpeg
from tests.videos.factories import CONTENT
from videos.models import Sound, Video

TUNE, OTHER_TUNE = "aehlcjfmbigk", "mkbfhdaeljgc"


def make_track(title: str = "Paper boats", **fields: Any) -> Sound:
    """A track of the library."""
    given = {"artist": "Lena", "mood": "calm", "bpm": 80, "licence": "CC0", "duration_ms": 30_000}
    return _with_file(Sound(kind=Sound.Kind.LIBRARY, title=title, **(given | fields)))


def make_original(video: Video, **fields: Any) -> Sound:
    """What was lifted out of a video; lent unless said otherwise."""
    fields.setdefault("is_open", True)
    kind = Sound.Kind.ORIGINAL
    sound = Sound(kind=kind, video=video, owner=video.author, duration_ms=31_000, **fields)
    return _with_file(sound)


def _with_file(sound: Sound) -> Sound:
    sound.file = default_storage.save(f"sounds/{sound.pk}/sound.m4a", ContentFile(CONTENT))
    sound.peaks = [1, 100]
    sound.save()
    return sound


def melody(path: Path, *, notes: str, seconds: float = 12, start: float = 0) -> Path:
    """A tune of two notes a second, another one for other letters; `start` seconds into it.

    Each letter is a note of three partials; what it sounds like matters to nobody but the
    fingerprint.
    """
    tune = "+".join(
        f"({ord(note)}*eq(mod(floor(t*2),{len(notes)}),{place}))"
        for place, note in enumerate(notes)
    )
    wave = f"pow(2,(({tune})-97)/12)*220*2*PI*t"
    sound = f"0.3*sin({wave})+0.15*sin(2*({wave}))+0.1*sin(3*({wave}))"
    source = f"aevalsrc='{sound}':s=22050:d={start + seconds}"
    run_ffmpeg(
        ["-f", "lavfi", "-i", source, "-ss", str(start), "-t", str(seconds), path], timeout=30
    )
    return path


def sung(path: Path, notes: str = TUNE) -> Path:
    """A film of six seconds with a tune."""
    tune = melody(path.with_suffix(".wav"), notes=notes, seconds=6)
    picture = ["-f", "lavfi", "-i", "testsrc2=s=90x160:r=25:d=6"]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    run_ffmpeg([*picture, "-i", tune, *codecs, "-shortest", path], timeout=30)
    return path
