"""The forms of accounts: they parse shape; limits and rules come from the model and policy."""

import datetime
import zoneinfo
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models import NotificationPreferences, Report, User
from accounts.models.appeal import WORDS_LIMIT as APPEAL_LIMIT
from accounts.models.report import WORDS_LIMIT
from accounts.notifications import kinds
from accounts.notifications.choices import Channels
from accounts.regions import asking


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

    def clean(self) -> dict[str, Any]:
        """R45: not where new accounts are off, as far as the device's clock says where it is."""
        cleaned = super().clean() or {}
        refusal = asking.sign_up_off(context.request, cleaned.get("time_zone", ""))
        if refusal is not None:
            raise ValidationError(str(refusal.sentence), code=refusal.code)
        return cleaned

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
    """How far others may come. What age or a guardian locks is shown and cannot be changed; with
    `only` the form is about that one setting and leaves the others alone."""

    class Meta:
        model = User
        fields = ["is_private", "messages_from", "asks_before_groups", "suggests_account"]
        help_texts = {"is_private": "", "asks_before_groups": ""}
        widgets = {"messages_from": forms.RadioSelect}

    def __init__(self, *args: Any, only: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("is_private", "asks_before_groups", "suggests_account"):
            self.fields[name].widget.attrs.update({"class": "switch", "role": "switch"})
        self._offer_what_is_open()
        if only in self.fields:
            self.fields = {only: self.fields[only]}

    def _offer_what_is_open(self) -> None:
        person = self.instance.person
        private, messages = self.fields["is_private"], self.fields["messages_from"]
        assert isinstance(messages, forms.ChoiceField)
        private.disabled = policy.set_private(person, False) is not None
        messages.choices = [
            (value, label)
            for value, label in User.MessagesFrom.choices
            if policy.set_messages_from(person, value) is None
        ]
        messages.disabled = len(messages.choices) == 1
        self.initial["messages_from"] = person.reachable_by


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


class AppealForm(forms.Form):
    """Why a decision is wrong, in one's own words."""

    words = forms.CharField(
        label=_("Why is it wrong?"),
        max_length=APPEAL_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why.")},
    )


class AskAgainForm(AppealForm):
    """Why somebody else should look at what one reported."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What did we overlook?")


class NotificationPreferencesForm(forms.ModelForm):
    """How somebody is told. `chosen` are the choices of the kinds as they are; what is ticked comes
    as "kind:channel" in `wanted`."""

    has_quiet_hours = forms.BooleanField(label=_("Quiet hours"), required=False)
    wanted = forms.MultipleChoiceField(required=False)

    class Meta:
        model = NotificationPreferences
        fields = ["in_app", "push", "digest", "hides_content", "quiet_from", "quiet_until"]
        labels = {
            "in_app": _("In Medley"),
            "push": _("On your devices"),
            "digest": _("By mail"),
            "hides_content": _("Hide names and words"),
            "quiet_from": _("From"),
            "quiet_until": _("Until"),
        }
        widgets = {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            for name in ("quiet_from", "quiet_until")
        }

    def __init__(self, *args: Any, chosen: Mapping[str, Channels], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.ways = {name: kinds()[name].ways for name in chosen if not kinds()[name].is_urgent}
        wanted = self.fields["wanted"]
        assert isinstance(wanted, forms.MultipleChoiceField)
        wanted.choices = [(each, each) for each in _boxes(self.ways)]
        self.initial["wanted"] = _boxes(chosen)
        self._show_quiet_hours()

    def _show_quiet_hours(self) -> None:
        self.initial["has_quiet_hours"] = self.instance.quiet_hours is not None
        for name, usual in (("quiet_from", datetime.time(22)), ("quiet_until", datetime.time(7))):
            self.initial[name] = self.initial[name] or usual
        for name in ("in_app", "push", "hides_content", "has_quiet_hours"):
            self.fields[name].widget.attrs.update({"class": "switch", "role": "switch"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("has_quiet_hours"):
            cleaned["quiet_from"] = cleaned["quiet_until"] = None
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What the verb is to change."""
        ticked = set(self.cleaned_data["wanted"])
        wishes: dict[str, dict[str, bool]] = {}
        for name, ways in self.ways.items():
            for channel in ways:
                is_wanted = f"{name}:{channel.value}" in ticked
                if is_wanted != (channel in self.chosen[name]):
                    wishes.setdefault(name, {})[channel.value] = is_wanted
        return {field: self.cleaned_data[field] for field in self.Meta.fields} | {"kinds": wishes}


def _boxes(ways: Mapping[str, Channels]) -> list[str]:
    return [f"{name}:{channel.value}" for name, some in ways.items() for channel in some]
