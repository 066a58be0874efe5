"""The form that puts a product into a video."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.models import ProductTag


class TagForm(forms.Form):
    """Seconds and percents, as people read them; `said` is what the verb takes."""

    product = forms.UUIDField(widget=forms.HiddenInput)
    begins = forms.FloatField(label=_("From second"), min_value=0)
    ends = forms.FloatField(
        label=_("Until second (empty: to the end)"), min_value=0, required=False
    )
    across = forms.FloatField(label=_("Across, in percent"), min_value=0, max_value=100)
    down = forms.FloatField(label=_("Down, in percent"), min_value=0, max_value=100)

    @classmethod
    def of(cls, tag: ProductTag) -> "TagForm":
        """Filled in with what is there."""
        shown = {
            "product": tag.product_id,
            "begins": tag.from_ms / 1000,
            "ends": None if tag.until_ms is None else tag.until_ms / 1000,
            "across": round(tag.x * 100),
            "down": round(tag.y * 100),
        }
        return cls(initial=shown, auto_id=f"tag-{tag.pk}-%s")

    @property
    def said(self) -> dict[str, Any]:
        """Moments in ms, places in parts of the picture."""
        given = self.cleaned_data
        ends = given["ends"]
        return {
            "from_ms": round(given["begins"] * 1000),
            "until_ms": None if ends is None else round(ends * 1000),
            "x": given["across"] / 100,
            "y": given["down"] / 100,
        }
