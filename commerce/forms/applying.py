"""What somebody fills in who wants to sell."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from accounts.regions.zones import countries
from commerce.actions.applications import TRADER
from commerce.models import SellerApplication, Shop

# What browsers may fill in by themselves.
AUTOCOMPLETE = {
    "legal_name": "name",
    "street": "street-address",
    "city": "address-level2",
    "postcode": "postal-code",
    "country": "country",
    "email": "email",
    "phone": "tel",
}


def country_choices() -> list[tuple[str, Any]]:
    """Every country, by its name."""
    named = sorted(countries().items(), key=lambda country: country[1])
    return [("", _("Choose a country")), *named]


def currency_choices() -> list[tuple[str, str]]:
    """What shops can trade in."""
    return [(code, code) for code in settings.CURRENCIES]


def _widget(field: Field, **_options: Any) -> Any:
    """Countries are chosen, all else is typed."""
    if field.name == "country":
        choices: Callable[[], Any] = country_choices
        return forms.ChoiceField(choices=choices, label=field.verbose_name)
    return field.formfield()


class ApplicationForm(forms.ModelForm):
    """The shop's name and currency, and who stands behind it."""

    name = forms.CharField(
        label=_("Name of the shop"), max_length=Shop._meta.get_field("name").max_length
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=currency_choices, help_text=_("What all prices are in.")
    )
    document = forms.FileField(
        label=_("Identity document"),
        required=False,
        help_text=_("A picture or PDF of your passport or identity card, at most 8 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    class Meta:
        model = SellerApplication
        fields = [*TRADER, "declares_law"]
        formfield_callback = staticmethod(_widget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = value

    def _post_clean(self) -> None:
        """The action checks, so that every door says the same; here it is only parsed."""

    @property
    def trader(self) -> dict[str, str]:
        """What is said about the seller, by field of TRADER."""
        return {name: self.cleaned_data.get(name) or "" for name in TRADER}
