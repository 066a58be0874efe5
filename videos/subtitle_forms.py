"""The forms in which an author writes subtitles, or sends a file of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from videos.models import CaptionTrack
from videos.subtitles import LANGUAGES, BadSubtitles, Cue, clock, language_name, make_cue
from videos.subtitles import milliseconds as milliseconds_of
from videos.subtitles.cue import plain

SPARE_ROWS = 5  # offered without script


class LanguageForm(forms.Form):
    """In which language subtitles are; the author's own comes first."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, spoken: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [spoken] if spoken in LANGUAGES else []
        codes = [*first, *(code for code in LANGUAGES if code not in first)]
        field: Any = self.fields["language"]
        field.choices = [(code, language_name(code)) for code in codes]


class SubtitleFileForm(LanguageForm):
    """A file with subtitles."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("WebVTT (.vtt) or SubRip (.srt), up to 512 KB."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the editor as it was typed."""

    starts: str = ""
    ends: str = ""
    text: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.starts.strip() or self.ends.strip() or self.text.strip())


def rows_of(track: CaptionTrack | None) -> list[Row]:
    """What the editor begins with."""
    cues = track.spoken if track else []
    kept = [Row(clock(cue.from_ms), clock(cue.to_ms), cue.text) for cue in cues]
    return kept + [Row()] * SPARE_ROWS


def rows_in(posted: QueryDict) -> list[Row]:
    """What was typed: three lists of equal length."""
    lists = (posted.getlist(name) for name in ("starts", "ends", "text"))
    return [Row(*typed) for typed in zip(*lists, strict=False)]


def cues_in(rows: list[Row]) -> list[Cue]:
    """Rows as cues; blank ones are passed over. Raises `BadSubtitles`, which names the row."""
    return [_cue(row, place) for place, row in enumerate(rows, start=1) if not row.is_blank]


def _cue(row: Row, place: int) -> Cue:
    from_ms, to_ms = milliseconds_of(row.starts), milliseconds_of(row.ends)
    if from_ms is None or to_ms is None:
        raise BadSubtitles("subtitles.row_time", row=place)
    return make_cue(from_ms, to_ms, plain(row.text), row=place)


def version_in(posted: Mapping[str, str]) -> int | None:
    """Which version the page showed; raises `ValidationError` for what is no number."""
    try:
        return int(posted["version"]) if "version" in posted else None
    except ValueError:
        raise ValidationError(_("Open the page anew and try again.")) from None
