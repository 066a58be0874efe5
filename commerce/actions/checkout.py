"""Placing an order: what is paid at once, decided by the server alone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.errors import Conflict
from accounts.models import User
from accounts.outbox import enqueue
from accounts.reading import ANY_ID, ANY_WORD, Prepared
from commerce import meeting, stock
from commerce.actions import group_buys, purchases
from commerce.commission import percents_for
from commerce.models import (
    Address,
    CartLine,
    Coupon,
    CouponUse,
    GroupBuy,
    Order,
    OrderLine,
    Purchase,
    ShippingRate,
)
from commerce.payments.opening import open_payment
from commerce.quoting import reading, wanting
from commerce.quoting.sums import LineSum, Quote, ShopSum, quote
from commerce.quoting.wanting import Wanted
from commerce.refusals import SENTENCES, Gone, conflict, invalid, refused

LONGEST_KEY, LONGEST_NOTE = 64, 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody would order, as a door understood it: all in the cart that is paid in
    `currency`, or some pieces of one `variant` (bought at once, or in a group buy)."""

    address_id: UUID | None = None
    currency: str = ""
    shipping: Mapping[UUID, int] = field(default_factory=dict)
    codes: Sequence[str] = ()
    variant: UUID | None = None
    quantity: int = 1
    group_buy: UUID | None = None
    notes: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for the same words, whatever their order."""
        said = {
            "address": str(self.address_id),
            "currency": self.currency,
            "shipping": sorted((str(key), value) for key, value in self.shipping.items()),
            "codes": sorted(code.strip().upper() for code in self.codes),
            "variant": [str(self.variant), self.quantity, str(self.group_buy)],
            "notes": sorted((str(key), value) for key, value in self.notes.items()),
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(slots=True)
class Draft:
    """What it would cost now. `ways` are how each shop ships there, `rates` what is chosen; shops
    without one (`unshipped`) cannot be ordered from."""

    currency: str
    wanted: list[Wanted]
    quote: Quote
    address: Address | None
    ways: dict[UUID, list[ShippingRate]]
    rates: dict[UUID, ShippingRate]
    coupons: list[Coupon]
    group: GroupBuy | None = None

    @property
    def unshipped(self) -> set[UUID]:
        return {each.shop.pk for each in self.wanted} - self.rates.keys()


class Changed(Conflict):
    """The sums are not those that the buyer saw; `draft` has the new ones."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("checkout.changed", SENTENCES["checkout.changed"])
        self.draft = draft


def draft(buyer: User, asked: Asked) -> Draft:
    """What it would cost, without ordering it.

    Raises `Refused` (policy.R7, shop.closed), `Http404` for what is not the buyer's or not there,
    `ValidationError` (cart.*, checkout.*, coupon.*), `Conflict` (group_buy.*).
    """
    policy.permit(policy.buy(buyer.person))
    return _draw(buyer, asked)


def _draw(buyer: User, asked: Asked, *, to_order: bool = False) -> Draft:
    address = _address(buyer, asked.address_id)
    group = _group(buyer, asked)
    wanted = _wanted(buyer, asked)
    if to_order:  # before prices are read: most of a crowd is told here, and waits for no row
        _check_stock(wanted)
    currency = wanted[0].shop.currency
    reading.price_all(wanted, group)
    ways = reading.ways_to({each.shop.pk for each in wanted}, address.country) if address else {}
    rates = reading.chosen_ways(ways, asked.shipping)
    coupons = reading.coupons_for(asked.codes, wanted, buyer, currency)
    sums = quote(
        reading.items_of(wanted, address),
        {shop: reading.way_of(rate) for shop, rate in rates.items()},
        [reading.deal_of(coupon) for coupon in coupons],
    )
    return Draft(currency, wanted, sums, address, ways, rates, coupons, group)


def _address(buyer: User, address_id: UUID | None) -> Address | None:
    """The one that was chosen, else the usual one, if there is any."""
    if address_id is None:
        return _usual_address.first(buyer)
    if (found := _own_address.first(buyer, address_id)) is None:
        raise Http404
    return found


_usual_address = Prepared(
    lambda buyer: Address.objects.filter(person=buyer).order_by("-is_default", "-pk")[:1]
)
_own_address = Prepared(lambda buyer, key: Address.objects.filter(person=buyer, pk=key), ANY_ID)


def _group(buyer: User, asked: Asked) -> GroupBuy | None:
    if asked.group_buy is None:
        return None
    group = GroupBuy.objects.visible_to(buyer).filter(pk=asked.group_buy).first()
    if group is None:
        raise Http404
    group_buys.permit_joining(buyer, group)
    if not group.product.variants.filter(pk__in=[asked.variant]).exists():
        raise invalid("checkout.group_only")
    return group


def _wanted(buyer: User, asked: Asked) -> list[Wanted]:
    """What can be ordered of it; the rest stays where it is."""
    wanted = _one(buyer, asked) if asked.variant else wanting.of_cart(buyer)
    if asked.variant and not wanted:
        raise Http404
    selling = [each for each in wanted if each.shop.sells]
    if asked.variant and not selling:
        raise refused("shop.closed")
    if not selling:
        raise invalid("cart.away" if wanted else _why_nothing(buyer))
    return _in_one_currency(selling, asked.currency)


def _why_nothing(buyer: User) -> str:
    """The code for a cart of which nothing is for sale: it waits there all the same."""
    lies_there = CartLine.objects.filter(cart__person=buyer, is_for_later=False).exists()
    return "cart.gone" if lies_there else "cart.empty"


def _one(buyer: User, asked: Asked) -> list[Wanted]:
    if not 1 <= asked.quantity <= CartLine.MOST:
        raise invalid("cart.quantity", "quantity", count=CartLine.MOST)
    quantity = 1 if asked.group_buy else asked.quantity
    return wanting.of_variant(buyer, cast("UUID", asked.variant), quantity)


def _in_one_currency(wanted: list[Wanted], currency: str) -> list[Wanted]:
    currencies = {each.shop.currency for each in wanted}
    if currency:
        wanted = [each for each in wanted if each.shop.currency == currency]
    elif len(currencies) > 1:
        raise invalid("checkout.currency", "currency")
    if not wanted:
        raise invalid("cart.empty")
    return wanted


@transaction.atomic
def place(buyer: User, asked: Asked, *, key: str, expect: Decimal | None = None) -> Purchase:
    """Order it: stock is held for `Purchase.HELD_MINUTES`, and the door starts the payment, which
    is written here.

    `key` names it: placing it again answers the same purchase, and under the same key something
    else is a `Conflict` (checkout.key), as is one that fell through (checkout.expired).
    `expect` is the total that the buyer saw.

    Raises as `draft` does; `Changed`; `Gone` (stock.gone); `Conflict` (coupon.used_up, flash.*);
    `ValidationError` (checkout.address, checkout.shipping). Then nothing has happened.
    """
    policy.permit(policy.buy(buyer.person))
    if not 1 <= len(key) <= LONGEST_KEY:
        raise conflict("checkout.key")
    # Two tabs of one buyer come one after the other: the second sees what the first left.
    _hold(buyer)
    if (found := _placed.first(buyer, key)) is not None:
        if found.digest != asked.digest:
            raise conflict("checkout.key")
        if found.state == Purchase.State.FAILED:
            raise conflict("checkout.expired")
        return found
    drawn = _draw(buyer, asked, to_order=True)
    _check(drawn, expect)
    purchase = _purchase(buyer, drawn, key, asked.digest)
    _write_orders(purchase, drawn, asked.notes)
    CartLine.objects.filter(pk__in=[w.line.pk for w in drawn.wanted if w.line]).delete()
    purchase.opened = open_payment(purchase)
    # Last, for others wait for these rows: a crowd for one variant is as fast as what follows.
    _use_coupons(purchase, drawn)
    pieces = {each.variant.pk: each.quantity for each in drawn.wanted}
    stock.take(purchase, pieces, {w.variant.pk: w.sale for w in drawn.wanted if w.sale})
    return purchase


_hold = Prepared(
    lambda buyer: User.objects.filter(pk=buyer.pk).select_for_update(no_key=True).only("pk")
)
_placed = Prepared(lambda buyer, key: Purchase.objects.filter(buyer=buyer, key=key), ANY_WORD)


def _check(drawn: Draft, expect: Decimal | None) -> None:
    if drawn.address is None:
        raise invalid("checkout.address", "address")
    if drawn.unshipped:
        raise invalid("checkout.shipping", "shipping")
    if expect is not None and expect != drawn.quote.total:
        raise Changed(drawn)


def _check_stock(wanted: Sequence[Wanted]) -> None:
    short = [each.variant.pk for each in wanted if each.variant.stock < each.quantity]
    if short:
        raise Gone(short)


def _purchase(buyer: User, drawn: Draft, key: str, digest: str) -> Purchase:
    now, sums = timezone.now(), drawn.quote
    return Purchase.objects.create(
        buyer=buyer,
        key=key,
        digest=digest,
        currency=drawn.currency,
        goods=sums.goods,
        shipping=sums.shipping,
        discount=sums.discount,
        tax=sums.tax,
        total=sums.total,
        address=snapshot(drawn.address),
        group_buy=drawn.group,
        placed_at=now,
        held_until=now + timedelta(minutes=Purchase.HELD_MINUTES),
    )


def snapshot(address: Address | None) -> dict[str, str]:
    """An address as orders keep it."""
    names = ("name", "street", "more", "city", "state", "postcode", "country", "phone")
    return {name: getattr(address, name) for name in names} if address else {}


def _use_coupons(purchase: Purchase, drawn: Draft) -> None:
    """Each once; the row's own condition says whether there was a use left."""
    for coupon in sorted(drawn.coupons, key=lambda each: each.pk):
        left = Coupon.objects.filter(Q(most_uses=None) | Q(used__lt=F("most_uses")), pk=coupon.pk)
        if not left.update(used=F("used") + 1):
            raise conflict("coupon.used_up")
        uses = CouponUse.objects.filter(coupon=coupon, person=purchase.buyer_id)
        CouponUse.objects.create(
            coupon=coupon,
            person_id=cast("UUID", purchase.buyer_id),
            number=(uses.aggregate(last=Max("number"))["last"] or 0) + 1,
            purchase=purchase,
            amount=_given_by(coupon, drawn.quote),
        )


def _given_by(coupon: Coupon, sums: Quote) -> Decimal:
    if coupon.shop_id is None:
        return sum((each.platform_discount for each in sums.shops), Decimal(0))
    return next(each.discount for each in sums.shops if each.shop == coupon.shop_id)


def _write_orders(purchase: Purchase, drawn: Draft, notes: Mapping[UUID, str]) -> None:
    """One order a shop, pending until it is paid."""
    orders = {
        each.shop: _order(purchase, each, drawn.rates[each.shop], notes.get(each.shop, ""))
        for each in drawn.quote.shops
    }
    Order.objects.bulk_create(orders.values())
    sums = {line.item.variant: line for each in drawn.quote.shops for line in each.lines}
    wanted = drawn.wanted
    met = meeting.met_all(purchase.buyer, [(each.variant.product, each.line) for each in wanted])
    shown = [(w.variant.product, m.creator_id) for w, m in zip(wanted, met, strict=True)]
    percents = percents_for(shown, purchase.placed_at, buyer_id=purchase.buyer_id)
    OrderLine.objects.bulk_create(
        _line(orders[each.shop.pk], each, sums[each.variant.pk], source, percent)
        for each, source, percent in zip(wanted, met, percents, strict=True)
    )


def _order(purchase: Purchase, sums: ShopSum, rate: ShippingRate, note: str) -> Order:
    return Order(
        purchase=purchase,
        shop_id=sums.shop,
        buyer_id=purchase.buyer_id,
        currency=purchase.currency,
        goods=sums.goods,
        shipping=sums.shipping,
        discount=sums.discount,
        platform_discount=sums.platform_discount,
        tax=sums.tax,
        total=sums.total,
        shipping_name=rate.name,
        note=note.strip()[:LONGEST_NOTE],
        placed_at=purchase.placed_at,
    )


def _line(
    order: Order, wanted: Wanted, sums: LineSum, met: meeting.Met, percent: Decimal
) -> OrderLine:
    product = wanted.variant.product
    return OrderLine(
        order=order,
        variant=wanted.variant,
        product_title=product.title,
        variant_title=wanted.variant.name[:120],
        sku=wanted.variant.sku,
        picture=wanted.picture,
        quantity=wanted.quantity,
        price=wanted.price,
        discount=sums.discount,
        tax=sums.tax,
        tax_percent=sums.item.tax_percent,
        total=sums.total,
        commission_percent=percent,
        **met.columns,
    )


def expire_unpaid() -> int:
    """By the clock: what was not paid in time falls through; how many there were. A job lets go of
    whatever the provider holds: what it took all the same goes back (purchases.paid)."""
    overdue = Purchase.objects.filter(state=Purchase.State.PENDING, held_until__lte=timezone.now())
    keys = list(overdue.order_by("held_until").values_list("pk", flat=True)[:200])
    return sum(_expire(key) for key in keys)


def _expire(key: UUID) -> bool:
    return fall_through(key, "checkout.expired")


@transaction.atomic
def fall_through(key: UUID, code: str) -> bool:
    """A purchase will not be paid, and says why; False where it is settled already."""
    purchase = Purchase.objects.select_for_update().get(pk=key)
    if purchase.state != Purchase.State.PENDING:  # paid a moment ago
        return False
    purchases.failed(purchase, code)
    enqueue("commerce.release_payment", purchase_id=str(key))
    return True
