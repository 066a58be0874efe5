"""Amounts of money: rounded, and shared out to the cent."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """To two places, halves up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def share_out(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Parts as the weights are to each other; they sum to the amount exactly. Without any weight
    the first part is all of it."""
    total, parts, done, weighed = sum(weights, Decimal(0)), [], Decimal(0), Decimal(0)
    for weight in weights if total else [Decimal(1), *weights[1:]]:
        weighed += weight
        upto = rounded(amount * weighed / (total or 1))
        parts.append(upto - done)
        done = upto
    return parts
