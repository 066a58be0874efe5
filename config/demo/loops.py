"""Three short loops for the demo's library where no sample music is at hand: our own, plucked by
arithmetic, CC0."""

import math
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 22_050
A4 = 440.0


@dataclass(frozen=True, slots=True)
class Loop:
    """Chords of a bar each, played up and down in eighths; notes in half tones from A4."""

    title: str
    mood: str
    bpm: int
    chords: tuple[tuple[int, ...], ...]


LOOPS = (
    Loop(
        "Paper boats",
        "calm",
        76,
        ((-9, -5, -2, 3), (-12, -5, 0, 3), (-7, -4, 0, 5), (-5, -2, 2, 7)),
    ),
    Loop(
        "Tram seven", "happy", 104, ((-9, -5, -2, 3), (-4, 0, 3, 8), (-7, -4, 0, 5), (-2, 2, 5, 10))
    ),
    Loop(
        "Night shift",
        "energetic",
        126,
        ((-12, -9, -5, 0), (-16, -9, -4, 0), (-14, -7, -2, 2), (-17, -10, -5, -1)),
    ),
)


def play(loop: Loop, path: Path) -> Path:
    """Write the loop twice over as WAV; a second or two of work."""
    samples = array("f", bytes(4 * round(_seconds(loop) * RATE)))
    eighth = 30 / loop.bpm
    for bar, chord in enumerate(loop.chords * 2):
        _pluck(samples, bar * 8 * eighth, chord[0] - 12, 4 * eighth, 0.5)
        for place, note in enumerate((*chord, *reversed(chord))):
            _pluck(samples, (bar * 8 + place) * eighth, note, 2.5 * eighth, 0.32)
    _write(samples, path)
    return path


def _seconds(loop: Loop) -> float:
    return 2 * len(loop.chords) * 8 * 30 / loop.bpm + 1


def _pluck(samples: array, start: float, note: int, seconds: float, volume: float) -> None:
    """One string: a tone and two overtones that die away."""
    turn = 2 * math.pi * A4 * 2 ** (note / 12) / RATE
    first = round(start * RATE)
    for place in range(min(round(seconds * RATE), len(samples) - first)):
        loud = volume * math.exp(-5 * place / (seconds * RATE)) * min(1, place / 60)
        angle = turn * place
        tone = math.sin(angle) + 0.4 * math.sin(2 * angle) + 0.15 * math.sin(3 * angle)
        samples[first + place] += loud * tone


def _write(samples: array, path: Path) -> None:
    loudest = max(max(samples), -min(samples), 1e-9)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", (round(30_000 * each / loudest) for each in samples)).tobytes())
