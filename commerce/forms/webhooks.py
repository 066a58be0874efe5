"""What people of a shop fill in about its webhooks. Forms only parse: the actions check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.link import URL_LIMIT
from commerce.models import WebhookEvent
from commerce.models.webhook import NAME_LIMIT


class WebhookForm(forms.Form):
    """Where to, and what."""

    url = forms.CharField(
        label=_("Address"),
        max_length=URL_LIMIT,
        help_text=_("It begins with https://, and everybody can reach it."),
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=_("What you call it, such as “Warehouse”."),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=WebhookEvent.Kind.choices,
        required=False,  # the action says what is missing
        widget=forms.CheckboxSelectMultiple,
    )


class WebhookChangeForm(WebhookForm):
    """The same of one that is there."""

    is_on = forms.BooleanField(
        label=_("On"),
        required=False,
        help_text=_("Off: what happens meanwhile is not told, nor later."),
    )
