"""Affiliate programmes: what a shop offers to creators, and who takes part."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import User
from commerce import people
from commerce.models import Product, Programme, ProgrammeMember, Shop
from commerce.refusals import invalid, refused

State = ProgrammeMember.State
LEAST, MOST = Decimal("0.01"), Decimal(80)


# --- The shop -------------------------------------------------------------------------------------


@transaction.atomic
def offer(
    actor: User, shop: Shop, *, product: Product | None = None, percent: Decimal, is_open: bool
) -> Programme:
    """Offer creators a percentage for one product, or for all without a programme of their own.
    What was offered before is changed; orders keep the rate they were placed at.

    Raises `Refused` (policy.R7, shop.not_yours), `ValidationError` (programme.percent), and
    `Http404` for another shop and its products.
    """
    _permit_shop(actor, shop)
    _check_percent(percent)
    if product is not None and product.shop_id != shop.pk:
        raise Http404
    programme, _is_new = Programme.objects.update_or_create(
        shop=shop,
        product=product,
        is_active=True,
        defaults={"percent": percent, "is_open": is_open},
    )
    return programme


def end(actor: User, programme: Programme) -> None:
    """Offer it no longer; what was ordered before still counts."""
    _permit_shop(actor, programme.shop)
    Programme.objects.filter(pk=programme.pk).update(is_active=False)


@transaction.atomic
def invite(
    actor: User, programme: Programme, creator: User, *, percent: Decimal | None = None
) -> ProgrammeMember:
    """Ask a creator to take part, perhaps at a rate of their own. Who takes part already has that
    rate from now on.

    Raises `Refused` (policy.R7, shop.not_yours, programme.own, programme.unreachable), `Http404`
    for another shop's, `ValidationError` (programme.percent).
    """
    _permit_shop(actor, programme.shop)
    _check_percent(percent)
    if programme.shop.owner_id == creator.pk:
        raise refused("programme.own")
    if policy.earn(creator.person):  # said without the reason: it would tell their age
        raise refused("programme.unreachable")
    member, is_new = ProgrammeMember.objects.select_for_update().get_or_create(
        programme=programme, creator=creator, defaults={"state": State.INVITED, "percent": percent}
    )
    if not is_new:
        _set(member, percent=percent, state=State.IN if member.is_in else State.INVITED)
    return member


def set_rate(actor: User, member: ProgrammeMember, percent: Decimal | None) -> None:
    """Give a creator a rate of their own, or (None) the programme's."""
    _permit_shop(actor, member.programme.shop)
    _check_percent(percent)
    _set(member, percent=percent)


def remove(actor: User, member: ProgrammeMember) -> None:
    """Let somebody take part no longer; they come back only by an invitation."""
    _permit_shop(actor, member.programme.shop)
    _set(member, state=State.REMOVED)


# --- The creator ----------------------------------------------------------------------------------


@transaction.atomic
def join(creator: User, programme: Programme) -> ProgrammeMember:
    """Take part; doing so again changes nothing.

    Raises `Refused` (policy.R7, programme.own, programme.removed), `Http404` where it is over, or
    takes invited creators only.
    """
    policy.permit(policy.earn(creator.person))
    if programme.shop.owner_id == creator.pk:
        raise refused("programme.own")
    member = programme.members.select_for_update().filter(creator=creator).first()
    if not programme.is_active or not (programme.is_open or member):
        raise Http404
    if member is None:
        return programme.members.create(creator=creator, state=State.IN)
    if member.state == State.REMOVED:
        raise refused("programme.removed")
    if not member.is_in:
        _set(member, state=State.IN, since=timezone.now())
    return member


def leave(creator: User, programme: Programme) -> None:
    """Take part no longer, or say no to an invitation; what was sold before still counts."""
    found = programme.members.filter(creator=creator, state__in=(State.INVITED, State.IN))
    found.update(state=State.LEFT)


def _set(member: ProgrammeMember, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(member, name, value)
    member.save(update_fields=list(facts))


def _permit_shop(actor: User, shop: Shop) -> None:
    policy.permit(policy.sell(actor.person))
    people.demand(actor, shop, people.MONEY)


def _check_percent(percent: Decimal | None) -> None:
    if percent is not None and not LEAST <= percent <= MOST:
        raise invalid("programme.percent", "percent")
