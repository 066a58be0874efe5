"""The shape of what people submit on the pages of channels and fan groups; limits come from the
verbs."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class NewChannelForm(forms.Form):
    """A channel's name, handle and words."""

    title = forms.CharField(label=_("Name"), max_length=80)
    handle = forms.CharField(
        label=_("Handle"),
        max_length=31,
        help_text=_("Its address: letters, digits, dots and underscores."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autosize"}),
    )


class ChannelForm(forms.Form):
    """What its hosts decide about a channel beside its words."""

    handle = forms.CharField(label=_("Handle"), max_length=31)
    opens_replies = forms.BooleanField(label=_("Followers may reply to posts"), required=False)


class HostForm(forms.Form):
    """Whom to ask, by username."""

    username = forms.CharField(max_length=31)


class ReplyForm(forms.Form):
    """An answer to a post; `client_id` makes a second press harmless."""

    body = forms.CharField(strip=False, required=False, widget=forms.Textarea)
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_client_id(self) -> Any:
        return self.cleaned_data["client_id"] or uuid4()


class RulesForm(forms.Form):
    """What a group asks of whoever wants to join by themselves; all of it together."""

    follows = forms.BooleanField(label=_("They follow you"), required=False, initial=True)
    days = forms.IntegerField(
        label=_("for so many days"), required=False, min_value=0, max_value=365, initial=7
    )
    name = forms.CharField(
        label=_("They have bought"),
        max_length=50,
        required=False,
        help_text=_("What it is called in the shop, or nothing."),
    )
    code = forms.CharField(
        label=_("They know a code"),
        max_length=64,
        required=False,
        help_text=_("8 characters or more that you tell them, or nothing."),
    )

    def rules(self) -> list[dict[str, Any]]:
        """As the verbs take them."""
        wanted, rules = self.cleaned_data, []
        if wanted["follows"]:
            rules.append({"kind": "follows", "days": wanted["days"] or 0})
        rules += [{"kind": "entitlement", "name": wanted["name"]}] if wanted["name"] else []
        rules += [{"kind": "code", "code": wanted["code"]}] if wanted["code"] else []
        return rules


class FanGroupForm(RulesForm):
    """A group's name and words, and what it asks for: something, else nobody could join."""

    title = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-behaviour": "autosize"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.rules():
            self.add_error(None, _("Choose at least one thing that fans need to join."))
        return cleaned


class JoinRulesForm(RulesForm):
    """The same of a group that is there: `stored` are its rules' options by kind. A code is known
    to nobody once it is set, so it can only be kept or replaced."""

    keeps_code = forms.BooleanField(label=_("Keep the code that is set"), required=False)

    def __init__(
        self,
        *args: Any,
        creator: User | None,
        stored: Mapping[str, Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        self.stored = stored
        shown = {
            "follows": "follows" in stored,
            "days": stored.get("follows", {}).get("days", 7),
            "name": stored.get("entitlement", {}).get("name", ""),
            "keeps_code": self.has_code,
        }
        kwargs["initial"] = shown
        super().__init__(*args, **kwargs)
        # Whoever changes the rules may be an admin: fans follow the one who made the group.
        if creator is not None:
            self.fields["follows"].label = _("They follow %(name)s") % {"name": creator.name}

    @property
    def has_code(self) -> bool:
        """Whether a code is set now."""
        return "code" in self.stored

    def rules(self) -> list[dict[str, Any]]:
        rules = super().rules()
        if self.cleaned_data["keeps_code"] and self.has_code and not self.cleaned_data["code"]:
            rules.append({"kind": "code", **self.stored["code"]})
        return rules
