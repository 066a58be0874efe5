"""Group buys: offered by a shop, started by a buyer, filled by held payments, settled once.

Who holds a group's row decides: the last place, the end of its time and its cancelling are told
apart under that lock. The money follows by jobs, never inside a transaction.
"""

from datetime import timedelta
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from accounts import policy, ports
from accounts.models import User
from accounts.outbox import enqueue, enqueue_all
from commerce import people as staff
from commerce.models import GroupBuy, GroupBuyOffer, GroupBuyPlace, Product, Purchase
from commerce.models.group_buy import MOST_HOURS
from commerce.notifications.group_buys import tell, tell_of_group, tell_refused
from commerce.refusals import conflict, invalid, refused

State = GroupBuy.State
PEOPLE, HOURS = (2, 50), (1, MOST_HOURS)
MOST_OPEN = 5  # groups that one person has open at once: each is a card in somebody's conversation


# --- The shop -------------------------------------------------------------------------------------


@transaction.atomic
def offer(
    actor: User, product: Product, *, people: int, percent: Decimal, hours: int
) -> GroupBuyOffer:
    """Offer `percent` off to groups of `people` who find each other within `hours`. It replaces
    what was offered before; groups that were started keep what they were promised.

    Raises `Refused` (policy.R7, shop.not_yours), `ValidationError` (group_buy.people,
    group_buy.percent, group_buy.hours), `Http404` where the product is not the actor's to edit.
    """
    _permit_shop(actor, product)
    _check_bounds(people, percent, hours)
    Product.objects.select_for_update().get(pk=product.pk)  # two tabs: one offer at a time
    product.group_offers.filter(is_active=True).update(is_active=False)
    made = product.group_offers.create(people=people, percent=percent, hours=hours)
    ports.card_changed("product", product.pk)
    return made


@transaction.atomic
def end_offer(actor: User, product: Product) -> None:
    """No new groups are started; those that are open go on."""
    _permit_shop(actor, product)
    if product.group_offers.filter(is_active=True).update(is_active=False):
        ports.card_changed("product", product.pk)


def _permit_shop(actor: User, product: Product) -> None:
    policy.permit(policy.sell(actor.person))
    staff.demand(actor, product.shop, staff.PRODUCTS)


def _check_bounds(people: int, percent: Decimal, hours: int) -> None:
    if not PEOPLE[0] <= people <= PEOPLE[1]:
        raise invalid("group_buy.people", "people")
    if not 0 < percent < 100:
        raise invalid("group_buy.percent", "percent")
    if not HOURS[0] <= hours <= HOURS[1]:
        raise invalid("group_buy.hours", "hours")


# --- Buyers ---------------------------------------------------------------------------------------


@transaction.atomic
def start(person: User, offer: GroupBuyOffer, conversation: UUID | None = None) -> GroupBuy:
    """Open a group on what a shop offers; `conversation` is the id of the one it was started from.
    Again on the same offer and from there, it is the group that is still open. Starting takes no
    place: that is a purchase.

    Raises `Refused` (policy.R7, group_buy.too_many, shop.closed), `Http404` where the offer is over
    or the person does not see the product.
    """
    policy.permit(policy.buy(person.person))
    if not offer.is_active or not Product.objects.visible_to(person).filter(pk=offer.product_id):
        raise Http404
    if not offer.product.shop.sells:
        raise refused("shop.closed")
    User.objects.select_for_update().only("pk").get(pk=person.pk)  # two taps open one group
    own = GroupBuy.objects.open().filter(starter=person)
    if found := own.filter(offer=offer, conversation=conversation).first():
        return found
    if own.count() >= MOST_OPEN:
        raise refused("group_buy.too_many")
    return _open(person, offer, conversation)


def _open(person: User, offer: GroupBuyOffer, conversation: UUID | None) -> GroupBuy:
    now = timezone.now()
    return GroupBuy.objects.create(
        offer=offer,
        product=offer.product,
        starter=person,
        conversation=conversation,
        people=offer.people,
        percent=offer.percent,
        started_at=now,
        ends_at=now + timedelta(hours=offer.hours),
    )


def permit_joining(person: User, group: GroupBuy) -> None:
    """Raise where the person cannot take a place now; what they pay is looked at again when it is
    held, for others are quicker at times.

    Raises `Refused` (policy.R7), `Conflict` (group_buy.over, group_buy.full, group_buy.inside).
    """
    policy.permit(policy.buy(person.person))
    if code := _unfit(group, person.pk):
        raise conflict(code)


@transaction.atomic
def leave(person: User, group: GroupBuy) -> None:
    """Give one's place back while the group waits: the payment is let go. Without a place nothing
    happens; once the group is complete it is an order to cancel (`Conflict`, group_buy.over)."""
    group = _held(group.pk)
    place = group.places.filter(person=person).first()
    if place is None:
        return
    if group.state != State.OPEN:
        raise conflict("group_buy.over")
    place.delete()
    group.filled -= 1
    group.save(update_fields=["filled"])
    _let_go(place.purchase_id)
    ports.card_changed("group_buy", group.pk)


# --- What payments and the clock bring about ------------------------------------------------------


@transaction.atomic
def held(purchase: Purchase) -> None:
    """The money of a place is held: the place is taken, and with the last one the group is
    complete and all are charged. Who came too late, or twice, gets the money back at once."""
    if purchase.group_buy_id is None or purchase.buyer_id is None:
        return
    group = _held(purchase.group_buy_id)
    if group.places.filter(purchase=purchase).exists():
        return
    if code := _unfit(group, purchase.buyer_id):
        _let_go(purchase.pk)
        tell_refused(group, purchase.buyer_id, code)
        return
    _take_place(group, purchase)
    if not group.places_left:
        _settle(group, State.COMPLETE)
    ports.card_changed("group_buy", group.pk)


@transaction.atomic
def lapsed(purchase: Purchase) -> None:
    """The money of a place is held no more: while the group waits, somebody else may take it; once
    it is complete, whose place it was hears that it is theirs no more."""
    if purchase.group_buy_id is None:
        return
    group = _held(purchase.group_buy_id)
    place = group.places.filter(purchase=purchase).first()
    if place is None:
        return
    if group.state == State.COMPLETE:
        tell(group, {place.person_id}, "unpaid")
    if group.state != State.OPEN:
        return
    place.delete()
    group.filled -= 1
    group.save(update_fields=["filled"])
    ports.card_changed("group_buy", group.pk)


def expire() -> int:
    """Settle each group whose time ran out: every payment is let go and everybody told. How many
    there were."""
    overdue = list(GroupBuy.objects.overdue().values_list("pk", flat=True)[:500])
    return sum(_expire(key) for key in overdue)


@transaction.atomic
def cancel_for(*, shop_id: UUID | None = None, product_id: UUID | None = None) -> None:
    """A shop was suspended or closed, or a product taken down: none of its open groups comes
    about. Call it in the transaction of that."""
    concerned = Q(product__shop=shop_id) if shop_id else Q(product=product_id)
    groups = GroupBuy.objects.filter(concerned, state=State.OPEN).order_by("pk")
    for key in groups.values_list("pk", flat=True):
        group = _held(key)
        if group.state == State.OPEN:
            _settle(group, State.CANCELLED)
            ports.card_changed("group_buy", group.pk)


@transaction.atomic
def _expire(key: UUID) -> bool:
    group = _held(key)
    if group.state != State.OPEN:  # its last place was taken, or another worker was quicker
        return False
    _settle(group, State.EXPIRED)
    ports.card_changed("group_buy", group.pk)
    return True


def _held(key: UUID) -> GroupBuy:
    """As it is now, locked until the transaction ends. Whoever holds a purchase may ask for it,
    never the other way round."""
    groups = GroupBuy.objects.select_for_update(of=("self",)).select_related("product__shop")
    return groups.get(pk=key)


def _unfit(group: GroupBuy, person_id: UUID) -> str:
    """Why the person cannot take a place, as a code; "" where they can."""
    if group.places.filter(person=person_id).exists():
        return "group_buy.inside"
    if group.state == State.COMPLETE:
        return "group_buy.full"
    return "" if group.is_open else "group_buy.over"


def _take_place(group: GroupBuy, purchase: Purchase) -> None:
    buyer = cast("UUID", purchase.buyer_id)  # a purchase for a group has one
    GroupBuyPlace.objects.create(group_buy=group, person_id=buyer, purchase=purchase)
    group.filled += 1
    group.save(update_fields=["filled"])


def _settle(group: GroupBuy, state: GroupBuy.State) -> None:
    """For good: the money is taken where it is complete, else let go, place by place; a payment
    that fails now costs its own buyer the order, and nobody else the price."""
    group.state = state
    group.settled_at = timezone.now()
    group.save(update_fields=["state", "settled_at"])
    task = "commerce.capture_place" if state == State.COMPLETE else "commerce.release_place"
    purchases = group.places.order_by("pk").values_list("purchase", flat=True)
    enqueue_all((task, {"purchase_id": str(key)}) for key in purchases)
    tell_of_group(group)


def _let_go(purchase_id: UUID) -> None:
    enqueue("commerce.release_place", purchase_id=str(purchase_id))
