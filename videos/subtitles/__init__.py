"""Subtitles: lines of text in time, read from WebVTT and written as such. Knows no models.

Libraries for the format either skip what they cannot read or name no line; people who write by hand
need to know which line it is, so it is read here.
"""

from videos.subtitles.cue import Cue, check_cues, make_cue
from videos.subtitles.languages import LANGUAGES, language_name, validate_language
from videos.subtitles.refusals import BadSubtitles
from videos.subtitles.times import clock, milliseconds
from videos.subtitles.webvtt import parse_webvtt, write_webvtt

__all__ = [
    "LANGUAGES",
    "BadSubtitles",
    "Cue",
    "check_cues",
    "clock",
    "language_name",
    "make_cue",
    "milliseconds",
    "parse_webvtt",
    "validate_language",
    "write_webvtt",
]
