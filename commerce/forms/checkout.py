"""What buyers fill in on their way to an order. Forms only parse: the actions check."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.regions.zones import countries
from commerce.actions.checkout import Asked
from commerce.forms.selling import Unchecked
from commerce.models import Address


class AddressForm(Unchecked):
    """Where a parcel goes."""

    country = forms.ChoiceField(label=_("Country"))

    class Meta:
        model = Address
        fields: ClassVar = [
            *("name", "street", "more", "postcode", "city", "state", "country", "phone"),
            "is_default",
        ]
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "street": forms.TextInput(attrs={"autocomplete": "address-line1", "dir": "auto"}),
            "more": forms.TextInput(attrs={"autocomplete": "address-line2", "dir": "auto"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2", "dir": "auto"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = sorted(countries().items(), key=lambda row: row[1])


class AddForm(forms.Form):
    """Some pieces of a variant, and where it was met."""

    variant = forms.UUIDField()
    quantity = forms.IntegerField(required=False)
    via = forms.CharField(required=False)


class ChangeForm(forms.Form):
    """Another number of a line."""

    quantity = forms.IntegerField(required=False)


class AskedForm(forms.Form):
    """What is said of an order in the address or in the form, but for what is said of each shop."""

    address = forms.UUIDField(required=False)
    currency = forms.CharField(required=False, max_length=3)
    code = forms.CharField(required=False, max_length=24)
    code2 = forms.CharField(required=False, max_length=24)
    variant = forms.UUIDField(required=False)
    quantity = forms.IntegerField(required=False)
    group_buy = forms.UUIDField(required=False)
    expect = forms.DecimalField(required=False, max_digits=14, decimal_places=2)
    key = forms.CharField(required=False, max_length=64)


def asked_in(sent: QueryDict, form: AskedForm) -> Asked:
    """The order as the form says it; the form is valid."""
    said = form.cleaned_data
    return Asked(
        address_id=said["address"],
        currency=said["currency"],
        codes=tuple(code for code in (said["code"], said["code2"]) if code),
        variant=said["variant"],
        quantity=said["quantity"] if said["quantity"] is not None else 1,
        group_buy=said["group_buy"],
        shipping={k: int(v) for k, v in _of_shops(sent, "shipping-") if v.isdecimal()},
        notes={key: value for key, value in _of_shops(sent, "note-") if value.strip()},
    )


def _of_shops(sent: QueryDict, prefix: str) -> list[tuple[UUID, str]]:
    """`shipping-<shop>` and `note-<shop>`; what names no shop is left out."""
    found = []
    for name, value in sent.items():
        if name.startswith(prefix):
            try:
                found.append((UUID(name.removeprefix(prefix)), str(value)[:300]))
            except ValueError:
                continue
    return found
