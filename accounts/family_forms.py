"""The forms of families and of a person's day: they parse shape, the verbs decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import GuardianLink
from accounts.policy import DAY_MINUTES

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class CodeForm(forms.Form):
    """The eight digits on the other's screen."""

    code = forms.CharField(
        label=_("The code on the other device"),
        max_length=20,
        widget=forms.TextInput(attrs=_DIGITS),
    )


class PasscodeForm(forms.Form):
    """Four digits, twice; the password where there are some already."""

    passcode = forms.CharField(
        label=_("Four digits"),
        max_length=4,
        widget=forms.PasswordInput(attrs={**_DIGITS, "maxlength": 4}),
    )
    again = forms.CharField(
        label=_("Once more"),
        max_length=4,
        widget=forms.PasswordInput(attrs={**_DIGITS, "maxlength": 4}),
    )
    password = forms.CharField(
        label=_("Your account's password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, asks_password: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("passcode") != chosen.get("again"):
            self.add_error("again", _("These are not the same digits."))
        return chosen


class LimitForm(forms.Form):
    """How long one's own day is; empty for no limit."""

    minutes = forms.IntegerField(
        label=_("Minutes a day"),
        required=False,
        min_value=1,
        max_value=24 * 60 - 1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if most is not None:
            field: Any = self.fields["minutes"]
            field.required = True
            field.widget.attrs["max"] = most


class TightenForm(forms.ModelForm):
    """What a guardian narrows."""

    class Meta:
        model = GuardianLink
        fields = [
            *("minutes", "quiet_from", "quiet_until"),
            *("messages_from", "is_restricted", "is_search_off"),
        ]
        labels = {"is_restricted": _("Restricted mode"), "is_search_off": _("No search")}
        widgets = {
            "minutes": forms.NumberInput(
                attrs={"inputmode": "numeric", "min": 1, "max": DAY_MINUTES}
            ),
            **dict.fromkeys(
                ("is_restricted", "is_search_off"),
                forms.CheckboxInput(attrs={"class": "switch", "role": "switch"}),
            ),
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.teen.may_chat:
            del self.fields["messages_from"]
        else:
            nothing = ("", _("As they set it themselves"))
            choices: Any = self.fields["messages_from"]
            choices.choices = [nothing, *GuardianLink.MESSAGES_FROM]

    def _post_clean(self) -> None:
        """The verb validates: only shape is this form's."""
