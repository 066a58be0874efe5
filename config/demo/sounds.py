"""The demo's library of sounds: sample music where it was fetched, else three loops of our own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.demo import samples
from config.demo.loops import LOOPS, play
from videos.models import Sound
from videos.sounds.library import Track, import_track

A_MOOD = 3  # tracks of each: enough to choose from, quickly heard
SAMPLES_LICENCE, SAMPLES_CREDIT = "MIT", "immich-memories-music"
SAMPLES_URL = "https://pypi.org/project/immich-memories-music/"


def fill_library() -> list[Sound]:
    """Import what there is; a second time changes nothing."""
    with _tracks() as tracks:
        return [import_track(path, track)[0] for path, track in tracks]


@contextmanager
def _tracks() -> Iterator[list[tuple[Path, Track]]]:
    music = samples.find().music
    if music:
        yield [
            _sample(path, mood) for mood, paths in sorted(music.items()) for path in paths[:A_MOOD]
        ]
        return
    with tempfile.TemporaryDirectory() as folder:
        yield [
            (
                play(loop, Path(folder) / f"{loop.mood}.wav"),
                Track(loop.title, "Medley", "CC0", mood=loop.mood, bpm=loop.bpm),
            )
            for loop in LOOPS
        ]


def _sample(path: Path, mood: str) -> tuple[Path, Track]:
    title = path.stem.replace("_", " ").capitalize()
    track = Track(title, SAMPLES_CREDIT, SAMPLES_LICENCE, SAMPLES_CREDIT, SAMPLES_URL, mood=mood)
    return path, track
