"""What is said of something shared, by its kind; static/js/talk/card.js says the same."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

SHARED = {
    "channel": gettext_noop("Shared a channel"),
    "collection": gettext_noop("Shared a collection"),
    "group_buy": gettext_noop("Shared a group buy"),
    "order": gettext_noop("Shared an order"),
    "product": gettext_noop("Shared a product"),
    "profile": gettext_noop("Shared a profile"),
    "sound": gettext_noop("Shared a sound"),
    "video": gettext_noop("Shared a video"),
}
GONE = {
    "channel": gettext_noop("This channel is not available to you."),
    "collection": gettext_noop("This collection is not available to you."),
    "group_buy": gettext_noop("This group buy is not available to you."),
    "order": gettext_noop("This order is not available to you."),
    "product": gettext_noop("This product is not available any more."),
    "profile": gettext_noop("This profile is not available to you."),
    "sound": gettext_noop("This sound is not available any more."),
    "video": gettext_noop("This video is not available to you."),
}


def shared_words(kind: str) -> str:
    """A message that holds nothing else, in a row of the inbox."""
    return _(SHARED.get(kind, gettext_noop("Shared something")))


def gone_words(kind: str) -> str:
    """In place of a card that the viewer may not see (any more)."""
    return _(GONE.get(kind, gettext_noop("This is not available to you.")))


def group_words(group: dict[str, Any]) -> str:
    """How a group that buys together stands; static/js/talk/together.js says the same."""
    if group["state"] == "complete":
        return _("Complete: everybody gets the price")
    if group["state"] == "expired":
        return _("Not enough people joined in time. Nobody pays")
    if group["state"] == "cancelled":
        return _("Called off. Nobody pays")
    left = group["people"] - group["filled"]
    sentence = ngettext(
        "%(filled)s of %(people)s in · %(left)s place left",
        "%(filled)s of %(people)s in · %(left)s places left",
        left,
    )
    return sentence % {"filled": group["filled"], "people": group["people"], "left": left}


def offer_words(together: dict[str, Any]) -> str:
    """What a product's shop offers to groups; static/js/talk/offer.js says the same."""
    return _("%(people)s together, %(percent)s %% off") % together
