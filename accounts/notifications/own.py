"""What accounts itself tells of: follows, requests, and what happens to the account."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Follow, User
from accounts.notifications.kinds import Cause, Channel, Kind, Section, Target, Variants
from accounts.reading import ANY_ID, NOBODY, OTHER_ID, Prepared


def _to_requests(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    return {line.pk: Target(reverse("accounts:follow_requests")) for line in lines}


def _to_followers(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    """One follower is looked at, of several the list."""
    several = reverse("accounts:followers", args=[viewer.username])
    return {line.pk: Target(several if line.actor_count > 1 else "") for line in lines}


def _to_settings(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    """To where it can be undone; with the device that did it, where one is known."""
    settings = reverse("accounts:settings")
    return {line.pk: Target(settings, str(line.words.get("device", ""))) for line in lines}


def _to_data(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    return {line.pk: Target(reverse("accounts:data")) for line in lines}


def _follows(cause: Cause, receiver: UUID) -> bool:
    return bool(_following(NOBODY, cause.actor, receiver))


_following = Prepared(
    lambda _viewer, follower, followed: (
        Follow.objects.accepted().filter(follower=follower, followed=followed).values_list("pk")
    ),
    *(ANY_ID, OTHER_ID),
)


def _asks(cause: Cause, receiver: UUID) -> bool:
    return Follow.objects.waiting().filter(follower=cause.actor, followed=receiver).exists()


def _accepted(cause: Cause, receiver: UUID) -> bool:
    return bool(_following(NOBODY, receiver, cause.actor))


FOLLOW = Kind(
    "accounts.follow",
    Section.FOLLOWS,
    title=_("New followers"),
    alone=_("%(actor)s follows you"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other follow you",
        "%(actor)s and %(number)s others follow you",
        "number",
    ),
    targets=_to_followers,
    stands=_follows,
    acts="accounts/_activity_follow.html",
)
FOLLOW_REQUEST = Kind(
    "accounts.follow_request",
    Section.FOLLOWS,
    title=_("Requests to follow you"),
    alone=_("%(actor)s asks to follow you"),
    together=ngettext_lazy(
        "%(actor)s and %(number)s other ask to follow you",
        "%(actor)s and %(number)s others ask to follow you",
        "number",
    ),
    targets=_to_requests,
    stands=_asks,
    acts="accounts/_activity_request.html",
)
FOLLOW_ACCEPTED = Kind(
    "accounts.follow_accepted",
    Section.FOLLOWS,
    title=_("Answers to your requests"),
    alone=_("%(actor)s accepted: you see their videos now"),
    stands=_accepted,
    is_grouped=False,
)
SESSIONS_ENDED = Kind(
    "accounts.sessions_ended",
    Section.ACCOUNT,
    title=_("Your account's safety"),
    alone=_("All devices were signed out of your account"),
    targets=_to_settings,
    channels=frozenset(Channel),
    is_urgent=True,
    asks_who=True,
)

NEW_DEVICE = Kind(
    "accounts.new_device",
    Section.ACCOUNT,
    title=_("Sign-ins on new devices"),
    alone=_("Your account was signed in to on a new device"),
    targets=_to_settings,
    channels=frozenset(Channel),
    is_grouped=False,
    is_urgent=True,
    asks_who=True,
)
CREDENTIALS = Kind(  # by the last word of allauth's name for the change
    "accounts.credentials",
    Section.ACCOUNT,
    title=_("Changes of how you sign in"),
    alone=Variants(
        "change",
        {
            "password_changed": _("Your password was changed"),
            "password_set": _("Your account has a password now"),
            "password_reset": _("Your password was reset"),
            "email_changed": _("The mail address of your account was changed"),
            "email_deleted": _("A mail address was taken out of your account"),
            "totp_activated": _("Two-step sign-in was turned on"),
            "totp_deactivated": _("Two-step sign-in was turned off"),
            "webauthn_added": _("A passkey was added to your account"),
            "webauthn_removed": _("A passkey was taken out of your account"),
            "recovery_codes_generated": _("New recovery codes were made for your account"),
        },
    ),
    targets=_to_settings,
    channels=frozenset(Channel),
    is_grouped=False,
    is_urgent=True,
    asks_who=True,
)

EXPORT_READY = Kind(
    "accounts.export_ready",
    Section.ACCOUNT,
    title=_("Copies of your data"),
    alone=_("A copy of your data was made. You can fetch it for 24 hours"),
    targets=_to_data,
    channels=frozenset(Channel),
    is_grouped=False,
    is_urgent=True,
)

KINDS = (
    FOLLOW,
    FOLLOW_REQUEST,
    FOLLOW_ACCEPTED,
    SESSIONS_ENDED,
    NEW_DEVICE,
    CREDENTIALS,
    EXPORT_READY,
)
