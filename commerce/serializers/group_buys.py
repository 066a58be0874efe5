"""The shapes of group buys in REST."""

from rest_framework import serializers

from commerce.models import GroupBuy
from commerce.models.group_buy import MOST_HOURS, GroupBuyOffer


class GroupBuySerializer(serializers.Serializer):
    """A group as it stands; amounts in the shop's currency, of one piece at least."""

    id = serializers.UUIDField()
    product = serializers.UUIDField(source="product_id")
    title = serializers.CharField(source="product.title")
    state = serializers.ChoiceField(choices=GroupBuy.State.choices)
    people = serializers.IntegerField(help_text="How many it takes.")
    is_inside = serializers.BooleanField(help_text="Whether one has a place in it oneself.")
    filled = serializers.IntegerField(help_text="How many payments are held.")
    percent = serializers.DecimalField(max_digits=5, decimal_places=2)
    price = serializers.DecimalField(source="price_from", max_digits=14, decimal_places=2)
    currency = serializers.CharField(source="product.shop.currency")
    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    conversation = serializers.UUIDField(allow_null=True)


class NewGroupBuySerializer(serializers.Serializer):
    """Which product, and the conversation it is started from, if any."""

    product = serializers.UUIDField()
    conversation = serializers.UUIDField(required=False, allow_null=True, default=None)


class GroupOfferSerializer(serializers.ModelSerializer):
    """What a shop offers to groups; limits are those of the verb."""

    people = serializers.IntegerField(help_text="2 to 50.")
    percent = serializers.DecimalField(max_digits=5, decimal_places=2)
    hours = serializers.IntegerField(help_text=f"1 to {MOST_HOURS}.")

    class Meta:
        model = GroupBuyOffer
        fields = ("people", "percent", "hours")
