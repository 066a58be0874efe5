"""Bank accounts as ISO 13616 writes them."""

import re

_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def normal(text: str) -> str:
    """The IBAN as it is stored: capitals, without the spaces people write."""
    return re.sub(r"[\s-]", "", text).upper()


def is_iban(text: str) -> bool:
    """Whether `normal` text has an IBAN's shape and its two check digits are right: the first four
    characters moved to the end and letters read as 10 to 35, it leaves 1 when divided by 97."""
    if not _SHAPE.fullmatch(text):
        return False
    digits = "".join(str(int(each, 36)) for each in text[4:] + text[:4])
    return int(digits) % 97 == 1
