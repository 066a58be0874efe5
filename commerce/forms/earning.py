"""What creators and shops fill in about commissions and payouts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.models import Product, Programme, Shop


class ProgrammeForm(forms.Form):
    """What a shop offers: `product` None means all without a programme of their own."""

    product = forms.ModelChoiceField(
        Product.objects.none(),
        required=False,
        label=_("Product"),
        empty_label=_("All my products"),
    )
    percent = forms.DecimalField(
        label=_("Percent of the goods"), max_digits=5, decimal_places=2, initial=10
    )
    is_open = forms.BooleanField(
        label=_("Every creator may join"),
        help_text=_("Otherwise only those whom you invite."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = self.fields["product"]
        assert isinstance(products, forms.ModelChoiceField)
        products.queryset = shop.products.exclude(state=Product.State.ARCHIVED).order_by("title")


class InviteForm(forms.Form):
    """Whom a shop asks, perhaps at a rate of their own."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), empty_label=None
    )
    username = forms.CharField(label=_("Username"), max_length=40)
    percent = forms.DecimalField(
        label=_("Their own percent"),
        help_text=_("Empty: as the programme says."),
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def __init__(self, *args: Any, shop: Shop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes: Any = self.fields["programme"]
        programmes.queryset = shop.programmes.filter(is_active=True).select_related("product")
        programmes.label_from_instance = lambda one: str(
            one.product.title if one.product else _("All my products")
        )

    def clean_username(self) -> str:
        """As it may be typed: with or without the @."""
        return str(self.cleaned_data["username"]).strip().removeprefix("@")


class PayoutAccountForm(forms.Form):
    """Where the money goes."""

    holder = forms.CharField(label=_("Name of the account's holder"), max_length=120)
    iban = forms.CharField(label=_("IBAN"), max_length=50)
