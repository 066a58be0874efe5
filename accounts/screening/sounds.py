"""What sounds are compared by: Chromaprint's words (accounts/fingerprints.py)."""

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from accounts.ffmpeg import SOUNDS, FfmpegFailed, can_fingerprint, guarded_input, run_ffmpeg
from accounts.fingerprints import LEAST_OVERLAP, difference, likely, marks, words_of
from accounts.models import KnownHash, KnownSoundMark
from accounts.models.screening import HASH_BITS
from accounts.screening.lists import Match
from accounts.screening.pictures import Source

LONGEST = 10 * 60  # seconds that are listened to
LONGEST_RUN = 60.0
BYTES_A_WORD = 4
# Part of the bits by which a sound may differ from itself, made anew (measured: 2 to 12%).
SAME = 0.12


def fingerprint_of(source: Source) -> bytes:
    """Of a film or a sound; nothing of what is neither, lasts less than some four seconds or cannot
    be read, and nothing where this machine's ffmpeg has no Chromaprint."""
    if isinstance(source, bytes) or not can_fingerprint():
        return b""
    with tempfile.TemporaryDirectory(prefix="medley-words-") as folder:
        words = Path(folder) / "words.raw"
        try:
            run_ffmpeg([*_arguments(source), words], timeout=LONGEST_RUN)
            heard = words.read_bytes()
        except (FfmpegFailed, OSError):
            return b""
    return heard if len(heard) >= LEAST_OVERLAP * BYTES_A_WORD else b""


def _arguments(source: Path) -> list[str]:
    plain = ("-vn", "-ac", "1", "-ar", "11025", "-c:a", "pcm_s16le")
    only = ("-map", "0:a:0", "-t", str(LONGEST))
    written = ("-f", "chromaprint", "-fp_format", "raw")
    return [*guarded_input(source, SOUNDS), *only, *plain, *written]


def digest_of(fingerprint: bytes) -> bytes:
    """By which a list knows it."""
    return hashlib.sha256(fingerprint).digest()


def remember(known: Iterable[KnownHash]) -> None:
    """Have these be found from now on."""
    KnownSoundMark.objects.bulk_create(
        (
            KnownSoundMark(known=each, word=word, place=place)
            for each in known
            for word, place in marks(words_of(bytes(each.fingerprint)))
        ),
        batch_size=1000,
    )


def nearest(fingerprint: bytes) -> Match | None:
    """What is known that is heard in this sound: of the gravest list, the most alike."""
    heard, found = words_of(fingerprint), list[Match]()
    places = likely(heard, KnownSoundMark.objects.all(), "known")
    keys = {cast("int", key) for key, _shift in places}
    rows = KnownHash.objects.select_related("hash_list").in_bulk(keys)
    for key, shift in places:
        if (row := rows.get(cast("int", key))) is not None:
            known = words_of(bytes(row.fingerprint))
            away = round(difference(known, heard, shift) * HASH_BITS)
            if away <= row.hash_list.distance:
                found.append(Match(row.hash_list, bytes(row.value), away))
    return min(found, key=lambda match: (-match.list.severity, match.distance), default=None)


def is_same(one: bytes, other: bytes) -> bool:
    """Whether both are of one sound from its beginning on."""
    return difference(words_of(one), words_of(other), 0) <= SAME
