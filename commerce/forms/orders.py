"""What buyers and sellers fill in about orders."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.models import ReturnRequest

PIECES, MONEY = "pieces-", "amount-"
MOST = 10**9


class AskForm(forms.Form):
    """Why something goes back; the pieces stand beside it, by line (`pieces_in`)."""

    reason = forms.ChoiceField(label=_("Why?"), choices=ReturnRequest.Reason.choices)
    words = forms.CharField(
        label=_("What happened (the shop reads it)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autosize"}),
    )


class ShipForm(forms.Form):
    """Who carries it."""

    carrier = forms.CharField(label=_("Carrier"), max_length=40, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)


class RefundForm(forms.Form):
    """How much of the shipping goes back, and why; the lines stand beside it (`amounts_in`)."""

    shipping = forms.DecimalField(
        label=_("Of the shipping"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    reason = forms.CharField(label=_("Why (the buyer reads it)"), max_length=40, required=False)


def pieces_in(sent: Mapping[str, str]) -> dict[UUID, int]:
    """Of each line in "pieces-<line>", how many; what is no number is none."""
    return {key: _number(value) for key, value in _by_line(sent, PIECES)}


def amounts_in(sent: Mapping[str, str]) -> dict[UUID, tuple[int, Decimal]]:
    """Of each line with an "amount-<line>": its pieces and that amount. What is no number is
    nothing."""
    pieces = pieces_in(sent)
    return {key: (pieces.get(key, 0), _amount(value)) for key, value in _by_line(sent, MONEY)}


def _by_line(sent: Mapping[str, str], prefix: str) -> list[tuple[UUID, str]]:
    found = []
    for name in sent:
        if name.startswith(prefix):
            try:
                found.append((UUID(name.removeprefix(prefix)), sent[name]))
            except ValueError:
                continue
    return found


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _amount(value: str) -> Decimal:
    try:
        amount = Decimal(value.replace(",", ".") or 0)
    except InvalidOperation:
        return Decimal(0)
    return (
        amount.quantize(Decimal("0.01"))
        if amount.is_finite() and abs(amount) < 10**9
        else Decimal(0)
    )
