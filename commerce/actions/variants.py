"""The choices of a product: options and their values, and what each combination costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product as combined
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from djmoney.money import Money

from accounts.models import User
from accounts.outbox import enqueue
from accounts.text import clean_name
from commerce import offering
from commerce.actions.products import hold, permit, write
from commerce.models import OrderLine, Product, Variant
from commerce.refusals import invalid

MOST_OPTIONS, MOST_COMBINATIONS, VALUE = 3, 100, 30


@dataclass(frozen=True, slots=True)
class Row:
    """What one variant is to be. `stock_seen` is what its editor saw: what was ordered meanwhile
    stays ordered; None where `stock` was counted just now."""

    price: Decimal | None
    stock: int
    compare_price: Decimal | None = None
    sku: str = ""
    is_offered: bool = True
    stock_seen: int | None = None


@transaction.atomic
def set_options(
    actor: User, product: Product, options: Mapping[str, Sequence[str]], *, revision: int
) -> Product:
    """Say what can be chosen, `{"Size": ["S", "M"]}`: every combination becomes a variant. Those
    that were there keep price and stock, new ones take the first one's price with no stock, others
    are not offered any more, and go where nobody ordered one.

    Raises as `actions.products`; `ValidationError` (product.options, product.combinations).
    """
    permit(actor, product.shop)
    cleaned = _clean_options(options)
    held = hold(product, revision)
    _combine(held, [list(each) for each in combined(*cleaned.values())])
    held.options = list(cleaned)
    offering.sum_up(held.pk)
    return write(held, "options")


def _clean_options(options: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    cleaned = {
        clean_name(name): list(dict.fromkeys(clean_name(value) for value in values))
        for name, values in options.items()
    }
    words = [*cleaned, *(value for values in cleaned.values() for value in values)]
    is_whole = len(cleaned) == len(options) <= MOST_OPTIONS and all(cleaned.values())
    if not is_whole or any(not 0 < len(word) <= VALUE for word in words):
        raise invalid("product.options", "options", count=MOST_OPTIONS)
    count = 1
    for values in cleaned.values():
        count *= len(values)
    if count > MOST_COMBINATIONS:
        raise invalid("product.combinations", "options", count=MOST_COMBINATIONS)
    return cleaned


def _combine(product: Product, wanted: list[list[str]]) -> None:
    """The first variant of a product without options becomes the first combination."""
    there = {tuple(variant.values): variant for variant in product.variants.all()}
    first = next(iter(there.values()))
    if not product.options and wanted and not first.values:
        there[tuple(wanted[0])] = there.pop(())
    for position, values in enumerate(wanted):
        variant = there.pop(tuple(values), None) or Variant(product=product, price=first.price)
        was_dropped = variant.values == values and not variant.is_offered
        variant.is_offered = variant.is_offered or was_dropped
        variant.values, variant.position = values, position
        variant.save()
    _drop(there.values())


def _drop(variants: Iterable[Variant]) -> None:
    keys = [variant.pk for variant in variants]
    ordered = set(OrderLine.objects.filter(variant__in=keys).values_list("variant", flat=True))
    Variant.objects.filter(pk__in=ordered).update(is_offered=False)
    Variant.objects.filter(pk__in=set(keys) - ordered).delete()


@transaction.atomic
def set_variants(
    actor: User, product: Product, rows: Mapping[UUID, Row], *, revision: int
) -> Product:
    """Say what each of these variants costs and how many there are; who waits for one that was
    gone hears of it.

    Raises as `actions.products`; `ValidationError` (product.price, product.compare_price,
    product.stock, product.sku) by the variant's id.
    """
    permit(actor, product.shop)
    held = hold(product, revision)
    wrong: dict[str, ValidationError] = {}
    for variant in held.variants.filter(pk__in=rows):
        try:
            _set(held, variant, rows[variant.pk])
        except ValidationError as error:
            wrong[str(variant.pk)] = error
    if wrong:
        raise ValidationError({key: error.messages for key, error in wrong.items()})
    offering.sum_up(held.pk)
    return write(held)


def _set(product: Product, variant: Variant, row: Row) -> None:
    currency, price = product.shop.currency, offering.clean_price(row.price)
    was_gone = variant.stock == 0
    if row.compare_price is not None and offering.clean_price(row.compare_price) <= price:
        raise invalid("product.compare_price", "compare_price")
    offering.check_stock(row.stock)
    if len(row.sku) > (Variant._meta.get_field("sku").max_length or 0):
        raise invalid("product.sku", "sku")
    variant.price = Money(price, currency)
    variant.compare_price = Money(row.compare_price, currency) if row.compare_price else None
    seen = variant.stock if row.stock_seen is None else row.stock_seen
    variant.stock = max(variant.stock + row.stock - seen, 0)
    variant.sku, variant.is_offered = row.sku.strip(), row.is_offered
    variant.save()
    if was_gone and variant.is_available:
        enqueue("commerce.tell_in_stock", variant_id=str(variant.pk))
