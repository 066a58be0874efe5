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
    kind = f"order.{verb}"
    if kind not in Kind:
        return
    told = [order for order in orders if order.number is not None]
    on = _on({order.shop_id for order in told})
    for order in told:
        _tell(order.shop, on[order.shop_id], kind, OrderEventSerializer(order))


def return_moved(request: ReturnRequest, verb: str) -> None:
    """A step of a return, with its order and shop."""
    kind, shop = f"return.{verb}", request.order.shop
    if kind in Kind:
        _tell(shop, _on({shop.pk})[shop.pk], kind, ReturnEventSerializer(request))


def stock_fell(left: Mapping[UUID, int], taken: Mapping[UUID, int]) -> None:
    """So many pieces of these variants are left after so many were taken: told of those that run
    low or out by it, again whenever they were more meanwhile. No query where there are none."""
    kinds = {key: _kind_at(left[key], taken[key]) for key in left}
    changed = {key: kind for key, kind in kinds.items() if kind}
    if not changed:
        return
    variants = list(Variant.objects.filter(pk__in=changed).select_related("product__shop"))
    on = _on({each.product.shop_id for each in variants})
    for each in variants:
        each.stock = left[each.pk]
        shop, kind = each.product.shop, changed[each.pk]
        _tell(shop, on[shop.pk], kind, StockEventSerializer(each))


def _kind_at(left: int, taken: int) -> Kind | None:
    if left == 0:
        return Kind.STOCK_GONE
    return Kind.STOCK_LOW if left <= Variant.LOW < left + taken else None


def _tell(
    shop: Shop, endpoints: list[WebhookEndpoint], kind: str, facts: BaseSerializer[Any]
) -> None:
    """`facts` are drawn only where one of these wants to hear of the kind."""
    if listening := [endpoint for endpoint in endpoints if kind in endpoint.events]:
        tell(shop, listening, kind, facts)


def _on(shops: Collection[UUID]) -> dict[UUID, list[WebhookEndpoint]]:
    """By shop: the endpoints that are on; one query."""
    found: dict[UUID, list[WebhookEndpoint]] = {shop: [] for shop in shops}
    for endpoint in WebhookEndpoint.objects.on().filter(shop__in=shops):
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
