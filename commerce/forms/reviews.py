"""What people fill in about products: reviews, and group buys that a shop offers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.models.group_buy import MOST_HOURS

STARS = [(str(stars), str(stars)) for stars in range(5, 0, -1)]


class SeveralFiles(forms.ClearableFileInput):
    """A field for several pictures at once."""

    allow_multiple_selected = True


class ReviewForm(forms.Form):
    """Shape only: the verb checks, so that every door says the same."""

    stars = forms.ChoiceField(label=_("Stars"), choices=STARS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What you think"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )
    photos = forms.FileField(
        label=_("Photos"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/*", "multiple": True}),
    )

    @property
    def said(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {
            "stars": int(self.cleaned_data["stars"]),
            "words": self.cleaned_data["words"],
            "photos": self.files.getlist("photos") if self.files else [],
        }


class GroupOfferForm(forms.Form):
    """What a shop offers to groups."""

    people = forms.IntegerField(label=_("People"), initial=3, min_value=2, max_value=50)
    percent = forms.DecimalField(label=_("Percent off"), initial=20, max_digits=5, decimal_places=2)
    hours = forms.IntegerField(
        label=_("Hours to fill it"), initial=24, min_value=1, max_value=MOST_HOURS
    )
