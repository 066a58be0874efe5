"""The shape of what people set for themselves on chat's pages: settings and folders."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chat.models import Colour, Conversation, Membership, Notify, Wallpaper

SPANS = [
    ("off", _("Not muted")),
    ("1h", _("For 1 hour")),
    ("8h", _("For 8 hours")),
    ("forever", _("Until I unmute")),
]


class SettingsForm(forms.Form):
    """All of a person's settings of one conversation; `muted` empty leaves it as it is."""

    notify = forms.ChoiceField(
        label=_("Notifications"), choices=Notify.choices, widget=forms.RadioSelect
    )
    muted = forms.ChoiceField(label=_("Mute"), choices=[("", ""), *SPANS], required=False)
    shows_reading = forms.BooleanField(label=_("Read receipts"), required=False)
    shows_typing = forms.BooleanField(label=_("Typing"), required=False)
    pinned = forms.BooleanField(label=_("Pinned to the top"), required=False)
    archived = forms.BooleanField(label=_("In the archive"), required=False)
    colour = forms.ChoiceField(
        label=_("Colour"), choices=Colour.choices, required=False, widget=forms.RadioSelect
    )
    wallpaper = forms.ChoiceField(
        label=_("Wallpaper"), choices=Wallpaper.choices, required=False, widget=forms.RadioSelect
    )
    nickname = forms.CharField(label=_("Nickname"), required=False)

    @classmethod
    def of(
        cls, membership: Membership, other_id: str = "", submitted: Any = None
    ) -> "SettingsForm":
        """Filled with what is set now; `other_id` is the other person of a direct conversation."""
        fields = ("notify", "shows_reading", "shows_typing", "colour", "wallpaper")
        now = {name: getattr(membership, name) for name in fields}
        return cls(
            submitted,
            initial={
                **now,
                "pinned": membership.is_pinned,
                "archived": membership.is_archived(membership.conversation.last_seq),
                "nickname": (membership.nicknames or {}).get(other_id, ""),
            },
        )


class FolderForm(forms.Form):
    """A folder's name and what lies in it."""

    name = forms.CharField(label=_("Name"))
    conversations = forms.ModelMultipleChoiceField(Conversation.objects.none(), required=False)

    def __init__(self, *args: Any, places: QuerySet[Conversation] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if places is not None:
            self.fields["conversations"].queryset = places  # type: ignore[attr-defined]
