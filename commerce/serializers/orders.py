"""Orders and returns as the REST door speaks of them. Amounts are decimals as strings, in the
order's `currency`."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.models import Order, OrderLine, Refund, ReturnRequest
from commerce.timeline import timeline
from videos.serializers.people import PersonCardSerializer


class MomentSerializer(serializers.Serializer):
    """A step of an order; `actor` null is Medley itself."""

    verb = serializers.CharField()
    words = serializers.CharField()
    note = serializers.CharField()
    at = serializers.DateTimeField()
    actor = PersonCardSerializer(allow_null=True)


class OrderLineSerializer(serializers.ModelSerializer):
    """Pieces of one thing, as they were sold; `source`, `video`, `conversation` and `creator` say
    where the buyer met it. `is_reviewable`: its buyer may `POST /products/<id>/reviews/`."""

    picture = serializers.CharField(source="picture_url")
    product = serializers.UUIDField(source="variant.product_id", default=None, allow_null=True)
    video = serializers.UUIDField(source="video_id", allow_null=True)
    creator = serializers.CharField(
        source="creator.username", default=None, allow_null=True, help_text="A username."
    )
    is_reviewable = serializers.BooleanField()

    class Meta:
        model = OrderLine
        fields = [
            "id",
            "product",
            "variant",
            "product_title",
            "variant_title",
            "sku",
            "picture",
            "quantity",
            "price",
            "discount",
            "tax",
            "tax_percent",
            "total",
            "returned",
            "refunded",
            "source",
            "video",
            "conversation",
            "creator",
            "is_reviewable",
        ]


class ReturnPartSerializer(serializers.Serializer):
    """Pieces of a line that go back."""

    line = serializers.UUIDField(source="line_id")
    quantity = serializers.IntegerField(min_value=1, max_value=99)


class ReturnSerializer(serializers.ModelSerializer):
    """Something that goes back, and what the shop said."""

    lines = ReturnPartSerializer(many=True)

    class Meta:
        model = ReturnRequest
        fields = [
            "id",
            "order",
            "reason",
            "words",
            "state",
            "answer",
            "asked_at",
            "answer_by",
            "decided_at",
            "tracking",
            "lines",
        ]


class RefundSerializer(serializers.ModelSerializer):
    """Money that goes back. `lines`: `[{line, quantity, amount}]`; the rest is shipping."""

    class Meta:
        model = Refund
        fields = [
            "id",
            "amount",
            "reason",
            "state",
            "lines",
            "created_at",
            "settled_at",
        ]


class OrderRowSerializer(serializers.ModelSerializer):
    """An order in a list."""

    name = serializers.CharField()
    shop = serializers.CharField(source="shop.slug")
    shop_name = serializers.CharField(source="shop.name")
    url = serializers.CharField(source="get_absolute_url")
    lines = OrderLineSerializer(many=True)

    class Meta:
        model = Order
        fields = [
            "id",
            "name",
            "number",
            "shop",
            "shop_name",
            "url",
            "state",
            "currency",
            "goods",
            "shipping",
            "discount",
            "platform_discount",
            "tax",
            "total",
            "refunded",
            "carrier",
            "tracking",
            "placed_at",
            "paid_at",
            "shipped_at",
            "delivered_at",
            "lines",
        ]


class OrderSerializer(OrderRowSerializer):
    """One order with all that happened to it."""

    buyer = PersonCardSerializer(allow_null=True)
    address = serializers.DictField(source="purchase.address")
    timeline = serializers.SerializerMethodField()
    returns = ReturnSerializer(many=True)
    refunds = RefundSerializer(many=True)

    class Meta(OrderRowSerializer.Meta):
        fields = [
            *OrderRowSerializer.Meta.fields,
            "purchase",
            "buyer",
            "address",
            "note",
            "timeline",
            "returns",
            "refunds",
        ]

    @extend_schema_field(MomentSerializer(many=True))
    def get_timeline(self, order: Order) -> Any:
        """From the first step to the last."""
        return MomentSerializer(list(timeline(order)), many=True).data


# --- What is sent in ------------------------------------------------------------------------------


class AgainSerializer(serializers.Serializer):
    """What of an order lies in the cart again: all but these."""

    missing = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Titles of what cannot be had."
    )


class CancelSerializer(serializers.Serializer):
    """Why, for both sides to read."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ShipSerializer(serializers.Serializer):
    """Who carries it."""

    carrier = serializers.CharField(max_length=40, required=False, allow_blank=True)
    tracking = serializers.CharField(max_length=60, required=False, allow_blank=True)


class RefundLineSerializer(serializers.Serializer):
    """What goes back of a line."""

    line = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=0, max_value=99, default=0)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal("0.01"))


class GiveBackSerializer(serializers.Serializer):
    """Money for a buyer."""

    lines = RefundLineSerializer(many=True, required=False)
    shipping = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=Decimal(0), default=Decimal(0)
    )
    reason = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class AskedPartSerializer(serializers.Serializer):
    """Pieces of a line."""

    line = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=99)


class AskReturnSerializer(serializers.Serializer):
    """What should go back, and why."""

    lines = AskedPartSerializer(many=True)
    reason = serializers.ChoiceField(ReturnRequest.Reason.choices)
    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class TrackingSerializer(serializers.Serializer):
    """The parcel on its way back."""

    tracking = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class DisputeSerializer(serializers.Serializer):
    """What the moderators should know."""

    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class ReturnAnswerSerializer(serializers.Serializer):
    """The shop's answer; a refusal needs one."""

    answer = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
