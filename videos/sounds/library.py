"""Fills the library from a folder of music: titles, moods and licences from a CSV file or tags."""

import csv
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import av
from django.db import transaction

from accounts.ffmpeg import GUARDS, SOUNDS, file_url
from videos.models import Sound
from videos.sounds.covers import draw_cover
from videos.sounds.hearing import Heard, hear
from videos.sounds.recognition import remember
from videos.sources import keep

SUFFIXES = {".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav", ".webm"}


@dataclass(frozen=True, slots=True)
class Track:
    """What is known of one file before it is heard."""

    title: str = ""
    artist: str = ""
    licence: str = ""
    credit: str = ""
    source_url: str = ""
    mood: str = ""
    bpm: int | None = None


def tracks_in(folder: Path, table: Path | None = None) -> Iterator[tuple[Path, Track]]:
    """Every file with music below `folder`, in steady order, and what `table` says of it, else its
    tags, else its name; a folder's name is the mood of what lies in it.

    `table` is CSV with the columns file, title, artist, licence, credit, source, mood, bpm; `file`
    is the path below `folder`.
    """
    said = _table(table) if table else {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES:
            yield path, said.get(path.relative_to(folder).as_posix()) or _tagged(path, folder)


def import_track(path: Path, track: Track) -> tuple[Sound, bool]:
    """Take one file into the library; answers the sound and whether it is new: the same file again
    changes its words and nothing else. Raises `BadSound`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    known = Sound.objects.filter(source_hash=digest)
    words = {field.name: getattr(track, field.name) for field in fields(Track)}
    if known.update(**words):
        return known.get(), False
    with tempfile.TemporaryDirectory(prefix="medley-sound-") as name:
        heard = hear(path, Path(name))
        return _store(Sound(**words, source_hash=digest), heard, Path(name)), True


@transaction.atomic
def _store(sound: Sound, heard: Heard, folder: Path) -> Sound:
    sound.kind = Sound.Kind.LIBRARY
    sound.duration_ms, sound.peaks = round(heard.seconds * 1000), heard.peaks
    sound.file = keep(folder / heard.file, f"sounds/{sound.pk}/{heard.file}")
    cover = draw_cover(heard.peaks, sound.mood, folder)
    sound.cover = keep(cover, f"sounds/{sound.pk}/{cover.name}")
    sound.save(force_insert=True)
    remember(sound, heard.fingerprint)
    return sound


def _table(path: Path) -> dict[str, Track]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["file"]: _row(row) for row in csv.DictReader(file)}


def _row(row: dict[str, str]) -> Track:
    given = {name: (row.get(name) or "").strip() for name in ("title", "artist", "licence")}
    return Track(
        **given,
        credit=(row.get("credit") or "").strip(),
        source_url=(row.get("source") or "").strip(),
        mood=(row.get("mood") or "").strip().lower(),
        bpm=_beats(row.get("bpm")),
    )


def _tagged(path: Path, folder: Path) -> Track:
    tags = _tags(path)
    return Track(
        title=(tags.get("title") or _title_of(path))[:120],
        artist=tags.get("artist", "")[:120],
        licence=tags.get("license", "")[:60],
        credit=tags.get("copyright", "")[:300],
        mood=(tags.get("mood") or _mood_of(path, folder)).lower()[:30],
        bpm=_beats(tags.get("bpm") or tags.get("tbpm")),
    )


def _tags(path: Path) -> dict[str, str]:
    """Those of the file and of its streams (Ogg keeps them there); none where it cannot be read."""
    guards = GUARDS | {"format_whitelist": SOUNDS}
    try:
        with av.open(file_url(path), options=guards) as container:
            told = [container.metadata, *(each.metadata for each in container.streams.audio)]
            return {key.lower(): value for tags in told for key, value in tags.items()}
    except (av.FFmpegError, ValueError):
        return {}


def _title_of(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ").strip().capitalize()


def _mood_of(path: Path, folder: Path) -> str:
    return path.parent.name if path.parent != folder else ""


def _beats(words: str | None) -> int | None:
    try:
        beats = round(float(words or ""))
    except ValueError:
        return None
    return beats if 20 <= beats <= 400 else None
