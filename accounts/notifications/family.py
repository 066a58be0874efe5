"""What families are told of (R30, R9). Links cannot be turned off: nobody is guarded unawares."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import GuardianLink, TimeRequest, User
from accounts.notifications.kinds import Channel, Kind, Section, Target, Variants


def _to_link(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    """To the link while it stands, else to all there are."""
    standing = GuardianLink.objects.standing().of(viewer)
    known = set(standing.filter(pk__in=[line.about for line in lines]).values_list("pk", flat=True))
    return {
        line.pk: Target(
            reverse("accounts:family_link", args=[line.about])
            if line.about in known
            else reverse("accounts:family")
        )
        for line in lines
    }


def _to_request(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    """To the family page, where a question that waits has its buttons."""
    return {line.pk: Target(reverse("accounts:family")) for line in lines}


def _to_day(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    return {line.pk: Target(reverse("accounts:screen_time")) for line in lines}


def _waits(cause: Any, _receiver: UUID) -> bool:
    return TimeRequest.objects.filter(pk=cause.about, answered_at=None).exists()


def _kind(name: str, title: Any, alone: Any, **options: Any) -> Kind:
    """One of those that nobody turns off. They name the other by `name`, not as their actor: a
    block between two keeps neither from knowing who guards whom."""
    return Kind(
        f"accounts.{name}",
        Section.ACCOUNT,
        title=title,
        alone=alone,
        channels=frozenset(Channel),
        is_grouped=False,
        is_urgent=True,
        **{"targets": _to_link, **options},
    )


REQUEST = _kind(
    "family_request",
    _("Questions of guardians"),
    _("%(name)s wants to be your guardian here. Nothing happens before you say yes"),
)
LINKED = _kind("family_linked", _("New family pairings"), _("You are the guardian of %(name)s now"))
ENDED = _kind(
    "family_ended",
    _("Family pairings that end"),
    Variants(
        "by",
        {
            "other": _("%(name)s ended your family pairing"),
            "age": _("Your family pairing with %(name)s ended: it is there until 18"),
        },
    ),
)
TIGHTENED = Kind(
    "accounts.family_tightened",
    Section.ACCOUNT,
    title=_("What your guardian changes"),
    alone=_("%(name)s changed what holds for your account"),
    targets=_to_link,
)
ASKED = Kind(
    "accounts.more_time_asked",
    Section.ACCOUNT,
    title=_("Questions for more time"),
    alone=_("%(actor)s asks for 15 more minutes today"),
    targets=_to_request,
    stands=_waits,
    is_grouped=False,
    acts="accounts/_activity_more_time.html",
    never=frozenset({Channel.MAIL}),
)
ANSWERED = Kind(
    "accounts.more_time_answered",
    Section.ACCOUNT,
    title=_("Answers to your questions for more time"),
    alone=Variants(
        "answer",
        {
            "yes": _("%(actor)s gave you 15 more minutes"),
            "no": _("%(actor)s says: not now"),
        },
    ),
    targets=_to_day,
    is_grouped=False,
    never=frozenset({Channel.MAIL}),
)

KINDS = (REQUEST, LINKED, ENDED, TIGHTENED, ASKED, ANSWERED)
