"""What an event says: enough to act on it, and nothing of who bought.

Amounts are decimals as strings in `currency`, moments RFC 3339 in UTC. Who bought, and where to it
goes, REST tells to those who may know: an event lies in logs that we do not see.
"""

from datetime import UTC, datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from commerce.models import Order, OrderLine, ReturnRequest, Shop, Variant


class Moment(serializers.DateTimeField):
    """In UTC, whoever is at work."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default_timezone=UTC, **options)


class OrderEventLineSerializer(serializers.ModelSerializer):
    """Pieces of one thing, as they were sold."""

    product = serializers.UUIDField(source="variant.product_id", default=None, allow_null=True)

    class Meta:
        model = OrderLine
        fields = [
            *("id", "product", "variant", "product_title", "variant_title", "sku"),
            *("quantity", "price", "total", "returned", "refunded"),
        ]
        read_only_fields = fields


class OrderNameSerializer(serializers.ModelSerializer):
    """Which order."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = Order
        fields = ["id", "number", "name"]
        read_only_fields = fields


class OrderEventSerializer(OrderNameSerializer):
    """`data` of `order.*`."""

    placed_at = Moment()
    paid_at = Moment(allow_null=True)
    lines = serializers.SerializerMethodField()

    class Meta(OrderNameSerializer.Meta):
        fields = [
            *OrderNameSerializer.Meta.fields,
            *("state", "currency", "goods", "shipping", "discount", "tax", "total", "refunded"),
            *("carrier", "tracking", "placed_at", "paid_at", "lines"),
        ]
        read_only_fields = fields

    @extend_schema_field(OrderEventLineSerializer(many=True))
    def get_lines(self, order: Order) -> list[Any]:
        """As they are now, in the order of the invoice."""
        lines = order.lines.select_related("variant").order_by("pk")
        return list(OrderEventLineSerializer(lines, many=True).data)


class ReturnEventLineSerializer(serializers.Serializer):
    """Pieces of a line that go back."""

    line = serializers.UUIDField(source="line_id")
    quantity = serializers.IntegerField()


class ReturnEventSerializer(serializers.ModelSerializer):
    """`data` of `return.*`."""

    asked_at = Moment()
    answer_by = Moment()
    order = OrderNameSerializer(read_only=True)
    lines = ReturnEventLineSerializer(many=True)

    class Meta:
        model = ReturnRequest
        fields = [
            *("id", "state", "reason", "asked_at", "answer_by", "tracking", "order", "lines"),
        ]
        read_only_fields = fields


class StockEventSerializer(serializers.ModelSerializer):
    """`data` of `stock.*`: so many pieces are left."""

    variant = serializers.UUIDField(source="pk")
    product = serializers.UUIDField(source="product_id")
    product_title = serializers.CharField(source="product.title")
    variant_title = serializers.CharField(source="name")

    class Meta:
        model = Variant
        fields = ["variant", "product", "product_title", "variant_title", "sku", "stock"]
        read_only_fields = fields


class TestEventSerializer(serializers.Serializer):
    """`data` of `webhook.test`."""

    webhook = serializers.UUIDField(source="pk")


def body_of(shop: Shop, kind: str, at: datetime, facts: Any) -> str:
    """`{type, timestamp, shop, data}` as it is sent."""
    said = {"type": kind, "timestamp": Moment().to_representation(at), "shop": shop.slug}
    return JSONRenderer().render({**said, "data": facts}).decode()
