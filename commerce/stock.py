"""How many pieces there are: taken for a payment, given back, sold.

Whoever changes that holds the rows (variants, then products, then shops), locked in the order of
their keys: two purchases never wait for each other crosswise, and no piece is sold twice.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, QuerySet, Sum, When

from accounts.outbox import enqueue
from accounts.reading import NOBODY, ByKey
from commerce import offering, webhooks
from commerce.models import FlashSale, Product, Purchase, Reservation, Shop, Variant
from commerce.refusals import Gone, conflict


def take(
    purchase: Purchase, wanted: Mapping[UUID, int], flash: Mapping[UUID, FlashSale] | None = None
) -> None:
    """Hold so many pieces of each variant for the purchase; `flash` names the sale by which a
    variant is bought. Call it at the end of the transaction that writes the purchase: until then
    others wait for these variants.

    Raises `Gone` (a `Conflict`, "stock.gone", with the ids of all variants that are short) and
    `Conflict` ("flash.gone", "flash.each"); then that transaction has to be rolled back.
    """
    sales = flash or {}
    there = {each.pk: each for each in _held(wanted) if each.is_offered}
    if gone := [k for k in sorted(wanted) if k not in there or there[k].stock < wanted[k]]:
        raise Gone(gone)
    _add({key: -number for key, number in wanted.items()})
    Reservation.objects.bulk_create(
        Reservation(purchase=purchase, variant_id=key, quantity=number, flash_sale=sales.get(key))
        for key, number in sorted(wanted.items())
    )
    for key in sorted(sales):
        _take_of_sale(purchase, sales[key], wanted[key])
    offering.sum_up(*(there[k].product_id for k in wanted if there[k].stock == wanted[k]))
    webhooks.stock_fell({key: there[key].stock - wanted[key] for key in wanted}, wanted)


def _held(variants: Collection[UUID]) -> list[Variant]:
    """Locked until the transaction ends."""
    return _held_rows(NOBODY, sorted(variants))


_held_rows = ByKey(
    lambda _nobody, variants: (
        Variant.objects.select_for_update(no_key=True)
        .filter(pk__in=variants)
        .order_by("pk")
        .only("product", "stock", "is_offered")
    ),
    10,
)


def _add(pieces: Mapping[UUID, int]) -> None:
    """To the stock of variants that are held."""
    Variant.objects.filter(pk__in=pieces).update(stock=F("stock") + _by_key(pieces))


def _by_key(pieces: Mapping[UUID, int]) -> Case | int:
    """The number of each row, for one statement."""
    if len(pieces) == 1:
        return next(iter(pieces.values()))
    cases = [When(pk=key, then=number) for key, number in pieces.items()]
    return Case(*cases, output_field=PositiveIntegerField())


def _take_of_sale(purchase: Purchase, sale: FlashSale, number: int) -> None:
    """The sale's row is held from here on: what the buyer's other tab took is seen."""
    left = FlashSale.objects.filter(pk=sale.pk, sold__lte=F("most") - number)
    if not left.update(sold=F("sold") + number):
        raise conflict("flash.gone")
    own = Reservation.objects.filter(flash_sale=sale, purchase__buyer=purchase.buyer_id)
    if (own.aggregate(sum=Sum("quantity"))["sum"] or 0) > sale.most_each:
        raise conflict("flash.each")


@transaction.atomic
def give_back(purchase: Purchase) -> None:
    """Put back what the purchase held; who waits for one of them hears of it. Again it does
    nothing."""
    held = list(purchase.reservations.order_by("variant_id"))
    purchase.reservations.all().delete()
    put_back({each.variant_id: each.quantity for each in held})
    for each in sorted((each for each in held if each.flash_sale_id), key=_sale):
        sold = FlashSale.objects.filter(pk__in=[each.flash_sale_id], sold__gte=each.quantity)
        sold.update(sold=F("sold") - each.quantity)


def _sale(reservation: Reservation) -> str:
    return str(reservation.flash_sale_id)


@transaction.atomic
def put_back(pieces: Mapping[UUID, int]) -> None:
    """So many pieces of each variant can be ordered again."""
    back = [each for each in _held(pieces) if not each.stock]
    _add(pieces)
    offering.sum_up(*(each.product_id for each in back))
    for each in back:
        enqueue("commerce.tell_in_stock", variant_id=str(each.pk))


def keep(purchase: Purchase) -> None:
    """It is paid: what was held is sold, and counted. What was bought in a flash sale stays on
    record: it says how many each person had. Call it in the transaction of the payment, late: until
    its end others wait for these products and shops."""
    products: Counter[UUID] = Counter()
    shops: Counter[UUID] = Counter()
    of_what = ("quantity", "variant__product", "variant__product__shop")
    for number, product, shop in purchase.reservations.values_list(*of_what):
        products[product] += number
        shops[shop] += number
    _count_sold(Product.objects.filter(pk__in=products), products)
    _count_sold(Shop.objects.filter(pk__in=shops), shops)
    purchase.reservations.filter(flash_sale=None).delete()


def _count_sold(rows: QuerySet[Any], pieces: Mapping[UUID, int]) -> None:
    """Several are locked in the order of their keys first, as an update alone would not."""
    if len(pieces) > 1:
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    if pieces:
        rows.update(sold_count=F("sold_count") + _by_key(pieces))


@transaction.atomic
def set_stock(variant: Variant, number: int) -> None:
    """There are so many now, counted by the shop. Raises `ValidationError` (product.stock)."""
    offering.check_stock(number)
    held = Variant.objects.select_for_update().get(pk=variant.pk)
    Variant.objects.filter(pk=held.pk).update(stock=number)
    offering.sum_up(held.product_id)
    if not held.stock and number:
        enqueue("commerce.tell_in_stock", variant_id=str(held.pk))
