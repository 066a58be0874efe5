"""Bringing products as a file: looked through first, then taken over line by line."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from djmoney.money import Money

from accounts.errors import Coded
from accounts.images import Readable
from accounts.models import User
from accounts.notifications import notify
from accounts.outbox import enqueue
from commerce import importing, offering
from commerce.actions import products, variants
from commerce.importing import Line, entry
from commerce.models import Category, Product, ProductImport, Shop, Variant
from commerce.refusals import conflict, invalid

TOLD_EVERY = 20  # lines


@transaction.atomic
def check(actor: User, shop: Shop, file: Readable) -> ProductImport:
    """Look the file through: its report says what would become of each line; nothing is changed.

    Raises `Refused` (policy.R7, shop.not_yours), `ValidationError` of "file" (import.too_large,
    import.encoding, import.columns).
    """
    products.permit(actor, shop)
    rows = importing.read(file.read(importing.MOST_BYTES + 1))
    known = importing.Known.of(shop)
    report = [importing.judged(line, known) for line in importing.lines_of(rows)]
    # What was looked through and never taken over is of no use to anybody.
    shop.imports.filter(state=ProductImport.State.CHECKED).delete()
    return ProductImport.objects.create(shop=shop, rows=rows, report=report)


def start(actor: User, brought: ProductImport) -> ProductImport:
    """Take it over, in a job. A second time is nothing.

    Raises as `check` does; `Conflict` (import.running) while another one runs.
    """
    products.permit(actor, brought.shop)
    checked = ProductImport.objects.filter(pk=brought.pk, state=ProductImport.State.CHECKED)
    try:
        with transaction.atomic():
            if checked.update(state=ProductImport.State.RUNNING):
                arguments = {"import_id": str(brought.pk), "actor_id": str(actor.pk)}
                enqueue("commerce.import_products", **arguments)
    except IntegrityError:  # one at a time: import_runs_once
        raise conflict("import.running")
    brought.refresh_from_db()
    return brought


def run(import_id: UUID, actor_id: UUID) -> None:
    """Take over line by line; a bad one stops none of the others. Twice is safe: a line that was
    taken over changes nothing any more."""
    running = ProductImport.objects.filter(pk=import_id, state=ProductImport.State.RUNNING)
    brought = running.select_related("shop").first()
    actor = User.objects.filter(pk=actor_id).first()
    if brought is None or actor is None:
        return
    with translation.override(actor.language or settings.LANGUAGE_CODE):
        brought.report = list(_counted(brought, _taken_over(actor, brought)))
    _finish(actor, brought)


def _counted(brought: ProductImport, entries: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same, and now and then the row says how far it is."""
    own = ProductImport.objects.filter(pk=brought.pk)
    for number, each in enumerate(entries, start=1):
        if number % TOLD_EVERY == 0:
            own.update(taken=number)
        yield each


@transaction.atomic
def _finish(actor: User, brought: ProductImport) -> None:
    brought.state, brought.done_at = ProductImport.State.DONE, timezone.now()
    brought.taken = brought.line_count
    brought.save(update_fields=["report", "state", "taken", "done_at"])
    notify(
        "commerce.imported",
        actor.pk,
        about=brought.pk,
        made=brought.new_count,
        changed=brought.changed_count,
        refused=brought.refused_count,
    )


def give_up(import_id: UUID) -> None:
    """The job failed for good: another file may come."""
    running = ProductImport.objects.filter(pk=import_id, state=ProductImport.State.RUNNING)
    running.update(state=ProductImport.State.DONE, done_at=timezone.now())


def _taken_over(actor: User, brought: ProductImport) -> Iterator[dict[str, Any]]:
    known = importing.Known.of(brought.shop)
    for line in importing.lines_of(brought.rows):
        judged = importing.judged(line, known)
        yield judged if line.errors else _took(actor, brought.shop, line)


def _took(actor: User, shop: Shop, line: Line) -> dict[str, Any]:
    """The line's entry of the report, after it was tried in a transaction of its own."""
    try:
        with transaction.atomic():
            return entry(line, _take_over(actor, shop, line))
    except ValidationError as error:
        return _refused(line, getattr(error, "message_dict", {"": error.messages}))
    except Coded as error:
        return _refused(line, {"": [error.detail]})


def _refused(line: Line, messages: dict[str, list[str]]) -> dict[str, Any]:
    errors = [
        {"column": column if column in importing.COLUMNS else "", "code": "", "detail": words}
        for column, said in messages.items()
        for words in said
    ]
    return entry(line, "refused") | {"errors": errors}


def _take_over(actor: User, shop: Shop, line: Line) -> str:
    """The outcome: "new", "changed" or "same"."""
    there = Variant.objects.filter(product__shop=shop, sku=line.sku).select_related("product__shop")
    if (variant := there.first()) is not None:
        return "changed" if _change(actor, variant, line) else "same"
    product = shop.products.filter(title=line.title).order_by("-created_at").first()
    if product is None:
        _make(actor, shop, line)
    else:
        _add_variant(actor, product, line)
    return "new"


# --- One line -------------------------------------------------------------------------------------


def _change(actor: User, variant: Variant, line: Line) -> bool:
    """Give the variant and its product what the line says; whether that was anything new."""
    product = variant.product
    words = _new_words(product, line)
    if words:
        product = products.edit(actor, product, revision=product.revision, **words)
    row = _row(variant, line)
    if not _differs(variant, row):
        return bool(words)
    variants.set_variants(actor, product, {variant.pk: row}, revision=product.revision)
    return True


def _new_words(product: Product, line: Line) -> dict[str, Any]:
    words: dict[str, Any] = {"title": line.title, "description": line.description}
    if line.category:
        words["category"] = Category.objects.get(slug=line.category)
    return {
        name: value
        for name, value in words.items()
        if value is not None and value != getattr(product, name)
    }


def _row(variant: Variant, line: Line) -> variants.Row:
    """What the file leaves empty stays; a compare price that is below the new price goes."""
    compare = line.compare_price
    if compare is None and variant.compare_price and line.price:
        kept = variant.compare_price.amount
        compare = kept if kept > line.price else None
    return variants.Row(
        price=line.price,
        stock=variant.stock if line.stock is None else line.stock,
        compare_price=compare,
        sku=line.sku,
        is_offered=variant.is_offered,
        stock_seen=variant.stock if line.stock is None else None,
    )


def _differs(variant: Variant, row: variants.Row) -> bool:
    compare = variant.compare_price.amount if variant.compare_price else None
    there = (variant.price.amount, variant.stock, compare, variant.sku)
    return there != (row.price, row.stock, row.compare_price, row.sku)


def _make(actor: User, shop: Shop, line: Line) -> None:
    assert line.price is not None  # judged before
    product = products.create(
        actor,
        shop,
        title=line.title,
        category=Category.objects.get(slug=line.category),
        price=line.price,
        stock=line.stock or 0,
    )
    variant = product.variants.get()
    Variant.objects.filter(pk=variant.pk).update(
        values=list(line.values), weight=line.weight or 0, sku=line.sku
    )
    Product.objects.filter(pk=product.pk).update(options=list(line.options))
    product.refresh_from_db()
    _change(actor, product.variants.select_related("product__shop").get(), line)


def _add_variant(actor: User, product: Product, line: Line) -> None:
    products.permit(actor, product.shop)
    held = products.hold(product, product.revision)
    if list(line.options) != held.options or not line.options:
        raise invalid("import.option_names", "options")
    price = offering.clean_price(line.price)
    compare = line.compare_price
    Variant.objects.create(
        product=held,
        sku=line.sku,
        values=list(line.values),
        price=Money(price, held.shop.currency),
        compare_price=Money(compare, held.shop.currency) if compare else None,
        stock=line.stock or 0,
        weight=line.weight or 0,
        position=held.variants.count(),
    )
    offering.sum_up(held.pk)
    products.write(held)
