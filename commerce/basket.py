"""What a cart looks like now: by currency and shop, with what changed since things were put in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commerce.models import Cart, CartLine, Product, Shop
from commerce.quoting.reading import price_all
from commerce.quoting.wanting import Wanted
from commerce.refusals import SENTENCES


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody should know of a line: a code and a sentence, both empty where nothing changed;
    and whether it can be ordered all the same."""

    code: str = ""
    sentence: str = ""
    can_order: bool = False


NOTHING_CHANGED = Note(can_order=True)


@dataclass(slots=True)
class BasketLine:
    """A line as it would be ordered now; `note` says what changed."""

    line: CartLine
    price: Decimal
    note: Note

    @property
    def can_order(self) -> bool:
        return self.note.can_order

    @property
    def total(self) -> Decimal:
        return self.price * self.line.quantity


@dataclass(slots=True)
class BasketShop:
    """One shop's part."""

    shop: Shop
    lines: list[BasketLine] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """What is paid at once: all in one currency."""

    currency: str
    shops: list[BasketShop]

    @property
    def lines(self) -> list[BasketLine]:
        return [line for each in self.shops for line in each.lines]

    @property
    def goods(self) -> Decimal:
        """Of what can be ordered, before shipping and discounts."""
        return sum((line.total for line in self.lines if line.can_order), Decimal(0))

    @property
    def can_order(self) -> bool:
        return any(line.can_order for line in self.lines)


@dataclass(slots=True)
class Basket:
    """`sections` to be ordered, and what was laid aside."""

    sections: list[Section]
    later: list[BasketLine]

    @property
    def count(self) -> int:
        """Pieces that are to be ordered."""
        return sum(line.line.quantity for each in self.sections for line in each.lines)


def basket_of(cart: Cart | None, viewer: Any) -> Basket:
    """As the viewer sees it; five queries, however much is in it."""
    lines = list(_lines(cart)) if cart else []
    seen = set(
        Product.objects.visible_to(viewer)
        .filter(pk__in={line.variant.product_id for line in lines}, state="published")
        .values_list("pk", flat=True)
    )
    wanted = [Wanted(line.variant, line.quantity, line) for line in lines]
    price_all(wanted)
    shown = [_shown(each, each.variant.product_id in seen) for each in wanted]
    now = [each for each in shown if not each.line.is_for_later]
    return Basket(_sections(now), [each for each in shown if each.line.is_for_later])


def _lines(cart: Cart) -> Any:
    lines = cart.lines.select_related("variant__product__shop__owner", "variant__product__category")
    return lines.prefetch_related("variant__product__photos").order_by("added_at", "pk")


def _shown(each: Wanted, is_seen: bool) -> BasketLine:
    assert each.line is not None
    return BasketLine(each.line, each.price, _note(each, each.line.price_seen, is_seen))


def _note(each: Wanted, price_seen: Decimal, is_seen: bool) -> Note:
    variant = each.variant
    if not is_seen or not variant.is_offered:
        return Note("cart.gone", str(SENTENCES["cart.gone"]))
    if not each.shop.sells:
        return Note("cart.away", each.shop.holiday_words or str(SENTENCES["cart.away"]))
    if not variant.stock:
        return Note("cart.sold_out", _("Sold out."))
    if variant.stock < each.quantity:
        words = ngettext("Only %(n)d is left.", "Only %(n)d are left.", variant.stock)
        return Note("cart.few", words % {"n": variant.stock})
    if price_seen < each.price:
        return Note("cart.price_up", _("The price went up since you put it in."), True)
    if price_seen > each.price:
        return Note("cart.price_down", _("The price went down since you put it in."), True)
    return NOTHING_CHANGED


def _sections(lines: Iterable[BasketLine]) -> list[Section]:
    by_shop: dict[Any, BasketShop] = {}
    for each in lines:
        shop = each.line.variant.product.shop
        by_shop.setdefault(shop.pk, BasketShop(shop)).lines.append(each)
    currencies = dict.fromkeys(each.shop.currency for each in by_shop.values())
    return [
        Section(code, [each for each in by_shop.values() if each.shop.currency == code])
        for code in currencies
    ]
