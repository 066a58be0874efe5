"""The forms in which an author says what a video is, who may watch it and what others may do.

They parse shape and show what is locked, and why; the rules themselves are asked by the actions.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models import User
from videos import rights
from videos.models import Circle, Video, VideoSettings
from videos.refusals import SENTENCES

WORDS = ("caption", "alt_text", "audience", "chosen", "lends_sound")
LABELS = ("is_ai_made", "is_paid_partnership", "is_sensitive")
SWITCHES = ("lends_sound", *LABELS)


def _lock(field: forms.Field, why: Any) -> None:
    """Show it as it is, with the reason why it cannot be changed."""
    field.disabled = True
    field.help_text = str(why)


class PermissionFields:
    """Choices of those circles alone that are open to the author (R5)."""

    fields: dict[str, Any]
    initial: Any
    cleaned_data: dict[str, Any]

    def offer_permissions(self, author: User, kept: Any) -> None:
        """`kept` is the video, or the settings, whose permissions are shown."""
        labels = dict(Circle.choices)
        for name in kept.NAMES:
            field = self.fields[name]
            circles = rights.circles_for(author, name)
            field.choices = [(circle, labels[Circle(circle)]) for circle in circles]
            self.initial[name] = rights.effective(author, name, getattr(kept, name))
            field.help_text = rights.permission_lock(author, name)
            field.disabled = len(circles) == 1
            field.required = False
            field.widget.attrs["class"] = "input"

    def decided(self, *names: str) -> dict[str, Any]:
        """What was said under these names: not what is locked, nor a permission that was not
        sent."""
        said = {name: self.cleaned_data[name] for name in names if not self.fields[name].disabled}
        return {name: value for name, value in said.items() if value or name not in Video.NAMES}


class DescriptionForm(PermissionFields, forms.ModelForm):
    """All that an author says about a video."""

    chosen = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Chosen friends"),
        required=False,
        to_field_name="username",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are not told. Whoever stops being your friend leaves the list."),
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive"),
        required=False,
        help_text=_("Covered until somebody wants to see it, and not shown under 18."),
    )

    class Meta:
        model = Video
        fields: tuple[str, ...] = (*WORDS, *Video.NAMES, *LABELS[:2])
        widgets = {
            "caption": forms.Textarea(
                attrs={"rows": 3, "dir": "auto", "data-behaviour": "autosize"}
            ),
            "alt_text": forms.TextInput(attrs={"dir": "auto"}),
        }
        help_texts = {
            "caption": _("Name topics with # and people with @."),
            "alt_text": _("What happens in it, for people who cannot see it."),
            "lends_sound": _("You can take it back at any time."),
            "is_ai_made": _("It shows what never happened, or people who never said so."),
            "is_paid_partnership": _("Somebody pays you for it, in money or in things."),
        }

    def __init__(self, *args: Any, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        friends = User.objects.active().friends_of(author).order_by("display_name", "username")
        self.fields["chosen"].queryset = friends
        self.initial["is_sensitive"] = self.instance.is_sensitive
        self.offer_permissions(author, self.instance)
        locked = rights.locks(author, self.instance)
        for name in LABELS:
            if name in locked:
                _lock(self.fields[name], locked[name])
        for name in SWITCHES:
            self.fields[name].widget.attrs.update({"class": "switch", "role": "switch"})

    @property
    def said(self) -> dict[str, Any]:
        """What the author said, as actions take it."""
        return self.decided(*self.Meta.fields, "is_sensitive")


class PostForm(DescriptionForm):
    """What is said about a draft when it is posted; without a time it goes out at once."""

    publish_at = forms.DateTimeField(
        label=_("When it goes out"),
        required=False,
        help_text=_("Leave this empty to post it now. Times are in your own zone."),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )


class VideoSettingsForm(PermissionFields, forms.ModelForm):
    """How one's videos begin, and what one is shown; with `only` the form is about that one choice
    and leaves the others alone."""

    class Meta:
        model = VideoSettings
        fields = (*VideoSettings.NAMES, "shows_sensitive")

    def __init__(self, *args: Any, author: User, only: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_permissions(author, self.instance)
        switch: Any = self.fields["shows_sensitive"]
        switch.widget.attrs.update({"class": "switch", "role": "switch"})
        if not policy.sees_sensitive(author.person):
            _lock(switch, SENTENCES["label.adults_only"])
        if only in self.fields:
            self.fields = {only: self.fields[only]}

    @property
    def said(self) -> dict[str, Any]:
        """What the person decided, as actions take it."""
        return self.decided(*self.fields)
