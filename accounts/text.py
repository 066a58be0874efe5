"""What people type into short fields, made safe to show beside other people's names."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that reorder or hide text: they let one name pose as another. Emoji joiners (U+200D) stay.
DISGUISES = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
_DISGUISES = re.compile(f"[{DISGUISES}]")


def clean_name(value: str) -> str:
    """One line without direction tricks, invisible marks or control characters; may be empty."""
    visible = _DISGUISES.sub("", unicodedata.normalize("NFC", value))
    visible = "".join(c for c in visible if c.isspace() or unicodedata.category(c) != "Cc")
    return " ".join(visible.split())


def clean_lines(value: str) -> str:
    """A few lines without disguises or control characters; no more than one empty line."""
    lines = (clean_name(line) for line in value.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def validate_name(value: str) -> None:
    """Raise `ValidationError` (code `name.blank`) where nothing visible is left of a name."""
    if not clean_name(value).strip("\u200d"):
        raise ValidationError(_("Give a name that people can see."), code="name.blank")
