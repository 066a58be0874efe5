"""The filters of the queue, as they stand in an address."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Case, Report, User
from accounts.moderation import queue, roles
from accounts.moderation.queue import Filters
from accounts.templatetags.moderation import KINDS

ALL = ("", _("All"))
SEVERITIES = [("9", _("9 and 10")), ("7", _("7 and above")), ("5", _("5 and above"))]
HOLDERS = [(queue.FREE, _("Nobody holds it")), (queue.MINE, _("Mine"))]


class FilterForm(forms.Form):
    """Any of them may be empty; what is not in a list is left out. Numbers count what is open."""

    origin = forms.ChoiceField(label=_("From"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    severity = forms.ChoiceField(label=_("Severity"), required=False, choices=[ALL, *SEVERITIES])
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[ALL, *Report.Reason.choices]
    )
    holder = forms.ChoiceField(label=_("Claimed"), required=False, choices=[ALL, *HOLDERS])
    age = forms.ChoiceField(
        label=_("Age of its owner"), required=False, choices=[ALL, *((a, a) for a in queue.AGES)]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[ALL, *settings.LANGUAGES]
    )
    region = forms.CharField(
        label=_("Region"),
        required=False,
        max_length=2,
        widget=forms.TextInput(attrs={"placeholder": "ES", "size": 3}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number_of = queue.counts()
        origins = [each for each in Case.Origin.choices if roles.may_open_origin(user, each[0])]
        self._counted("origin", origins, number_of)
        self._counted("kind", list(KINDS.items()), number_of)

    def _counted(self, name: str, choices: list[tuple[str, Any]], number_of: Any) -> None:
        numbers = number_of[name]
        told = [(value, f"{words} ({numbers[value]})") for value, words in choices]
        self.fields[name].choices = [ALL, *told]  # type: ignore[attr-defined]

    def clean_region(self) -> str:
        return self.cleaned_data["region"].upper()


def filters_of(request: HttpRequest, form: FilterForm) -> Filters:
    """What the address asks for."""
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    if "severity" in chosen:
        chosen["severity"] = int(chosen["severity"])
    state = request.GET.get("state", "")
    return Filters(state=state if state in Case.State.values else Case.State.OPEN, **chosen)
