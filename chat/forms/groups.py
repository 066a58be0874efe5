"""The shape of what people submit on a group's pages; limits come from the verbs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat import rights
from chat.models.charter import QUESTIONS_LIMIT

DAY = 24 * 60 * 60


class AboutForm(forms.Form):
    """What a group is called and says of itself; a field that is not sent stays as it is."""

    title = forms.CharField(label=_("Group name"))
    description = forms.CharField(required=False, widget=forms.Textarea)
    rules = forms.CharField(required=False, widget=forms.Textarea)

    def words(self) -> dict[str, str]:
        """Description and rules, as far as they were sent."""
        sent = [name for name in ("description", "rules") if name in self.data]
        return {name: self.cleaned_data[name] for name in sent}


class RightsForm(forms.Form):
    """The lowest role of each right, by the right's name; the page offers `ROLES`."""

    ROLES = (
        (rights.Role.MEMBER, _("Everybody")),
        (rights.Role.MODERATOR, _("Moderators and admins")),
        (rights.Role.ADMIN, _("Admins only")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for right in rights.Right:
            self.fields[right] = forms.CharField(required=False, max_length=16)

    def lowest(self) -> dict[str, str]:
        """Those that were sent."""
        return {right: role for right, role in self.cleaned_data.items() if role}


class SlowForm(forms.Form):
    """Seconds between two messages."""

    CHOICES = (
        (0, _("Off")),
        (10, _("10 seconds")),
        (30, _("30 seconds")),
        (60, _("1 minute")),
        (5 * 60, _("5 minutes")),
        (15 * 60, _("15 minutes")),
        (60 * 60, _("1 hour")),
    )
    seconds = forms.IntegerField(min_value=0)


class QuietForm(forms.Form):
    """From when until when, and where."""

    start = forms.TimeField()
    end = forms.TimeField()
    time_zone = forms.CharField(required=False, max_length=64)


class WordsForm(forms.Form):
    """A word or phrase on each line."""

    words = forms.CharField(required=False, max_length=20_000)
    action = forms.CharField(required=False, max_length=16)

    def clean_words(self) -> list[str]:
        return str(self.cleaned_data["words"]).splitlines()

    def clean_action(self) -> str | None:
        return self.cleaned_data["action"] or None


class JoiningForm(forms.Form):
    """How people come in."""

    approves_joins = forms.BooleanField(required=False)
    shows_history = forms.BooleanField(required=False)

    def questions(self) -> list[str]:
        """As many as were written; the page has room for three."""
        return self.data.getlist("questions")  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """A link: how long in seconds, for how many, with approval or not."""

    LASTING = (
        ("", _("Always")),
        (60 * 60, _("1 hour")),
        (DAY, _("1 day")),
        (7 * DAY, _("7 days")),
        (30 * DAY, _("30 days")),
    )
    USES = (("", _("Everybody")), (1, "1"), (10, "10"), (25, "25"), (100, "100"))
    label = forms.CharField(required=False)
    seconds = forms.IntegerField(required=False)
    use_limit = forms.IntegerField(required=False)
    asks_approval = forms.BooleanField(required=False)


class JoinForm(forms.Form):
    """A yes, and answers to the group's questions in their order."""

    accepted = forms.BooleanField(required=False)

    def answers(self) -> list[str]:
        """Of each question, empty where nothing was said."""
        return self.data.getlist("answers")[: 2 * QUESTIONS_LIMIT]  # type: ignore[attr-defined]


class SilenceForm(forms.Form):
    """For how many seconds; 0 lifts it."""

    CHOICES = (
        (60 * 60, _("For 1 hour")),
        (8 * 60 * 60, _("For 8 hours")),
        (DAY, _("For 1 day")),
        (7 * DAY, _("For 7 days")),
    )
    seconds = forms.IntegerField(min_value=0)
