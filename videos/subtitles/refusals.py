"""What can be wrong with subtitles: a stable code for programs, a sentence that says where."""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "subtitles.beyond": _("The video is over by then."),
    "subtitles.blank": _("There is nothing to read in this subtitle."),
    "subtitles.empty": _("There is no subtitle yet. Write one first."),
    "subtitles.encoding": _("This is not plain text. Save the file as UTF-8 and try again."),
    "subtitles.header": _("This is no WebVTT file: its first line has to be WEBVTT."),
    "subtitles.order": _("It ends before it begins."),
    "subtitles.row_time": _("A time is missing, or is none. Write it as 0:01.5."),
    "subtitles.time": _("This is no time. Write it as 00:01.500 --> 00:04.000."),
    "subtitles.too_large": _("This file is larger than 512 KB, which no subtitles of a clip are."),
    "subtitles.too_long": _("One subtitle holds at most 300 characters in 4 lines."),
    "subtitles.too_many": _("A video has at most 1,000 subtitles in one language."),
    "subtitles.untimed": _("This text has no time above it."),
}


class BadSubtitles(ValidationError):
    """Subtitles that cannot be kept. `line` is the line of the file, `row` that of the editor,
    counted from 1; the sentence begins with whichever is known."""

    def __init__(self, code: str, *, line: int = 0, row: int = 0) -> None:
        sentence = SENTENCES[code]
        if line:
            sentence = _("Line %(line)d: %(sentence)s") % {"line": line, "sentence": sentence}
        elif row:
            sentence = _("Row %(row)d: %(sentence)s") % {"row": row, "sentence": sentence}
        super().__init__(sentence, code=code)  # type: ignore[arg-type]
        self.line, self.row = line, row
