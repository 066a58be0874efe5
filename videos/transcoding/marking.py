"""A film to take along: a finished rendition with Medley's mark and its author's name on it.

The mark changes between two corners, so that nobody crops it away without losing a good part of
the picture.
"""

import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from accounts.ffmpeg import FfmpegFailed, Progress, guarded_input, run_ffmpeg
from videos.recipes import Text
from videos.transcoding.encodings import CONTAINER, LARGE, frame_rate
from videos.transcoding.lettering import MARGIN, letter
from videos.transcoding.probing import Probe, probe
from videos.transcoding.rendering import RenditionFile, refusal_of, rendition, time_limit

CORNER_SECONDS = 4
# As parts of the film's short edge.
LETTERS, INSET, WIDEST = 0.038, 0.045, 0.6
SOLID = 0.85
# The bubble and the bars of static/icons/medley.svg, on its square of 32.
SQUARE = 32
BUBBLE, TAIL = (2, 4, 30, 24), ((7, 22), (7, 30), (14, 24))
BARS = ((8, 11, 7), (12.7, 8, 12), (17.4, 11.5, 6), (22, 9, 10))  # left, top, height
BAR_WIDTH, ROUND = 3, 4


def make_download(
    film: Path, username: str, folder: Path, *, progress: Progress | None = None
) -> RenditionFile:
    """A copy of `film` in `folder`, marked; its sound is copied as it is. Running it twice gives
    the same name. Raises `BadVideo`."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = probe(film)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as name:
        making = Path(name)
        badge(username, facts.short_edge, making).save(making / "badge.png")
        _lay_over(film, facts, making, progress)
        return rendition(making / "download.mp4", "save", folder)


def _lay_over(film: Path, facts: Probe, making: Path, progress: Progress | None) -> None:
    words = [*guarded_input(film), "-f", "image2", "-i", str(making / "badge.png")]
    words += ["-filter_complex", f"[0:v:0][1:v]overlay={_corners(facts)}[marked]"]
    words += ["-map", "[marked]", *LARGE.picture(frame_rate(facts.frames_per_second))]
    words += ["-map", "0:a:0", "-c:a", "copy", *CONTAINER, str(making / "download.mp4")]
    limit = time_limit(2 * facts.seconds)
    try:
        run_ffmpeg(words, timeout=limit, seconds=facts.seconds, progress=progress, folder=making)
    except FfmpegFailed as error:
        raise refusal_of(error) from error


def _corners(facts: Probe) -> str:
    """Upper left, then lower right, in turn."""
    inset = round(INSET * facts.short_edge)
    is_first = f"lt(mod(t,{2 * CORNER_SECONDS}),{CORNER_SECONDS})"
    return f"x='if({is_first},{inset},W-w-{inset})':y='if({is_first},{inset},H-h-{inset})'"


# --- The badge ------------------------------------------------------------------------------------


def badge(username: str, short_edge: int, making: Path) -> Image.Image:
    """The bubble, beside it "Medley" and under that the name; drawn with the help of `making`."""
    size = max(9, round(LETTERS * short_edge))
    words = _stacked(
        _words("Medley", round(1.2 * size), making), _words(f"@{username}", size, making)
    )
    sign = _sign(words.height)
    sheet = Image.new("RGBA", (sign.width + size // 3 + words.width, words.height))
    sheet.alpha_composite(sign)
    sheet.alpha_composite(words, (sign.width + size // 3, 0))
    sheet.putalpha(sheet.getchannel("A").point(lambda value: round(SOLID * value)))
    return _narrowed(sheet, round(WIDEST * short_edge))


def _words(words: str, size: int, making: Path) -> Image.Image:
    """One line, as the texts of recipes are drawn; without the room at its sides."""
    path = making / "words.png"
    letter(Text(words, 0, 0, size=size / 1000), 100 * size, 1000, path)
    with Image.open(path) as drawn:
        room = round(MARGIN * size * 0.6)
        return drawn.convert("RGBA").crop((room, room, drawn.width - room, drawn.height - room))


def _stacked(above: Image.Image, below: Image.Image) -> Image.Image:
    overlap = round(0.15 * (above.height + below.height))
    size = (max(above.width, below.width), above.height + below.height - overlap)
    sheet = Image.new("RGBA", size)
    sheet.alpha_composite(above)
    sheet.alpha_composite(below, (0, above.height - overlap))
    return sheet


def _sign(height: int) -> Image.Image:
    """The bubble in white, its bars cut out; drawn large and reduced, for smooth edges."""
    scale = 8
    large = Image.new("L", (SQUARE * scale, SQUARE * scale))
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle([each * scale for each in BUBBLE], ROUND * scale, 255)
    draw.polygon([(x * scale, y * scale) for x, y in TAIL], 255)
    for left, top, tall in BARS:
        box = (left, top, left + BAR_WIDTH, top + tall)
        draw.rounded_rectangle([each * scale for each in box], BAR_WIDTH * scale / 2, 0)
    shape = large.resize((height, height), Image.Resampling.LANCZOS)
    sign = Image.new("RGBA", (height, height), "black")
    sign.putalpha(shape.filter(ImageFilter.GaussianBlur(height / 24)).point(_half))
    white = Image.new("RGBA", (height, height), "white")
    white.putalpha(shape)
    sign.alpha_composite(white)
    return sign


def _half(value: int) -> int:
    return value // 2


def _narrowed(sheet: Image.Image, widest: int) -> Image.Image:
    if sheet.width <= widest:
        return sheet
    height = max(1, round(sheet.height * widest / sheet.width))
    return sheet.resize((widest, height), Image.Resampling.LANCZOS)
