"""The fonts of PDF files: those that browsers get, at two weights, as files that PDF can hold.

They are variable and packed for the web; a PDF wants them unpacked and of one weight. Made once a
process, which takes a moment.
"""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from fpdf import FPDF

from videos.transcoding.typefaces import EMOJI, FACES

WEIGHTS = {"": 400, "B": 700}


def give_fonts(pdf: FPDF) -> None:
    """Let the file use every script we have letters for: whatever the first font lacks, the next
    ones draw. Where VIDEO_FALLBACK_FONT names one, it is the last."""
    names = [face for face in FACES if face != EMOJI]
    for name in names:
        for style in WEIGHTS:
            pdf.add_font(name, style, _made(name, style))
    if settings.VIDEO_FALLBACK_FONT:
        for style in WEIGHTS:
            pdf.add_font("fallback", style, settings.VIDEO_FALLBACK_FONT)
        names.append("fallback")
    pdf.set_font(names[0])
    pdf.set_fallback_fonts(names[1:], exact_match=False)


@cache
def _made(name: str, style: str) -> Path:
    packed = TTFont(settings.BASE_DIR / "static/fonts" / f"{name}.woff2")
    axes = {axis.axisTag: axis.defaultValue for axis in packed["fvar"].axes}
    font = instancer.instantiateVariableFont(packed, {**axes, "wght": WEIGHTS[style]})
    font.flavor = None
    path = _folder() / f"{name}{style}.ttf"
    font.save(path)
    return path


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="medley-fonts-"))
