"""The kinds of things that happen to group buys, and what their verbs say. `about` is the group;
nobody is named: who shares a group with whom is told on its page, across no block."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind, Section, Target, notify
from accounts.notifications.kinds import Variants
from commerce.models import GroupBuy


def _to_group(viewer: User, lines: Collection[Any]) -> Mapping[UUID, Target]:
    """To the group's page, while the receiver may see it."""
    groups = GroupBuy.objects.visible_to(viewer).filter(pk__in={line.about for line in lines})
    found = {group.pk: _target(group.share_card()) for group in groups}
    return {line.pk: found[line.about] for line in lines if line.about in found}


def _target(card: dict[str, Any]) -> Target:
    return Target(card["url"], card["title"], card["poster"])


GROUP_BUY = Kind(
    "commerce.group_buy",
    Section.SHOP,
    title=_("Your group buys"),
    alone=Variants(
        "step",
        {
            "complete": _("Your group is complete: you get %(product)s for less"),
            "expired": _("Not enough people joined in time for %(product)s. Nobody pays"),
            "cancelled": _("The group for %(product)s was called off. Nobody pays"),
            "full": _("Others were quicker: the group for %(product)s is full. You pay nothing"),
            "over": _("Your payment for %(product)s came after the end. You pay nothing"),
            "inside": _("You are in the group for %(product)s already, and pay for it once"),
            "unpaid": _("Your payment for %(product)s did not work, so your order is cancelled"),
        },
    ),
    targets=_to_group,
)
KINDS = (GROUP_BUY,)


def tell_of_group(group: GroupBuy) -> None:
    """All who have a place in it, and who started it, of how it ended (its state)."""
    concerned = set(group.places.values_list("person", flat=True))
    if group.starter_id is not None:
        concerned.add(group.starter_id)
    tell(group, concerned, group.state)


def tell_refused(group: GroupBuy, person_id: UUID, code: str) -> None:
    """Whoever paid and got no place; `code` is the refusal's, such as "group_buy.full"."""
    tell(group, {person_id}, code.rpartition(".")[2])


def tell(group: GroupBuy, concerned: Collection[UUID], step: str) -> None:
    """`step` is one that the kind has a sentence for."""
    notify("commerce.group_buy", concerned, about=group.pk, step=step, product=group.product.title)
