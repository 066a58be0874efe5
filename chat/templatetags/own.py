"""What a person's own list and settings say with tags and filters."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from chat import pages
from chat.forms.own import SPANS, SettingsForm
from chat.models import Membership
from chat.search.excerpts import Excerpt

register = template.Library()


@register.filter
def marked(excerpt: Excerpt) -> SafeString:
    """An excerpt, escaped, with what was looked for marked."""
    return format_html_join("", "{}", ((_piece(*piece),) for piece in excerpt.pieces))


def _piece(text: str, is_hit: bool) -> SafeString | str:
    return format_html("<mark>{}</mark>", text) if is_hit else text


@register.inclusion_tag("chat/info/_own.html")
def own_settings(user: User, membership: Membership, card: dict[str, Any]) -> dict[str, Any]:
    """The viewer's own settings of a conversation; `card` is whose face stands for it."""
    form = SettingsForm.of(membership, str(card["id"]))
    return {
        "form": form,
        "membership": membership,
        "group": membership.conversation,
        "card": card,
        "spans": SPANS[1:],
        "folders": pages.folders_of(user),
    }


@register.simple_tag
def kind_name(kind: str) -> str:
    """A kind of message as a tab names it."""
    names = {
        "media": _("Photos and videos"),
        "photo": _("Photos"),
        "video": _("Videos"),
        "link": _("Links"),
        "file": _("Files"),
        "voice": _("Voice"),
        "share": _("Shared"),
        "poll": _("Polls"),
        "sticker": _("Stickers"),
        "product": _("Products"),
    }
    return names.get(kind, kind.capitalize())
