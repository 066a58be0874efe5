"""What moderators fill in about a case."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models import Case, Report, SavedReply, User
from accounts.models.case_note import WORDS_LIMIT as NOTE_LIMIT
from accounts.models.decision import WORDS_LIMIT
from accounts.moderation.acts import (
    ACTS,
    LIMIT,
    LONGEST_LIMIT,
    LONGEST_SUSPENSION,
    PARTS,
    RESET,
    SUSPEND,
    Act,
)
from accounts.moderation.house_rules import HOUSE_RULES, USUAL

RULES = [(code, rule.name) for code, rule in HOUSE_RULES.items()]


def _days(longest: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Days"), required=False, min_value=1, max_value=longest, initial=7
    )


class DecideForm(forms.Form):
    """What is to be done about one case, or about several of which all can be treated so."""

    acts = forms.MultipleChoiceField(
        label=_("What we do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is to be done.")},
    )
    features = forms.MultipleChoiceField(
        label=_("Limited"),
        required=False,
        choices=list(policy.FEATURES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    parts = forms.MultipleChoiceField(
        label=_("Taken off"),
        required=False,
        choices=list(PARTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    limit_days = _days(LONGEST_LIMIT)
    suspend_days = _days(LONGEST_SUSPENSION)
    reason = forms.ChoiceField(label=_("Reason"), choices=Report.Reason.choices)
    rule = forms.ChoiceField(label=_("House rule"), choices=RULES)
    words = forms.CharField(
        label=_("What the person reads"),
        help_text=_("Why, in plain words. They also read the rule and how to appeal."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        validators=[MaxLengthValidator(WORDS_LIMIT)],
    )
    is_strike = forms.BooleanField(
        label=_("Counts as a strike for 90 days"), required=False, initial=True
    )

    def __init__(self, *args: Any, cases: list[Case], moderator: User, **kwargs: Any) -> None:
        first = cases[0]
        initial = {"reason": first.reason, "rule": USUAL.get(first.reason, "other")}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.offered = [act for act in ACTS.values() if all(act.is_for(case) for case in cases)]
        self.fields["acts"].choices = [  # type: ignore[attr-defined]
            (act.name, act.words) for act in self.offered
        ]
        self.replies = list(SavedReply.objects.offered_to(moderator))

    def decision(self) -> dict[str, Any]:
        """As `deciding.decide` takes it."""
        chosen = self.cleaned_data
        options = {
            LIMIT: {"features": chosen["features"], "days": chosen["limit_days"]},
            SUSPEND: {"days": chosen["suspend_days"]},
            RESET: {"parts": chosen["parts"]},
        }
        return {
            "acts": [(name, options.get(name, {})) for name in chosen["acts"]],
            **{name: chosen[name] for name in ("reason", "rule", "words", "is_strike")},
        }

    @cached_property
    def chosen(self) -> list[Act]:
        """What is ticked, for the preview of what the person reads."""
        return [act for act in self.offered if act.name in self.cleaned_data.get("acts", ())]


class WordsForm(forms.Form):
    """Why: for an undoing, a declined proposal, an answer to an appeal."""

    words = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        validators=[MaxLengthValidator(WORDS_LIMIT)],
    )


class NoteForm(forms.Form):
    """For the other moderators."""

    words = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        validators=[MaxLengthValidator(NOTE_LIMIT)],
    )
