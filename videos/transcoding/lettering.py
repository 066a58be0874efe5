"""Draws the words of a recipe as transparent pictures, where the editor shows them.

Pillow and not ffmpeg's drawtext: what people type never comes near a filter graph, and emoji and
right-to-left come out right. The editor's style sheet has the same numbers: in units of the text's
size, as `em` there.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from videos.recipes import Text
from videos.transcoding.typefaces import EMOJI, LATIN, Run, font, runs

LINE_HEIGHT = 1.2
WRAP = 0.9  # of the frame's width
BOX_SIDES, BOX_ABOVE, BOX_RADIUS = 0.35, 0.12, 0.25
OUTLINE = 0.07
SHADOW_DOWN, SHADOW_BLUR, SHADOW = 0.04, 0.06, 140  # the last of 255
MARGIN = 0.4  # room for all of that
# In the emoji font this character is a bar as high as the tallest emoji. Pillow measures outlines,
# which its colour glyphs have none of: without the bar beside them they are cut off.
BAR = "\ue000"


@dataclass(frozen=True, slots=True)
class Lettering:
    """A picture of words, and where its upper left corner lies in the frame, in pixels."""

    path: Path
    left: int
    top: int


def letter(text: Text, width: int, height: int, path: Path) -> Lettering:
    """Draw one text of a recipe, for a frame of this size, into `path`, a PNG."""
    size = max(8, round(text.size * height))
    picture = _Sheet(text, size, _lines(text.text, size, WRAP * width)).drawn()
    picture.save(path)
    left, top = text.x * width - picture.width / 2, text.y * height - picture.height / 2
    return Lettering(path, round(left), round(top))


def contrasting(colour: str) -> str:
    """Black or white, whichever is read on it; the editor reckons in the same way."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 150 else "#ffffff"


# --- Lines ----------------------------------------------------------------------------------------


def _lines(words: str, size: int, widest: float) -> list[str]:
    return [part for line in words.split("\n") for part in _wrapped(line, size, widest)]


def _wrapped(line: str, size: int, widest: float) -> list[str]:
    """Broken between words; a word that is too long anywhere."""
    lines = [""]
    for word in line.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if _width(longer, size) <= widest:
            lines[-1] = longer
        else:
            lines += _broken(word, size, widest)
    return [each for each in lines if each] or [""]


def _broken(word: str, size: int, widest: float) -> list[str]:
    parts = [""]
    for character in word:
        if _width(parts[-1] + character, size) > widest:
            parts.append("")
        parts[-1] += character
    return parts


def _width(line: str, size: int) -> float:
    return sum(_advance(run, size) for run in runs(line))


def _advance(run: Run, size: int) -> float:
    return font(run.face, size).getlength(run.words)


# --- Drawing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pen:
    """A colour, and the colour and width of the edge around it."""

    colour: str
    around: int = 0
    edge: str = "#000000"


class _Sheet:
    """The picture one text is drawn on: as large as its lines, with a margin all around."""

    def __init__(self, text: Text, size: int, lines: list[str]) -> None:
        self._text, self._size, self._lines = text, size, lines
        self._margin = round(MARGIN * size) + 1
        self._step = round(LINE_HEIGHT * size)
        widest = max(_width(line, size) for line in lines)
        inner = (round(widest), self._step * len(lines))
        self._extent = (inner[0] + 2 * self._margin, inner[1] + 2 * self._margin)

    def drawn(self) -> Image.Image:
        sheet = Image.new("RGBA", self._extent)
        if self._text.style == "box":
            self._box(sheet)
            self._write(sheet, Pen(contrasting(self._text.colour)))
        elif self._text.style == "outline":
            around = max(1, round(OUTLINE * self._size))
            edge = contrasting(self._text.colour)
            self._write(sheet, Pen(self._text.colour, around, edge))
        else:
            self._shade(sheet)
            self._write(sheet, Pen(self._text.colour))
        return sheet

    def _box(self, sheet: Image.Image) -> None:
        aside, above = BOX_SIDES * self._size, BOX_ABOVE * self._size
        left, top = self._margin - aside, self._margin - above
        corners = (left, top, self._extent[0] - left - 1, self._extent[1] - top - 1)
        draw = ImageDraw.Draw(sheet)
        draw.rounded_rectangle(corners, BOX_RADIUS * self._size, self._text.colour)

    def _shade(self, sheet: Image.Image) -> None:
        """A soft shadow keeps white words legible on snow."""
        shadow = Image.new("RGBA", self._extent)
        self._write(shadow, Pen("#000000"))
        veil = shadow.getchannel("A").filter(ImageFilter.GaussianBlur(SHADOW_BLUR * self._size))
        veil = veil.point(lambda value: value * SHADOW // 255)
        black = Image.new("RGBA", self._extent, "#000000")
        black.putalpha(veil)
        sheet.alpha_composite(black, (0, round(SHADOW_DOWN * self._size)))

    def _write(self, sheet: Image.Image, pen: Pen) -> None:
        for place, line in enumerate(self._lines):
            left = (self._extent[0] - _width(line, self._size)) / 2
            bottom = self._margin + place * self._step + self._baseline
            for run in runs(line):
                self._run(sheet, run, (left, bottom), pen)
                left += _advance(run, self._size)

    def _run(self, sheet: Image.Image, run: Run, start: tuple[float, float], pen: Pen) -> None:
        if run.is_emoji:
            self._emoji(sheet, run, round(start[0]), round(start[1]))
            return
        draw, face = ImageDraw.Draw(sheet), font(run.face, self._size)
        edge = {"stroke_width": pen.around, "stroke_fill": pen.edge}
        draw.text(start, run.words, pen.colour, face, "ls", **edge)  # type: ignore[arg-type]

    def _emoji(self, sheet: Image.Image, run: Run, left: int, top: int) -> None:
        face = font(EMOJI, self._size)
        bar = round(face.getlength(BAR))
        strip = Image.new("RGBA", (bar + round(_advance(run, self._size)) + 2, 2 * self._size))
        draw = ImageDraw.Draw(strip)
        middle = round(1.4 * self._size)
        draw.text((0, middle), BAR + run.words, "white", face, "ls", embedded_color=True)
        drawn = strip.crop((bar, 0, *strip.size))
        sheet.alpha_composite(drawn, (max(0, left), max(0, top - middle)))

    @property
    def _baseline(self) -> float:
        """From the top of a line, as browsers reckon: what the font needs stands in its middle."""
        above, below = font(LATIN, self._size).getmetrics()
        return (self._step - above - below) / 2 + above
