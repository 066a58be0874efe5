"""One emoji, told from letters, words and several emoji."""

import unicodedata
from functools import lru_cache

from chat.refusals import invalid

EMOJI_LIMIT = 16  # code points: a family with skin tones has 11
# Pictures, and what binds them into one: joiner, variation selector, skin tones, flags' letters.
_JOINER, _VARIATION, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"


def clean_emoji(text: object) -> str:
    """One emoji; `ValidationError` (emoji.unknown) for letters, words or several emoji."""
    if not isinstance(text, str) or not 1 <= len(text) <= EMOJI_LIMIT or not _is_emoji(text):
        raise invalid("emoji.unknown")
    return text


@lru_cache(1024)  # people choose the same few
def _is_emoji(text: str) -> bool:
    if _is_keycap(text) or _is_flag(text):
        return True
    return all(_is_picture(part.rstrip(_VARIATION)) for part in text.split(_JOINER))


def _is_picture(part: str) -> bool:
    """One symbol, perhaps with a skin tone or (for flags of regions) tags."""
    if not part or (unicodedata.category(part[0]) != "So" and part[0] not in "‼⁉〰〽↔↕▪▫◻◼◽◾⤴⤵"):
        return False
    rest = part[1:].replace(_VARIATION, "")
    return all(0x1F3FB <= ord(c) <= 0x1F3FF or 0xE0020 <= ord(c) <= 0xE007F for c in rest)


def _is_keycap(text: str) -> bool:
    return text[0] in "0123456789#*" and text[1:] in {_KEYCAP, _VARIATION + _KEYCAP}


def _is_flag(text: str) -> bool:
    return len(text) == 2 and all(0x1F1E6 <= ord(letter) <= 0x1F1FF for letter in text)
