"""The shape of what people submit on chat's pages; limits come from models, rules from actions."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Conversation
from chat.models.message import BODY_LIMIT

SHARE_TARGETS = 5


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = type("FilesInput", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(each, initial) for each in data or []]


class MessageForm(forms.Form):
    """A message sent without JavaScript; `client_id` makes a second press harmless."""

    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    client_id = forms.CharField(required=False, widget=forms.HiddenInput)
    reply_to = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    attached = FilesField(required=False)
    thread = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean_client_id(self) -> Any:
        return self.cleaned_data["client_id"] or uuid4()


class TalkForm(MessageForm):
    """A message for now: words, files, one of one's own stickers, or something shared
    ("<kind>:<uuid>")."""

    sticker = forms.UUIDField(required=False)
    share = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


class StickerForm(forms.Form):
    """A picture that becomes a sticker."""

    file = forms.FileField()
    alt = forms.CharField(required=False, max_length=120)


class LocalMomentField(forms.DateTimeField):
    """A moment from `<input type="datetime-local">`, which is meant in the person's own zone."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class EditForm(forms.Form):
    """Other words for a message, or when to be reminded of it, without JavaScript."""

    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    at = LocalMomentField(required=False)


class PeopleField(forms.ModelMultipleChoiceField):
    """People by username, of those the person may see; others are unknown here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), to_field_name="username", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class PeopleForm(forms.Form):
    """Choosing people whom `viewer` may see."""

    people = PeopleField(error_messages={"required": _("Choose at least one person.")})

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = reachable(viewer)  # type: ignore[attr-defined]


class NewConversationForm(PeopleForm):
    """One person makes a direct conversation; several a group, which needs a name."""

    title = forms.CharField(
        max_length=80, required=False, label=_("Group name"), widget=forms.TextInput
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        people = cleaned.get("people")
        if people is not None and len(people) > 1 and not cleaned.get("title"):
            self.add_error("title", _("Give the group a name."))
        return cleaned


class ShareForm(PeopleForm):
    """Where a share goes and the words with it."""

    people = PeopleField(required=False)
    conversations = forms.ModelMultipleChoiceField(Conversation.objects.none(), required=False)
    group = forms.CharField(max_length=80, required=False)
    body = forms.CharField(max_length=BODY_LIMIT, required=False)
    client_id = forms.UUIDField(required=False)
    send_at = LocalMomentField(required=False)

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.viewer = viewer
        places = Conversation.objects.visible_to(viewer)
        self.fields["conversations"].queryset = places  # type: ignore[attr-defined]

    def clean_client_id(self) -> Any:
        return self.cleaned_data["client_id"] or uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [*cleaned.get("people", ()), *cleaned.get("conversations", ())]
        if not chosen and not self.errors:
            self.add_error(None, _("Choose who gets it."))
        if len(chosen) > SHARE_TARGETS:
            self.add_error(None, _("Send to at most 5 at a time."))
        if cleaned.get("group"):
            self._bring_together(cleaned)
        return cleaned

    def _bring_together(self, cleaned: dict[str, Any]) -> None:
        """Those with whom the person talks already stand in the sheet as conversations."""
        direct = [place for place in cleaned.get("conversations", ()) if place.is_direct]
        others = User.objects.filter(memberships__conversation__in=direct)
        known = [person.pk for person in cleaned.get("people", ())]
        cleaned["people"] = User.objects.filter(
            Q(pk__in=known) | Q(pk__in=others.exclude(pk=self.viewer.pk))
        )
        cleaned["conversations"] = [
            place for place in cleaned["conversations"] if not place.is_direct
        ]


class ForwardForm(ShareForm):
    """Where messages go; which they are stands in the address."""

    body = None  # type: ignore[assignment]
    group = None  # type: ignore[assignment]
    send_at = None  # type: ignore[assignment]


class PollForm(forms.Form):
    """A poll without JavaScript; chat/cards/polls.py reads it and knows its limits."""

    CHOICES = {
        "multiple": _("Several answers"),
        "anonymous": _("Nobody sees who voted"),
        "hidden": _("Results once it is closed"),
        "adding": _("Others may add answers"),
    }
    ROWS = 6  # answers that a page offers; the sheet adds more as one writes

    question = forms.CharField(required=False)
    closes_at = forms.DateTimeField(required=False)
    multiple = forms.BooleanField(required=False)
    anonymous = forms.BooleanField(required=False)
    hidden = forms.BooleanField(required=False)
    adding = forms.BooleanField(required=False)
    client_id = forms.CharField(required=False)

    def clean_client_id(self) -> Any:
        return self.cleaned_data["client_id"] or uuid4()

    @property
    def texts(self) -> list[str]:
        """The answers as they were sent, empty ones among them."""
        sent = self.data
        return sent.getlist("options") if isinstance(sent, QueryDict) else []

    def poll(self) -> dict[str, Any]:
        """What `send_message` takes as `poll`."""
        names = ("question", "closes_at", *self.CHOICES)
        return {name: self.cleaned_data[name] for name in names} | {
            "options": [text for text in self.texts if text.strip()]
        }

    def shown(self) -> dict[str, Any]:
        """What its template draws besides the fields."""
        texts = self.texts
        return {
            "texts": texts + [""] * (self.ROWS - len(texts)),
            "choices": [
                {"name": name, "label": label, "is_on": bool(self[name].value())}
                for name, label in self.CHOICES.items()
            ],
        }


def reachable(viewer: User) -> QuerySet[User]:
    """Everybody whose profile the person may open, but themselves."""
    return User.objects.visible_to(viewer).exclude(pk=viewer.pk)


class ScheduleForm(MessageForm):
    """A message for later."""

    send_at = LocalMomentField(label=_("When"))


class ScheduledForm(forms.Form):
    """Other words for a scheduled message, and another time."""

    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    send_at = LocalMomentField(label=_("When"))


class MomentForm(forms.Form):
    """Another time for a reminder."""

    at = LocalMomentField(label=_("When"))
