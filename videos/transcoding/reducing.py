"""Makes large clips small before they are cut together.

All films of a cut are open at once. Twenty in 4K need more memory than a worker has (measured: 20
decoders of 2160x3840 do not fit into 4 GiB), so each is first written at the size it will be shown.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from accounts.ffmpeg import guarded_input
from videos.transcoding.cutting import Cut, Film, Piece
from videos.transcoding.encodings import LARGE
from videos.transcoding.probing import probe

# Of all pieces together: twenty in Full HD.
MOST_PIXELS = 20 * 1920 * 1080


def is_too_large(cut: Cut) -> bool:
    """Are its films too much to be read together?"""
    return sum(_pixels(piece.film) for piece in cut.pieces) > MOST_PIXELS


def reduced(cut: Cut, folder: Path, run: Callable[[list[str]], None]) -> Cut:
    """The same cut of small copies of its pieces, which `run` lets ffmpeg write into `folder`."""
    pieces = []
    for place, piece in enumerate(cut.pieces):
        path = folder / f"piece-{place}.mkv"
        run(_words(piece, path))
        small = Film(path, probe(path))
        pieces.append(replace(piece, film=small, start=0.0, length=small.facts.seconds))
    return replace(cut, pieces=tuple(pieces))


def _pixels(film: Film) -> int:
    return film.facts.width * film.facts.height


def _words(piece: Piece, path: Path) -> list[str]:
    """Nearly without loss; what is HDR stays so, and is mapped with the rest."""
    facts = piece.film.facts
    width, height = LARGE.size(facts.width, facts.height)
    depth = "yuv420p10le" if facts.is_hdr else "yuv420p"
    words = ["-ss", f"{piece.start:.3f}", "-t", f"{piece.length:.3f}"]
    words += [*guarded_input(piece.film.path), "-map", f"0:{facts.video_stream}"]
    words += ["-vf", f"scale={width}:{height},setsar=1,format={depth}"]
    return [*words, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", str(path)]
