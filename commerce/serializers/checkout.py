"""Carts, addresses and checkouts, as the REST door speaks them."""

from typing import Any, ClassVar

from rest_framework import serializers

from commerce.models import Address, Purchase


def _amount(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **options)


class CartLineSerializer(serializers.Serializer):
    """A line as it would be ordered now; `note` says what changed since it was put in."""

    id = serializers.UUIDField(source="line.pk")
    product = serializers.UUIDField(source="line.variant.product_id")
    variant = serializers.UUIDField(source="line.variant_id")
    title = serializers.CharField(source="line.variant.product.title")
    choice = serializers.CharField(source="line.variant.name")
    picture = serializers.CharField(source="line.variant.product.picture_url")
    shop = serializers.CharField(source="line.variant.product.shop.slug")
    currency = serializers.CharField(source="line.variant.product.shop.currency")
    quantity = serializers.IntegerField(source="line.quantity")
    price = _amount(help_text="Of one piece, now.")
    total = _amount()
    note = serializers.CharField(source="note.sentence")
    note_code = serializers.CharField(
        source="note.code",
        help_text="cart.gone, cart.away, cart.sold_out, cart.few, cart.price_up, cart.price_down;"
        " empty where nothing changed.",
    )
    can_order = serializers.BooleanField()
    is_for_later = serializers.BooleanField(source="line.is_for_later")


class CartSectionSerializer(serializers.Serializer):
    """What is paid at once."""

    currency = serializers.CharField()
    goods = _amount()
    can_order = serializers.BooleanField()
    lines = CartLineSerializer(many=True)


class CartSerializer(serializers.Serializer):
    """A cart. Guests know it by the answer's header `X-Cart`, and send that along."""

    count = serializers.IntegerField()
    sections = CartSectionSerializer(many=True)
    later = CartLineSerializer(many=True)


class NewCartLineSerializer(serializers.Serializer):
    """Some pieces of a variant; `via` says where it was met, as in a product's address."""

    variant = serializers.UUIDField()
    quantity = serializers.IntegerField(default=1)
    via = serializers.CharField(default="", allow_blank=True, max_length=100)


class CartChangeSerializer(serializers.Serializer):
    """What is to be another than it was."""

    quantity = serializers.IntegerField(required=False)
    for_later = serializers.BooleanField(required=False)


class AddressSerializer(serializers.ModelSerializer):
    """Where parcels go."""

    class Meta:
        model = Address
        fields: ClassVar = [
            *("id", "name", "street", "more", "city", "state", "postcode", "country", "phone"),
            "is_default",
        ]


class AskedSerializer(serializers.Serializer):
    """What to order: all in the cart that is in `currency`, or one `variant` at once. `shipping`
    and `notes` are by the shop's id."""

    address = serializers.UUIDField(required=False, source="address_id")
    currency = serializers.CharField(required=False, max_length=3)
    shipping = serializers.DictField(child=serializers.IntegerField(), required=False)
    codes = serializers.ListField(
        child=serializers.CharField(max_length=24), required=False, max_length=10
    )
    variant = serializers.UUIDField(required=False)
    quantity = serializers.IntegerField(required=False)
    group_buy = serializers.UUIDField(required=False)
    notes = serializers.DictField(child=serializers.CharField(max_length=300), required=False)


class PlacingSerializer(AskedSerializer):
    """The same, and the total that the buyer saw: another one is a 409, checkout.changed."""

    expect = _amount(required=False)


class WaySerializer(serializers.Serializer):
    """One way to ship."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    price = _amount()
    days_least = serializers.IntegerField()
    days_most = serializers.IntegerField()


class ShopQuoteSerializer(serializers.Serializer):
    """One shop's part."""

    shop = serializers.UUIDField()
    goods = _amount()
    discount = _amount()
    platform_discount = _amount()
    shipping = _amount()
    tax = _amount()
    total = _amount()
    ways = WaySerializer(many=True)
    way = serializers.IntegerField(allow_null=True, help_text="The chosen one; null: none ships.")


class QuoteSerializer(serializers.Serializer):
    """What it costs now."""

    currency = serializers.CharField()
    goods = _amount(source="quote.goods")
    discount = _amount(source="quote.discount")
    shipping = _amount(source="quote.shipping")
    tax = _amount(source="quote.tax")
    total = _amount(source="quote.total")
    address = serializers.UUIDField(source="address.pk", default=None, allow_null=True)
    shops = ShopQuoteSerializer(many=True)


class PurchaseSerializer(serializers.ModelSerializer):
    """An order that was placed; it is paid at `payment`."""

    payment = serializers.CharField(help_text="The address of the page on which it is paid.")

    class Meta:
        model = Purchase
        fields: ClassVar = [
            *("id", "state", "currency", "goods", "shipping", "discount", "tax", "total"),
            *("held_until", "payment"),
        ]
