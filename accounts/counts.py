"""Counts in words that fit."""

from django.utils import formats


def short(count: int) -> str:
    """A count as it fits under an icon: 318, 12.4K, 3M."""
    # From 999,950 on a thousand would be rounded up to "1000K".
    for size, sign in ((1_000_000, "M"), (1_000, "K")):
        if count >= size * 0.99995 and count >= 1_000:
            return formats.number_format(round(count / size, 1)).removesuffix(_zero()) + sign
    return str(count)


def _zero() -> str:
    return formats.get_format("DECIMAL_SEPARATOR") + "0"
