"""The languages that subtitles can be in, each by its own name."""

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Django knows the names; entries without one lead to another code.
LANGUAGES: dict[str, str] = dict(
    sorted(
        ((code, info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info),
        key=lambda one: one[1].casefold(),
    )
)


def language_name(code: str) -> str:
    """ "Deutsch" for "de"; the code itself where it has no name (any more)."""
    name = LANGUAGES.get(code, code)
    return name[:1].upper() + name[1:]


def validate_language(code: str) -> None:
    """Raise `ValidationError` (subtitles.language) for what is none of `LANGUAGES`."""
    if code not in LANGUAGES:
        raise ValidationError(_("Choose a language from the list."), code="subtitles.language")
