"""What an event says: enough to act on it, and nothing of who bought.

Amounts are decimals as strings in `currency`, moments RFC 3339 in UTC. Who bought, and where to it
goes, REST tells to those who may know: an event lies in logs that we do not see.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from commerce.models import Order, OrderLine, ReturnRequest, Shop, Variant

Facts = dict[str, Any]


def body_of(shop: Shop, kind: str, at: datetime, facts: Facts) -> str:
    """`{type, timestamp, shop, data}` as it is sent."""
    said = {"type": kind, "timestamp": _moment(at), "shop": shop.slug, "data": facts}
    return json.dumps(said, cls=DjangoJSONEncoder, separators=(",", ":"), ensure_ascii=False)


def order_facts(order: Order) -> Facts:
    """`data` of `order.*`. One query."""
    return {
        **_name_of(order),
        "state": str(order.state),
        "currency": order.currency,
        "goods": order.goods,
        "shipping": order.shipping,
        "discount": order.discount,
        "tax": order.tax,
        "total": order.total,
        "refunded": order.refunded,
        "carrier": order.carrier,
        "tracking": order.tracking,
        "placed_at": _moment(order.placed_at),
        "paid_at": _moment(order.paid_at),
        "lines": [_line(line) for line in order.lines.select_related("variant").order_by("pk")],
    }


def return_facts(request: ReturnRequest) -> Facts:
    """`data` of `return.*`. One query."""
    return {
        "id": str(request.pk),
        "state": str(request.state),
        "reason": str(request.reason),
        "asked_at": _moment(request.asked_at),
        "answer_by": _moment(request.answer_by),
        "tracking": request.tracking,
        "order": _name_of(request.order),
        "lines": [
            {"line": str(part.line_id), "quantity": part.quantity}
            for part in request.lines.order_by("pk")
        ],
    }


def stock_facts(variant: Variant, left: int) -> Facts:
    """`data` of `stock.*`; the variant with its product."""
    return {
        "variant": str(variant.pk),
        "product": str(variant.product_id),
        "product_title": variant.product.title,
        "variant_title": variant.name,
        "sku": variant.sku,
        "stock": left,
    }


def _name_of(order: Order) -> Facts:
    return {"id": str(order.pk), "number": order.number, "name": order.name}


def _line(line: OrderLine) -> Facts:
    return {
        "id": str(line.pk),
        "product": str(line.variant.product_id) if line.variant else None,
        "variant": str(line.variant_id) if line.variant_id else None,
        "product_title": line.product_title,
        "variant_title": line.variant_title,
        "sku": line.sku,
        "quantity": line.quantity,
        "price": line.price,
        "total": line.total,
        "returned": line.returned,
        "refunded": line.refunded,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
