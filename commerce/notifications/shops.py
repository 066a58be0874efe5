"""The kinds of things that happen to shops: reviews of applications, jobs, imports."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind, Section, Target
from accounts.notifications.kinds import Variants


def _to(route: str) -> Any:
    def targets(_viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
        return {line.pk: Target(reverse(route)) for line in lines}

    return targets


APPLICATION = Kind(
    "commerce.application",
    Section.SHOP,
    title=_("Your request to sell"),
    alone=Variants(
        "answer",
        {
            "accepted": _("%(shop)s is open: you can sell now"),
            "refused": _("%(shop)s could not be accepted like this. Read why, and ask again"),
        },
    ),
    targets=_to("commerce:sell"),
    is_grouped=False,
)
STAFF_INVITE = Kind(
    "commerce.staff_invite",
    Section.SHOP,
    title=_("Requests to work for a shop"),
    alone=_("%(actor)s asks you to work for %(shop)s"),
    targets=_to("commerce:sell"),
    is_grouped=False,
)
STAFF_ACCEPTED = Kind(
    "commerce.staff_accepted",
    Section.SHOP,
    title=_("Answers of people you asked"),
    alone=_("%(actor)s works for %(shop)s now"),
    targets=_to("commerce:sell-staff"),
    is_grouped=False,
)
IMPORTED = Kind(
    "commerce.imported",
    Section.SHOP,
    title=_("Imports of products"),
    alone=_("Your import is done: %(made)s new, %(changed)s changed, %(refused)s refused"),
    targets=_to("commerce:sell-import"),
    is_grouped=False,
)
WEBHOOK_OFF = Kind(  # `about` is the webhook
    "commerce.webhook_off",
    Section.SHOP,
    title=_("Webhooks that were turned off"),
    alone=_("%(shop)s tells %(address)s nothing any more: it did not answer. Look at its log"),
    targets=_to("commerce:sell-webhooks"),
    is_grouped=False,
)

KINDS = (APPLICATION, STAFF_INVITE, STAFF_ACCEPTED, IMPORTED, WEBHOOK_OFF)
