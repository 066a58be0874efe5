"""What shops fill in for codes and flash sales. Forms only parse: the actions check."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.forms.selling import Unchecked
from commerce.models import Coupon, Shop, Variant

MOMENT = {"type": "datetime-local"}


class CouponForm(Unchecked):
    """A code."""

    class Meta:
        model = Coupon
        fields: ClassVar = [
            *("code", "percent", "off", "least", "ends_at", "most_uses", "most_each", "stacks")
        ]
        labels: ClassVar = {
            "off": _("or an amount"),
            "least": _("for orders from"),
            "ends_at": _("until"),
        }
        widgets: ClassVar = {"ends_at": forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")}


class SaleForm(forms.Form):
    """A flash sale."""

    variant: Any = forms.ModelChoiceField(Variant.objects.none(), label=_("What"))
    price = forms.DecimalField(label=_("Price"), max_digits=14, decimal_places=2)
    starts_at = forms.DateTimeField(label=_("From"), widget=forms.DateTimeInput(attrs=MOMENT))
    ends_at = forms.DateTimeField(label=_("Until"), widget=forms.DateTimeInput(attrs=MOMENT))
    most = forms.IntegerField(label=_("Pieces in all"), min_value=1, max_value=1_000_000)
    most_each = forms.IntegerField(label=_("Pieces per person"), min_value=1, max_value=99)

    def __init__(self, shop: Shop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["variant"]
        offered = Variant.objects.filter(product__shop=shop, is_offered=True)
        field.queryset = offered.select_related("product").order_by("product__title", "position")
        field.label_from_instance = lambda variant: (
            f"{variant.product.title} {variant.name}".strip()
        )
