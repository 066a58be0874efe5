"""The kind of what happens to payouts, and what is said of them. `about` is the payout."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind, Section, Target, notify
from accounts.notifications.kinds import Variants
from commerce.models import Payout
from commerce.people import MONEY, people_with
from commerce.templatetags.shop import money


def _to_payout(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    """To its statement, for whom it was."""
    own = Payout.objects.filter(Q(creator=viewer) | Q(shop__owner=viewer))
    found = set(own.filter(pk__in={line.about for line in lines}).values_list("pk", flat=True))
    return {
        line.pk: Target(reverse("commerce:payout", args=[line.about]))
        for line in lines
        if line.about in found
    }


PAYOUT = Kind(
    "commerce.payout",
    Section.SHOP,
    title=_("Your payouts"),
    alone=Variants(
        "step",
        {
            "paid": _("%(amount)s are on their way to your bank account"),
            "failed": _("%(amount)s could not be paid out. Look where your money goes"),
        },
    ),
    targets=_to_payout,
    is_grouped=False,
)
KINDS = (PAYOUT,)


def tell_receiver(payout: Payout, step: str) -> None:
    """Whoever it was for; `step` is one that the kind has a sentence for."""
    people = people_with(payout.shop, MONEY) if payout.shop else [payout.creator_id]
    concerned = [person for person in people if person is not None]
    amount = money(payout.amount, payout.currency)
    notify("commerce.payout", concerned, about=payout.pk, step=step, amount=amount)
