"""How loud a sound is along its length, for drawing."""

import itertools
from array import array

SILENCE = 100  # of 32767: the hiss of a quiet room is no waveform


def waveform(raw: bytes, count: int) -> list[int]:
    """The loudest sample of each of `count` slices of s16le mono sound; the loudest of all is 100.

    Silence is all zeros.
    """
    samples = array("h")
    samples.frombytes(raw[: len(raw) // 2 * 2])
    edges = [len(samples) * i // count for i in range(count + 1)]
    loud = [_loudest(samples[a : max(b, a + 1)]) for a, b in itertools.pairwise(edges)]
    top = max(loud)
    return [round(each * 100 / top) for each in loud] if top >= SILENCE else [0] * count


def _loudest(samples: array) -> int:
    return max(max(samples), -min(samples)) if samples else 0
