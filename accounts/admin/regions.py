"""What is off where, as legal and seniors keep it: the page reads, and calls actions (R45)."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
)

from accounts import actions
from accounts.errors import Coded
from accounts.models import RegionRule
from accounts.models.region_rule import REASON_LIMIT
from accounts.regions import zones

STATES = {"now": "danger", "later": "warning", "over": "info"}
WORDS = {"now": _("Off now"), "later": _("Begins later"), "over": _("Over")}


def reason_field(language: str) -> str:
    """The name of the field in which the reason stands in this language."""
    return f"reason_{language}"


Reasons: Any = type(
    "Reasons",
    (forms.Form,),
    {
        reason_field(language): forms.CharField(
            label=format_lazy("{} ({})", _("Why"), name),
            required=False,
            max_length=REASON_LIMIT,
            widget=UnfoldAdminTextareaWidget,
            help_text=_("One or two plain sentences; people there read them as they stand."),
        )
        for language, name in settings.LANGUAGES
    },
)


class RegionRuleForm(forms.ModelForm, Reasons):
    """What to switch off, where, from when, and what people there read."""

    region = forms.ChoiceField(label=_("Region"), widget=UnfoldAdminSelectWidget)
    off_from = forms.SplitDateTimeField(
        label=_("Off from"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=_("Empty: from now on."),
    )
    off_until = forms.SplitDateTimeField(
        label=_("Off until"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=_("Empty: until somebody switches it on again."),
    )

    class Meta:
        model = RegionRule
        fields = ["region", "feature", "off_from", "off_until", "legal_reference"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(zones.countries().items(), key=lambda each: each[1])
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "---------"), *((code, f"{name} ({code})") for code, name in named)]

    def clean_off_from(self) -> Any:
        return self.cleaned_data["off_from"] or timezone.now()

    def reasons(self) -> dict[str, str]:
        """What people read, by language."""
        return {
            language: self.cleaned_data.get(reason_field(language), "")
            for language, _name in settings.LANGUAGES
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(words.strip() for words in self.reasons().values()):
            raise ValidationError(_("Say why, for those who live there."), code="region.no_reason")
        return cleaned


@admin.register(RegionRule)
class RegionRuleAdmin(ModelAdmin):
    """Which features are off in which regions; a rule is ended, never changed or deleted."""

    form = RegionRuleForm
    list_display = ["place", "feature", "state", "off_from", "off_until", "made_by"]
    list_filter = ["feature", "region"]
    list_select_related = ["made_by"]
    ordering = ["-off_from", "-pk"]
    actions = ["switch_on"]
    read_fields = (
        *("place", "feature", "state", "off_from", "off_until"),
        *("shown_reasons", "legal_reference", "made_by", "created_at"),
    )

    def get_fields(self, request: HttpRequest, obj: RegionRule | None = None) -> list[str]:
        if obj is not None:
            return list(self.read_fields)
        reasons = [reason_field(language) for language, _name in settings.LANGUAGES]
        return ["region", "feature", *reasons, "legal_reference", "off_from", "off_until"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.read_fields) if obj is not None else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RegionRule, form: Any, change: bool) -> None:
        if change:  # all that it shows can only be read
            return
        chosen = form.cleaned_data
        made = actions.switch_off(
            request.user,  # type: ignore[arg-type]
            region=chosen["region"],
            feature=chosen["feature"],
            reasons=form.reasons(),
            legal_reference=chosen["legal_reference"],
            off_from=chosen["off_from"],
            off_until=chosen["off_until"],
        )
        obj.pk = made.pk

    @admin.action(description=_("Switch on again"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet[RegionRule]) -> None:
        for rule in queryset:
            try:
                actions.switch_on(request.user, rule)  # type: ignore[arg-type]
            except Coded as error:
                self.message_user(request, f"{rule}: {error.detail}", messages.ERROR)
            else:
                self.message_user(request, _("%s is on again.") % rule, messages.SUCCESS)

    @display(description=_("region"), ordering="region")
    def place(self, rule: RegionRule) -> str:
        return f"{zones.countries().get(rule.region, rule.region)} ({rule.region})"

    @display(description=_("state"), label=STATES)
    def state(self, rule: RegionRule) -> tuple[str, Any]:
        now = timezone.now()
        if rule.holds(now):
            return "now", WORDS["now"]
        is_over = rule.off_until is not None and rule.off_until <= now
        return ("over", WORDS["over"]) if is_over else ("later", WORDS["later"])

    @display(description=_("reasons"))
    def shown_reasons(self, rule: RegionRule) -> str:
        return "\n".join(f"{language}: {words}" for language, words in rule.reasons.items())
