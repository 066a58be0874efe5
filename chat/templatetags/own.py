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
from chat.templatetags.chat import full_moment

register = template.Library()


@register.filter
def marked(excerpt: Excerpt) -> SafeString:
    """An excerpt, escaped, with what was looked for marked."""
    return format_html_join("", "{}", ((_piece(*piece),) for piece in excerpt.pieces))


def _piece(text: str, is_hit: bool) -> SafeString | str:
    return format_html("<mark>{}</mark>", text) if is_hit else text


@register.filter
def muted_words(membership: Membership) -> str:
    """Until when it is muted, in the person's zone and language; static/js/behaviours/
    own-settings.js says the same."""
    if membership.muted_until is None or not membership.is_muted:
        return _("Muted conversations make no sound and no number.")
    if membership.is_muted_for_good:
        return _("Muted until you unmute")
    return _("Muted until %s") % full_moment(membership.muted_until)


@register.inclusion_tag("chat/info/_own.html")
def own_settings(user: User, membership: Membership, card: dict[str, Any]) -> dict[str, Any]:
    """The viewer's own settings of a conversation; `card` is whose face stands for it."""
    form = SettingsForm.of(membership, str(card["id"]))
    return {
        "form": form,
        "membership": membership,
        "group": membership.conversation,
        "card": card,
        "time_zone": user.time_zone,
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
