"""What verbs say happened, inside their transactions: one query where no endpoint listens."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.serializers import BaseSerializer

from accounts.outbox import enqueue_all
from commerce.models import (
    Order,
    ReturnRequest,
    Shop,
    Variant,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from commerce.webhooks.shapes import (
    OrderEventSerializer,
    ReturnEventSerializer,
    StockEventSerializer,
    body_of,
)

Kind = WebhookEvent.Kind


def order_moved(order: Order, verb: str) -> None:
    """A step of an order, with its shop. What was never paid was never the shop's to know."""
    orders_moved([order], verb)


def orders_moved(orders: Iterable[Order], verb: str) -> None:
    """The same step of several; one query where no endpoint of their shops listens."""
    told = [order for order in orders if order.number is not None]
    kind = f"order.{verb}"
    listening = _listening({order.shop_id for order in told}, kind)
    for order in told:
        if endpoints := listening[order.shop_id]:
            tell(order.shop, endpoints, kind, OrderEventSerializer(order))


def return_moved(request: ReturnRequest, verb: str) -> None:
    """A step of a return, with its order and shop."""
    _tell(request.order.shop, f"return.{verb}", ReturnEventSerializer(request))


def stock_fell(left: Mapping[UUID, int], taken: Mapping[UUID, int]) -> None:
    """So many pieces of these variants are left after so many were taken: told of those that run
    low or out by it, again whenever they were more meanwhile. No query where there are none."""
    kinds = {key: _kind_at(left[key], taken[key]) for key in left}
    changed = [key for key, kind in kinds.items() if kind]
    if not changed:
        return
    for each in Variant.objects.filter(pk__in=changed).select_related("product__shop"):
        each.stock = left[each.pk]
        _tell(each.product.shop, kinds[each.pk] or "", StockEventSerializer(each))


def _kind_at(left: int, taken: int) -> Kind | None:
    if left == 0:
        return Kind.STOCK_GONE
    return Kind.STOCK_LOW if left <= Variant.LOW < left + taken else None


def _tell(shop: Shop, kind: str, facts: BaseSerializer[Any]) -> None:
    """`facts` are drawn only where somebody listens."""
    if listening := _listening({shop.pk}, kind)[shop.pk]:
        tell(shop, listening, kind, facts)


def _listening(shops: Collection[UUID], kind: str) -> dict[UUID, list[WebhookEndpoint]]:
    """By shop: who wants to hear of this kind; no query for what is none."""
    found: dict[UUID, list[WebhookEndpoint]] = {shop: [] for shop in shops}
    if kind in Kind:
        for endpoint in WebhookEndpoint.objects.on().filter(shop__in=shops):
            if kind in endpoint.events:
                found[endpoint.shop_id].append(endpoint)
    return found


def tell(
    shop: Shop, endpoints: list[WebhookEndpoint], kind: str, facts: BaseSerializer[Any]
) -> list[WebhookDelivery]:
    """Write an event for these endpoints, and have it sent after the commit."""
    now = timezone.now()
    event = WebhookEvent.objects.create(
        shop=shop, kind=kind, at=now, body=body_of(shop, kind, now, facts.data)
    )
    made = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(endpoint=endpoint, event=event) for endpoint in endpoints
    )
    send(made)
    return made


def send(deliveries: list[WebhookDelivery]) -> None:
    """Have these tried by jobs; call it in a transaction that leaves their `due_at` null."""
    enqueue_all(("commerce.deliver_webhook", {"delivery_id": str(each.pk)}) for each in deliveries)
