"""The forms of videos: they parse shape; limits and rules come from actions and the model."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from videos.models import Audience, Comment, CommentFilter, Video


class UploadForm(forms.ModelForm):
    """A new video."""

    file = forms.FileField(
        label=_("Video"),
        widget=forms.FileInput(
            attrs={"accept": "video/mp4,video/quicktime,video/webm,.mp4,.mov,.webm"}
        ),
    )

    class Meta:
        model = Video
        fields = ("file", "caption", "audience", "alt_text", "lends_sound")
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
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # There is no list of friends here: that is in the editor.
        audience: Any = self.fields["audience"]
        audience.choices = [each for each in Audience.choices if each[0] != Audience.CHOSEN]


class FilmForm(forms.Form):
    """A film in place of another."""

    file = forms.FileField(
        label=_("New film"),
        help_text=_("MP4, MOV or WebM, up to 3 minutes and 200 MB"),
        widget=forms.FileInput(
            attrs={"accept": "video/mp4,video/quicktime,video/webm,.mp4,.mov,.webm"}
        ),
    )


class CommentForm(forms.ModelForm):
    """A comment; `parent` names the one it answers."""

    parent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Comment
        fields = ("body",)
        widgets = {"body": forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})}


class CommentFilterForm(forms.ModelForm):
    """Which comments one reads before others do; a word or a few on each line."""

    words = forms.CharField(
        label=_("Words"),
        required=False,
        help_text=_(
            "A word or phrase on each line; end a word with * to catch everything that begins with"
            " it. A comment with one of them waits until you let it through."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "data-behaviour": "autosize"}),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CommentFilter
        fields = ("words", "holds_links", "holds_all")

    def clean_words(self) -> list[str]:
        return str(self.cleaned_data["words"]).splitlines()

    def clean_seen(self) -> list[str]:
        return str(self.cleaned_data["seen"]).splitlines()

    def begin_anew(self, stored: dict[str, str], why: str) -> None:
        """The words typed stay, without what went meanwhile and with what came: saved again, both
        edits hold."""
        seen, now = self.cleaned_data["seen"], stored["words"].splitlines()
        gone = set(seen) - set(now)
        typed = [word for word in self.cleaned_data["words"] if word not in gone]
        words = [*typed, *(word for word in now if word not in {*seen, *typed})]
        self.data = {**self.data, **stored, "words": "\n".join(words)}
        self.add_error(None, why)
        self.add_error(None, _("Both changes are here: look, and save again."))
