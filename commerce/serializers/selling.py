"""Shops, their people, shipping, applications and imports in REST."""

from typing import Any

from rest_framework import serializers

from accounts.serializers import CardSerializer
from commerce.actions.applications import TRADER
from commerce.models import (
    ProductImport,
    SellerApplication,
    ShippingRate,
    ShippingZone,
    Shop,
    ShopStaff,
)


class TraderSerializer(serializers.ModelSerializer):
    """Who stands behind a shop, as everybody reads it."""

    class Meta:
        model = SellerApplication
        fields = [
            *("legal_name", "street", "city", "postcode", "country"),
            *("email", "phone", "register", "tax_number"),
        ]
        read_only_fields = fields


class ShopSerializer(serializers.ModelSerializer):
    """A shop as everybody sees it; `sells`: whether it takes orders now."""

    picture = serializers.CharField(source="picture_url", read_only=True)
    rating = serializers.FloatField(read_only=True, allow_null=True)
    sells = serializers.BooleanField(read_only=True)
    owner = CardSerializer(read_only=True)
    trader = TraderSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Shop
        fields = [
            *("id", "slug", "name", "about", "picture", "currency", "country", "state", "sells"),
            *("rating", "rating_count", "sold_count", "prices_include_tax"),
            *("return_days", "returns_policy", "shipping_policy"),
            *("holiday_from", "holiday_until", "holiday_words", "owner", "trader"),
        ]
        read_only_fields = fields


class OwnShopSerializer(ShopSerializer):
    """The same for its people, with what they may do there."""

    rights = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(ShopSerializer.Meta):
        fields = [*ShopSerializer.Meta.fields, "rights"]
        read_only_fields = fields


class ShopSettingsSerializer(serializers.ModelSerializer):
    """What can be changed; what is left out stays."""

    slug = serializers.CharField(max_length=40, required=False)

    class Meta:
        model = Shop
        fields = [
            *("name", "slug", "about", "prices_include_tax"),
            *("return_days", "returns_policy", "shipping_policy"),
            *("holiday_from", "holiday_until", "holiday_words"),
        ]


class UnfinishedSerializer(serializers.Serializer):
    """What keeps a shop from being closed."""

    orders = serializers.IntegerField(help_text="To be paid or sent.")
    returns = serializers.IntegerField(help_text="To be answered or paid back.")


class ShopPictureSerializer(serializers.Serializer):
    """A picture, at most 8 MB."""

    file = serializers.FileField()


class ApplicationSerializer(serializers.ModelSerializer):
    """What one sent, and what came of it; the document is never shown again."""

    name = serializers.CharField(source="shop.name", read_only=True)
    currency = serializers.CharField(source="shop.currency", read_only=True)
    shop_state = serializers.CharField(source="shop.state", read_only=True)

    class Meta:
        model = SellerApplication
        fields = ["name", "currency", "shop_state", "state", "reason", "sent_at", *TRADER]
        read_only_fields = fields


class ApplySerializer(serializers.Serializer):
    """A request to sell, as a form with a file; after a refusal `document` may be left out."""

    name = serializers.CharField(max_length=60)
    currency = serializers.CharField(max_length=3)
    legal_name = serializers.CharField(max_length=120)
    street = serializers.CharField(max_length=120)
    city = serializers.CharField(max_length=80)
    postcode = serializers.CharField(max_length=16, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2.")
    email = serializers.EmailField()
    phone = serializers.CharField(max_length=24)
    register = serializers.CharField(max_length=120, allow_blank=True, default="")
    tax_number = serializers.CharField(max_length=32, allow_blank=True, default="")
    iban = serializers.CharField(max_length=44)
    document = serializers.FileField(required=False)
    declares_law = serializers.BooleanField()

    @property
    def words(self) -> dict[str, Any]:
        """As `actions.applications.apply` takes them."""
        said = self.validated_data
        return {
            "name": said["name"],
            "currency": said["currency"],
            "document": said.get("document"),
            "declares_law": said["declares_law"],
            "trader": {name: said[name] for name in TRADER},
        }


# --- Staff ----------------------------------------------------------------------------------------


class StaffSerializer(serializers.ModelSerializer):
    """Somebody who works for a shop, or (`accepted_at` null) was asked to."""

    person = CardSerializer(read_only=True)

    class Meta:
        model = ShopStaff
        fields = ["id", "person", "role", "invited_at", "accepted_at"]
        read_only_fields = fields


class InvitationSerializer(serializers.ModelSerializer):
    """A shop that asks one to work for it."""

    shop = serializers.CharField(source="shop.slug", read_only=True)
    name = serializers.CharField(source="shop.name", read_only=True)

    class Meta:
        model = ShopStaff
        fields = ["id", "shop", "name", "role", "invited_at"]
        read_only_fields = fields


class StaffInviteSerializer(serializers.Serializer):
    """Whom to ask, for what."""

    username = serializers.CharField(max_length=40)
    role = serializers.ChoiceField(ShopStaff.Role.choices)


class StaffRoleSerializer(serializers.Serializer):
    """Another part."""

    role = serializers.ChoiceField(ShopStaff.Role.choices)


# --- Shipping -------------------------------------------------------------------------------------


class ShippingRateSerializer(serializers.ModelSerializer):
    """One way to ship, in the shop's currency; `free_from` null: never free."""

    class Meta:
        model = ShippingRate
        fields = ["id", "name", "price", "each_more", "free_from", "days_least", "days_most"]
        read_only_fields = ["id"]


class ShippingZoneSerializer(serializers.ModelSerializer):
    """Countries (ISO 3166-1; none: all others) with the same rates."""

    countries = serializers.ListField(child=serializers.CharField(max_length=2), default=list)
    rates = ShippingRateSerializer(many=True, read_only=True)

    class Meta:
        model = ShippingZone
        fields = ["id", "name", "countries", "rates"]


# --- Imports and the day --------------------------------------------------------------------------


class ReportErrorSerializer(serializers.Serializer):
    """Why a line is refused; `column` is "" for the whole line."""

    column = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ReportLineSerializer(serializers.Serializer):
    """A line of the file as a spreadsheet counts it."""

    line = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    outcome = serializers.ChoiceField(["new", "changed", "same", "refused"])
    errors = ReportErrorSerializer(many=True)  # type: ignore[assignment]  # DRF's own `errors`


class ImportSerializer(serializers.ModelSerializer):
    """A file of products: what becomes, or became, of each line; `taken` of `line_count` lines are
    through while it runs."""

    report = ReportLineSerializer(many=True, read_only=True)
    line_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = ProductImport
        fields = [
            *("id", "state", "line_count", "taken", "new_count", "changed_count", "refused_count"),
            *("report", "created_at", "done_at"),
        ]
        read_only_fields = fields


class ImportFileSerializer(serializers.Serializer):
    """CSV in UTF-8, at most 2 MB and 2000 lines."""

    file = serializers.FileField()


class LowSerializer(serializers.Serializer):
    """A variant of which there is not much left."""

    id = serializers.UUIDField(source="pk")
    product = serializers.UUIDField(source="product_id")
    title = serializers.CharField(source="product.title")
    sku = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())
    stock = serializers.IntegerField()


class TakingsSerializer(serializers.Serializer):
    """Of each of the last 28 days, what was paid back taken off it; `before`: of 28 before."""

    days = serializers.ListField(child=serializers.DateField())
    amounts = serializers.ListField(child=serializers.DecimalField(max_digits=14, decimal_places=2))
    orders = serializers.ListField(child=serializers.IntegerField())
    total = serializers.DecimalField(max_digits=14, decimal_places=2)
    before = serializers.DecimalField(max_digits=14, decimal_places=2)


class ShopDaySerializer(serializers.Serializer):
    """What waits; null where one's part in the shop does not include it."""

    ordered_today = serializers.IntegerField(allow_null=True)
    to_send = serializers.IntegerField(allow_null=True)
    returns = serializers.IntegerField(allow_null=True)
    reviews = serializers.IntegerField(allow_null=True)
    questions = serializers.IntegerField(allow_null=True)
    low = LowSerializer(many=True)
    takings = TakingsSerializer(allow_null=True)
