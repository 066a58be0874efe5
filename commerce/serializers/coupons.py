"""Codes and flash sales in REST, for the people of the shop that gives them."""

from typing import Any, ClassVar

from rest_framework import serializers

from commerce.models import Coupon, FlashSale


class CouponSerializer(serializers.ModelSerializer):
    """A code: `percent` or `off`; amounts are in `currency`. `taken_off` is what it took off all
    that was ordered with it."""

    taken_off = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    state = serializers.ChoiceField(["coming", "running", "used_up", "ended"], read_only=True)

    class Meta:
        model = Coupon
        fields = [
            *("id", "code", "state", "percent", "off", "least", "currency", "starts_at", "ends_at"),
            *("most_uses", "most_each", "stacks", "used", "taken_off"),
        ]
        read_only_fields = ["id", "currency", "used"]
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "code": {"validators": []}
        }  # the action says "coupon.taken"


class CouponChangeSerializer(CouponSerializer):
    """What can be another; the code itself stays."""

    class Meta(CouponSerializer.Meta):
        fields = [
            *("percent", "off", "least", "starts_at", "ends_at"),
            *("most_uses", "most_each", "stacks"),
        ]


class FlashSaleSerializer(serializers.ModelSerializer):
    """A lower price for `most` pieces of a variant, `sold` of which are gone."""

    product = serializers.UUIDField(source="variant.product_id", read_only=True)
    title = serializers.CharField(source="variant.product.title", read_only=True)
    values = serializers.ListField(
        child=serializers.CharField(), source="variant.values", read_only=True
    )
    usual_price = serializers.DecimalField(
        source="variant.price.amount", max_digits=14, decimal_places=2, read_only=True
    )
    currency = serializers.CharField(source="variant.price.currency", read_only=True)
    state = serializers.ChoiceField(["coming", "running", "sold_out", "ended"], read_only=True)

    class Meta:
        model = FlashSale
        fields = [
            *("id", "product", "variant", "title", "values", "state", "price", "usual_price"),
            *("currency", "starts_at", "ends_at", "most", "most_each", "sold"),
        ]
        read_only_fields = fields


class FlashSaleStartSerializer(serializers.ModelSerializer):
    """What a sale begins with."""

    variant = serializers.UUIDField()

    class Meta:
        model = FlashSale
        fields = ["variant", "price", "starts_at", "ends_at", "most", "most_each"]


class FlashSaleChangeSerializer(serializers.ModelSerializer):
    """What can be another; the variant stays."""

    class Meta:
        model = FlashSale
        fields = ["price", "starts_at", "ends_at", "most", "most_each"]
