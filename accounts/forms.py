"""The forms of accounts: they parse shape; limits and rules come from the model and policy."""

import datetime
import zoneinfo
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Report, User
from accounts.models.report import WORDS_LIMIT


def _known_time_zone(value: str) -> str:
    return value if value in zoneinfo.available_timezones() else "UTC"


class SignupForm(forms.Form):
    """What sign-up asks beyond name, mail and password; allauth makes it the base of its own."""

    # Asked of everybody alike, so that it hints at no age.
    AUDIENCES = [
        ("", _("I decide later")),
        ("public", _("Everyone")),
        ("private", _("Only followers I accept")),
    ]

    birth_date = forms.DateField(
        label=_("Birth date"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}),
        error_messages={"invalid": _("Give a date, like 1999-12-31.")},
    )
    audience = forms.ChoiceField(label=_("Who sees your videos"), choices=AUDIENCES, required=False)
    time_zone = forms.CharField(
        required=False,
        max_length=64,
        widget=forms.HiddenInput(attrs={"data-behaviour": "timezone"}),
    )

    field_order = ["email", "username", "password1", "birth_date", "audience", "time_zone"]

    def clean_time_zone(self) -> str:
        return _known_time_zone(self.cleaned_data["time_zone"])

    def clean_birth_date(self) -> datetime.date:
        zone = zoneinfo.ZoneInfo(_known_time_zone(str(self.data.get("time_zone", ""))))
        today = timezone.now().astimezone(zone).date()
        birth_date = self.cleaned_data["birth_date"]
        return get_adapter().screen_birth_date(context.request, birth_date, today=today)

    def signup(self, request: Any, user: User) -> None:
        """allauth calls this after saving; the adapter has done the work by then."""


class ProfileForm(forms.ModelForm):
    """What others read on the profile."""

    class Meta:
        model = User
        fields = ["display_name", "bio"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 3})}


class PreferencesForm(forms.ModelForm):
    """Language, time, place and light: how Medley looks to this person."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = User
        fields = ["language", "time_zone", "region", "theme"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("language", self._languages()), ("time_zone", self._zones())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def _languages(self) -> list[tuple[str, Any]]:
        return [("", _("Like the device")), *settings.LANGUAGES]

    def _zones(self) -> list[tuple[str, Any]]:
        names = sorted(zoneinfo.available_timezones())
        return [(name, name.replace("_", " ")) for name in names]


class PrivacyForm(forms.ModelForm):
    """How far others may come. What the person's age locks is shown and cannot be changed."""

    class Meta:
        model = User
        fields = ["is_private", "messages_from", "asks_before_groups", "suggests_account"]
        help_texts = {"is_private": "", "asks_before_groups": ""}
        widgets = {"messages_from": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("is_private", "asks_before_groups", "suggests_account"):
            self.fields[name].widget.attrs.update({"class": "switch", "role": "switch"})
        if not self.instance.may_chat:
            self.fields["is_private"].disabled = True
            self.fields["messages_from"].disabled = True


class ReportForm(forms.Form):
    """What is wrong, in a word and in one's own; limits are those of the verb."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    words = forms.CharField(
        label=_("Anything we should know?"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    block = forms.BooleanField(required=False)
