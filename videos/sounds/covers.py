"""Draws a picture for a sound that brings none: its own waveform on one of the house's papers."""

import hashlib
from pathlib import Path

from PIL import Image, ImageDraw

EDGE = 480
BARS = 24
# (paper, ink), in sRGB; which pair a mood has is steady.
PAPERS = (
    ((250, 226, 215), (196, 62, 40)),
    ((226, 222, 250), (84, 62, 190)),
    ((214, 238, 226), (22, 112, 80)),
    ((250, 236, 200), (140, 92, 8)),
    ((33, 24, 42), (255, 122, 92)),
)


def draw_cover(peaks: list[int], mood: str, folder: Path) -> Path:
    """Write a square WebP named by its content into `folder`."""
    paper, ink = PAPERS[hashlib.sha256(mood.encode()).digest()[0] % len(PAPERS)]
    picture = Image.new("RGB", (EDGE, EDGE), paper)
    pen = ImageDraw.Draw(picture)
    step = EDGE * 0.8 / BARS
    for place in range(BARS):
        loud = max(peaks[place * len(peaks) // BARS : (place + 1) * len(peaks) // BARS] or [0])
        half = EDGE * (0.02 + 0.3 * loud / 100)
        left = EDGE * 0.1 + place * step
        box = (left, EDGE / 2 - half, left + step * 0.6, EDGE / 2 + half)
        pen.rounded_rectangle(box, radius=step * 0.3, fill=ink)
    path = folder / "cover.webp"
    picture.save(path, "WEBP", quality=82)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return path.rename(folder / f"cover-{digest}.webp")
