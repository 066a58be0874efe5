"""How the shop lets go of somebody who left. What was bought and sold is kept ten years, as tax
law wants; what names the person there goes now."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from accounts.ports import Purger
from commerce.actions.orders import cancel_for_good
from commerce.models import (
    GroupBuy,
    Order,
    Product,
    ProductPhoto,
    Purchase,
    ReturnRequest,
    ReviewPhoto,
    SellerApplication,
    Shop,
)

BATCH = 200
UNSENT = (Order.State.PAID, Order.State.PACKED)
TAXED_BY = ("country", "state")  # of an address, what an invoice's tax depends on


def _open_orders(person_id: UUID) -> int:
    """What nobody will send or receive any more is paid back."""
    orders = Order.objects.filter(state__in=UNSENT)
    keys = [
        *orders.filter(buyer=person_id).values_list("pk", flat=True)[:BATCH],
        *orders.filter(shop__owner=person_id).values_list("pk", flat=True)[:BATCH],
    ]
    for key in keys:
        cancel_for_good(key, reason="person_left")
    return len(keys)


def _purchases(person_id: UUID) -> int:
    return forget_buyers(Purchase.objects.filter(buyer=person_id))


@transaction.atomic
def forget_buyers(purchases: QuerySet[Purchase]) -> int:
    """A batch of these says no longer who bought, nor what they wrote, nor where they live."""
    found = list(purchases.order_by("pk")[:BATCH])
    for purchase in found:
        purchase.address = {key: purchase.address.get(key, "") for key in TAXED_BY}
        purchase.buyer = None
    Purchase.objects.bulk_update(found, ["address", "buyer"])
    Order.objects.filter(purchase__in=found).update(buyer=None, note="")
    ReturnRequest.objects.filter(order__purchase__in=found).update(words="")
    return len(found)


def _review_photos(person_id: UUID) -> int:
    photos = ReviewPhoto.objects.filter(review__author=person_id)
    return _with_files(photos, lambda photo: photo.files)


def _papers(person_id: UUID) -> int:
    """Of a trader stays what invoices name (and buyers can sue); papers and the bank account go."""
    papers = SellerApplication.objects.filter(shop__owner=person_id)
    found = list(papers.exclude(document="", iban="")[:BATCH])
    for paper in found:
        if paper.document:
            default_storage.delete(paper.document.name or "")
    SellerApplication.objects.filter(pk__in=[paper.pk for paper in found]).update(
        document="", iban="", phone="", email=""
    )
    return len(found)


@transaction.atomic
def _shop(person_id: UUID) -> int:
    """Their shop, if it never sold anything. Else it is closed for good and nobody's: buyers'
    orders show what they bought, and of whom."""
    shop = Shop.objects.filter(owner=person_id).first()
    if shop is None:
        return 0
    if shop.picture:
        default_storage.delete(shop.picture.name or "")
    if shop.orders.exists():
        _close(shop)
    else:
        _delete(shop)
    return 1


def _close(shop: Shop) -> None:
    shop.products.update(state=Product.State.ARCHIVED)
    shop.coupons.update(is_active=False)
    shop.staff.all().delete()
    shop.webhooks.all().delete()
    Shop.objects.filter(pk=shop.pk).update(
        owner=None, state=Shop.State.CLOSED, about="", picture="", holiday_words=""
    )


def _delete(shop: Shop) -> None:
    _with_files(ProductPhoto.objects.filter(product__shop=shop), lambda photo: photo.files)
    GroupBuy.objects.filter(product__shop=shop).delete()
    shop.products.all().delete()
    shop.delete()


def _with_files(rows: QuerySet[Any], files_of: Callable[[Any], list[str]]) -> int:
    """A batch of rows goes, and their files after them."""
    found = list(rows.order_by("pk")[:BATCH])
    names = [name for row in found for name in files_of(row)]
    rows.model._base_manager.filter(pk__in=[row.pk for row in found]).delete()
    transaction.on_commit(lambda: _drop(names))
    return len(found)


def _drop(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


PURGER = Purger(
    (_open_orders, _purchases, _review_photos, _papers, _shop),
    {
        "commerce.Purchase": "tax law wants it for ten years; it names nobody",
        "commerce.Order": "tax law wants it for ten years; it names nobody",
        "commerce.OrderLine": "tax law wants it for ten years; it names nobody",
        "commerce.OrderStep": "when an order was sent; it names nobody",
        "commerce.Payment": "tax law wants it for ten years; it names nobody",
        "commerce.Refund": "tax law wants it for ten years; it names nobody",
        "commerce.LedgerEntry": "tax law wants it for ten years; it names nobody",
        "commerce.Payout": "tax law wants it for ten years; it names nobody",
        "commerce.SellerApplication.legal_name": "stands on invoices, which are kept ten years",
        "commerce.Shop.name": "buyers' orders say of whom they bought",
        "commerce.Product.title": "buyers' orders say what they bought",
        "commerce.Review": "others read it before they buy; it names nobody",
        "commerce.Question": "others read it before they buy; it names nobody",
        "commerce.Answer": "others read it before they buy; it names nobody",
    },
)
