"""What shops fill in for codes and flash sales. Forms only parse: the actions check."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.forms.selling import Unchecked
from commerce.models import Coupon, FlashSale, Shop, Variant


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


BOUNDS = ["percent", "off", "least", "starts_at", "ends_at", "most_uses", "most_each", "stacks"]


class CouponChangeForm(Unchecked):
    """A code's value and bounds."""

    class Meta:
        model = Coupon
        fields: ClassVar = BOUNDS
        labels: ClassVar = {
            "off": _("Or an amount"),
            "least": _("For orders from"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
        }
        widgets: ClassVar = {"starts_at": _moment(), "ends_at": _moment()}


class CouponForm(CouponChangeForm):
    """A new code."""

    class Meta(CouponChangeForm.Meta):
        fields: ClassVar = ["code", *BOUNDS]


class SaleChangeForm(Unchecked):
    """A flash sale's price, times and pieces."""

    class Meta:
        model = FlashSale
        fields: ClassVar = ["price", "starts_at", "ends_at", "most", "most_each"]
        labels: ClassVar = {"price": _("Price"), "starts_at": _("From"), "ends_at": _("Until")}
        widgets: ClassVar = {"starts_at": _moment(), "ends_at": _moment()}


class SaleForm(SaleChangeForm):
    """A new flash sale."""

    variant: Any = forms.ModelChoiceField(Variant.objects.none(), label=_("What"))
    field_order = ["variant"]

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["variant"]
        offered = Variant.objects.filter(product__shop=shop, is_offered=True)
        field.queryset = offered.select_related("product").order_by("product__title", "position")
        field.label_from_instance = lambda variant: (
            f"{variant.product.title} {variant.name}".strip()
        )
