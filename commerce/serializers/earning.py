"""Earnings, payouts, programmes and the showcase, as the REST door speaks them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.models import Payout, PayoutAccount, Programme, ProgrammeMember, ShowcaseItem


def _amount(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=14, decimal_places=2, **options)


class BalanceSerializer(serializers.Serializer):
    """In one currency. `available` below zero: refunds came after a payout."""

    currency = serializers.CharField()
    pending = _amount()
    available = _amount()
    on_its_way = _amount()
    paid = _amount()


class EarnedRowSerializer(serializers.Serializer):
    """What came from one place."""

    name = serializers.CharField()
    url = serializers.CharField()
    sales = serializers.IntegerField()
    amount = _amount()


class EarnedDaySerializer(serializers.Serializer):
    """What was earned on one day."""

    day = serializers.DateField()
    amount = _amount()
    sales = serializers.IntegerField()


class EarningsSerializer(serializers.Serializer):
    """The last days in one currency, refunds taken off; balances are of all time."""

    balances = BalanceSerializer(many=True)
    currency = serializers.CharField()
    days = serializers.IntegerField()
    total = _amount()
    sales = serializers.IntegerField()
    by_day = EarnedDaySerializer(many=True)
    by_source = EarnedRowSerializer(many=True)
    by_video = EarnedRowSerializer(many=True)
    by_talk = EarnedRowSerializer(many=True)
    by_product = EarnedRowSerializer(many=True)


class MoneySharesSerializer(serializers.Serializer):
    """Buyers `paid` and Medley `given` (discounts) are what the others share."""

    paid = _amount()
    given = _amount()
    tax = _amount()
    fee = _amount()
    commission = _amount()
    left = _amount(help_text="What is the shop's.")


class MoneySharesRowSerializer(serializers.Serializer):
    """The shares of one place or creator; `url` "" where there is nothing to look at."""

    name = serializers.CharField()
    url = serializers.CharField()
    shares = MoneySharesSerializer()


class ShopMoneySerializer(serializers.Serializer):
    """The last days of a shop, refunds taken off; balances are of all time."""

    balances = BalanceSerializer(many=True)
    currency = serializers.CharField()
    days = serializers.IntegerField()
    total = MoneySharesSerializer()
    by_source = MoneySharesRowSerializer(many=True)
    by_video = MoneySharesRowSerializer(many=True)
    by_talk = MoneySharesRowSerializer(many=True)
    by_creator = MoneySharesRowSerializer(many=True)


class PayoutSerializer(serializers.ModelSerializer):
    """One transfer; `failure` says why it did not arrive."""

    class Meta:
        model = Payout
        fields: ClassVar = [
            *("id", "currency", "amount", "state", "reference", "failure"),
            *("period_end", "created_at", "settled_at"),
        ]


class PayoutAccountSerializer(serializers.ModelSerializer):
    """Where the money goes; of the IBAN only its ends are told."""

    iban = serializers.CharField(source="shown_iban", read_only=True)

    class Meta:
        model = PayoutAccount
        fields: ClassVar = ["holder", "iban", "changed_at"]


class NewPayoutAccountSerializer(serializers.Serializer):
    """Another account."""

    holder = serializers.CharField()
    iban = serializers.CharField()


class OnboardingSerializer(serializers.Serializer):
    """Where one says who one is; for some minutes, and once."""

    url = serializers.URLField(read_only=True)


class ProgrammeSerializer(serializers.ModelSerializer):
    """What a shop pays. `product` None: all without a programme of their own. `part`: invited, in,
    left, or None; `percent`: what one gets oneself."""

    shop = serializers.CharField(source="shop.slug")
    shop_name = serializers.CharField(source="shop.name")
    product_title = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField()
    part = serializers.CharField(allow_null=True, default=None)

    class Meta:
        model = Programme
        fields: ClassVar = [
            *("id", "shop", "shop_name", "product", "product_title", "percent"),
            *("is_open", "part"),
        ]

    def get_product_title(self, programme: Programme) -> str:
        return programme.product.title if programme.product else ""

    @extend_schema_field(serializers.DecimalField(max_digits=5, decimal_places=2))
    def get_percent(self, programme: Any) -> str:
        own = getattr(programme, "my_rate", None)
        return f"{programme.percent if own is None else own:.2f}"


class OfferSerializer(serializers.Serializer):
    """What creators are offered."""

    product = serializers.UUIDField(required=False, allow_null=True, default=None)
    percent = serializers.DecimalField(max_digits=5, decimal_places=2)
    is_open = serializers.BooleanField(default=True)


class ProgrammeMemberSerializer(serializers.ModelSerializer):
    """A creator in a programme; `percent` None: as the programme says."""

    username = serializers.CharField(source="creator.username")

    class Meta:
        model = ProgrammeMember
        fields: ClassVar = ["id", "username", "percent", "state", "since"]


class InviteSerializer(serializers.Serializer):
    """Whom to ask, perhaps at a rate of their own."""

    username = serializers.CharField()
    percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, required=False, allow_null=True, default=None
    )


class RateSerializer(serializers.Serializer):
    """A creator's own rate; None: as the programme says."""

    percent = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)


class ShowcaseItemSerializer(serializers.ModelSerializer):
    """A product on one's profile."""

    title = serializers.CharField(source="product.title")
    shop = serializers.CharField(source="product.shop.slug")
    price_from = _amount(source="product.price_from")
    currency = serializers.CharField(source="product.shop.currency")

    class Meta:
        model = ShowcaseItem
        fields: ClassVar = ["product", "title", "shop", "price_from", "currency", "added_at"]


class ShownProductSerializer(serializers.Serializer):
    """Which product."""

    product = serializers.UUIDField()


class ShowcaseOrderSerializer(serializers.Serializer):
    """Which come first, in this order."""

    products = serializers.ListField(child=serializers.UUIDField(), max_length=200)
