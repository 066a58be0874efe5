"""The sums of a purchase: pure, exact to the cent, whatever order the lines come in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from commerce.amounts import rounded, share_out

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """Some pieces of a variant at today's price of one."""

    variant: UUID
    shop: UUID
    quantity: int
    price: Decimal
    tax_percent: Decimal = NOTHING
    has_tax_inside: bool = True

    @property
    def goods(self) -> Decimal:
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class Way:
    """How one shop ships, and what that costs."""

    price: Decimal
    each_more: Decimal = NOTHING
    free_from: Decimal | None = None

    def cost(self, pieces: int, goods: Decimal) -> Decimal:
        """For so many pieces; nothing from `free_from` on (after the shop's discount)."""
        if self.free_from is not None and goods >= self.free_from:
            return NOTHING
        return rounded(self.price + self.each_more * (pieces - 1))


@dataclass(frozen=True, slots=True)
class Deal:
    """What a coupon takes off: percent or an amount; off one shop's goods or (None) all."""

    shop: UUID | None
    percent: Decimal | None = None
    off: Decimal | None = None

    def of(self, goods: Decimal) -> Decimal:
        """Never more than there is."""
        part = goods * self.percent / 100 if self.percent is not None else self.off or NOTHING
        return min(rounded(part), goods)


@dataclass(frozen=True, slots=True)
class LineSum:
    """A line: `discount` is whoever's; `total` has the tax in it."""

    item: Item
    discount: Decimal
    tax: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ShopSum:
    """One shop's part. `discount` it gives itself, `platform_discount` Medley; `shipping` is as
    its list says, tax aside where its prices lack it."""

    shop: UUID
    lines: Sequence[LineSum]
    goods: Decimal
    discount: Decimal
    platform_discount: Decimal
    shipping: Decimal
    tax: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """All of it."""

    shops: Sequence[ShopSum]

    def _sum(self, name: str) -> Decimal:
        return sum((getattr(each, name) for each in self.shops), NOTHING)

    @property
    def goods(self) -> Decimal:
        return self._sum("goods")

    @property
    def shipping(self) -> Decimal:
        return self._sum("shipping")

    @property
    def discount(self) -> Decimal:
        """Whoever gives it."""
        return self._sum("discount") + self._sum("platform_discount")

    @property
    def tax(self) -> Decimal:
        return self._sum("tax")

    @property
    def total(self) -> Decimal:
        return self._sum("total")


def quote(items: Iterable[Item], ways: Mapping[UUID, Way], deals: Iterable[Deal] = ()) -> Quote:
    """The sums of these items, shipped in these ways (by shop), with these discounts: one of each
    shop at most, and one of the platform, which counts on what the shops left."""
    lines = sorted(items, key=lambda item: (item.shop, item.variant))
    by_giver = {deal.shop: deal for deal in deals}
    own: list[Decimal] = []
    for shop, group in groupby(lines, key=lambda item: item.shop):
        own += _off(by_giver.get(shop), [item.goods for item in group])
    left = [item.goods - off for item, off in zip(lines, own, strict=True)]
    given = _off(by_giver.get(None), left)
    rows = list(zip(lines, own, given, strict=True))
    return Quote(
        [
            _shop_sum(shop, list(group), ways.get(shop))
            for shop, group in groupby(rows, key=lambda row: row[0].shop)
        ]
    )


def _off(deal: Deal | None, goods: list[Decimal]) -> list[Decimal]:
    """Of each line, its part of the discount."""
    if deal is None:
        return [NOTHING] * len(goods)
    return share_out(deal.of(sum(goods, NOTHING)), goods)


def _shop_sum(shop: UUID, rows: list[tuple[Item, Decimal, Decimal]], way: Way | None) -> ShopSum:
    goods = sum((item.goods for item, _own, _given in rows), NOTHING)
    discount = sum((own for _item, own, _given in rows), NOTHING)
    pieces = sum(item.quantity for item, _own, _given in rows)
    shipping = way.cost(pieces, goods - discount) if way else NOTHING
    lines = [_line_sum(item, own + given) for item, own, given in rows]
    # Shipping is taxed as the goods it comes with: at the highest of their rates.
    highest = max((item for item, _own, _given in rows), key=lambda item: item.tax_percent)
    tax, sent = _taxed(shipping, highest)
    return ShopSum(
        shop=shop,
        lines=lines,
        goods=goods,
        discount=discount,
        platform_discount=sum((given for _item, _own, given in rows), NOTHING),
        shipping=shipping,
        tax=sum((line.tax for line in lines), tax),
        total=sum((line.total for line in lines), sent),
    )


def _line_sum(item: Item, discount: Decimal) -> LineSum:
    tax, total = _taxed(item.goods - discount, item)
    return LineSum(item, discount, tax, total)


def _taxed(amount: Decimal, item: Item) -> tuple[Decimal, Decimal]:
    """The tax of an amount, and the amount with it: inside already, or on top."""
    percent = item.tax_percent
    if item.has_tax_inside:
        return rounded(amount * percent / (100 + percent)), amount
    tax = rounded(amount * percent / 100)
    return tax, amount + tax
