"""What may be off in a region (R45)."""

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, openly

APP, SIGN_UP, MESSAGES, GROUPS, CHANNELS, VIDEOS, UPLOAD, COMMENTS, SHOP = FEATURES = (
    "app",
    "sign_up",
    "messages",
    "groups",
    "channels",
    "videos",
    "upload",
    "comments",
    "shop",
)

# What each is a part of: without that it is not there either.
_PART_OF = {
    SIGN_UP: APP,
    MESSAGES: APP,
    GROUPS: MESSAGES,
    CHANNELS: MESSAGES,
    VIDEOS: APP,
    UPLOAD: VIDEOS,
    COMMENTS: VIDEOS,
    SHOP: APP,
}

_SENTENCES = {
    APP: _("Medley is not available where you are right now."),
    SIGN_UP: _("New accounts cannot be opened where you are right now."),
    MESSAGES: _("Messages are not available where you are right now."),
    GROUPS: _("Groups are not available where you are right now."),
    CHANNELS: _("Channels are not available where you are right now."),
    VIDEOS: _("Videos are not available where you are right now."),
    UPLOAD: _("Posting videos is not available where you are right now."),
    COMMENTS: _("Comments are not available where you are right now."),
    SHOP: _("The shop is not available where you are right now."),
}


def with_wholes(feature: str) -> list[str]:
    """The feature, then what it is a part of, up to the app."""
    found = [feature]
    while found[-1] in _PART_OF:
        found.append(_PART_OF[found[-1]])
    return found


def off_because_of(feature: str, off: frozenset[str]) -> str | None:
    """Which of what is `off` in a region takes the feature along: the widest; None where none."""
    return next((each for each in reversed(with_wholes(feature)) if each in off), None)


def region_off(feature: str, off: frozenset[str]) -> Refusal | None:
    """R45: where a feature, or what it is a part of, is among what is `off`, nobody uses it.

    Taking one's data along and leaving are no feature, and never off.
    """
    cause = off_because_of(feature, off)
    return openly("R45", _SENTENCES[cause]) if cause else None
