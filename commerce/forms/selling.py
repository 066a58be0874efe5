"""What people of a shop fill in about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.regions.zones import countries
from commerce.models import ShippingRate, ShippingZone, Shop, ShopStaff

DAY = {"type": "date"}


class Unchecked(forms.ModelForm):
    """A form that only parses: the action checks, so that every door says the same."""

    def _post_clean(self) -> None:
        """Nothing: see above."""

    @property
    def changed(self) -> dict[str, Any]:
        """What is to be another than it was."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class ShopForm(Unchecked):
    """What buyers read about the shop, and when it is away."""

    class Meta:
        model = Shop
        fields = [
            *("name", "slug", "about", "prices_include_tax", "return_days"),
            *("returns_policy", "shipping_policy"),
            *("holiday_from", "holiday_until", "holiday_words"),
        ]
        widgets = {
            "about": forms.Textarea(attrs={"rows": 3}),
            "returns_policy": forms.Textarea(attrs={"rows": 4}),
            "shipping_policy": forms.Textarea(attrs={"rows": 4}),
            "holiday_from": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
            "holiday_until": forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        }
        help_texts = {
            "slug": _("Its page is /shops/<address>/. Old links end when you change it."),
            "return_days": _("After a parcel arrived; 14 at least."),
            "holiday_from": _("From this day on nothing can be ordered."),
            "holiday_until": _("Empty: until you come back and take the days out."),
        }


class StaffForm(forms.Form):
    """Whom to ask, for what."""

    username = forms.CharField(
        label=_("Username"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("What they do"), choices=ShopStaff.Role.choices)


class ZoneForm(Unchecked):
    """A zone's name and its countries, or all that are in no other zone."""

    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        choices=lambda: sorted(countries().items(), key=lambda country: country[1]),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("None chosen: all countries that are in no other zone."),
    )

    class Meta:
        model = ShippingZone
        fields = ["name", "countries"]


class RateForm(Unchecked):
    """One way to ship."""

    class Meta:
        model = ShippingRate
        fields = ["name", "price", "each_more", "free_from", "days_least", "days_most"]
        labels = {
            "price": _("Price"),
            "each_more": _("Each further piece"),
            "free_from": _("Free from an order of"),
        }
        help_texts = {"each_more": "", "free_from": _("Empty: never.")}


class ImportForm(forms.Form):
    """A file of products."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8, at most 2 MB and 2000 lines."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
