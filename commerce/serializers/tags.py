"""Products in videos as the REST door speaks them."""

from rest_framework import serializers

from commerce import commission
from commerce.models import ProductTag


class TaggedProductSerializer(serializers.Serializer):
    """What a player shows of a product; its page and more are under `/products/<id>/`."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    picture = serializers.CharField(source="picture_url")
    price = serializers.DecimalField(source="price_from", max_digits=14, decimal_places=2)
    currency = serializers.CharField(source="shop.currency")
    in_stock = serializers.BooleanField(source="is_sold_now")


class TagSerializer(serializers.ModelSerializer):
    """`from_ms` to `until_ms` (null: to the end); `x`, `y` are parts of the picture, 0 to 1, from
    the upper left. `via` goes with the product into the cart: the author earns by it, which
    `disclosure` says; show it where the product is shown."""

    product = TaggedProductSerializer()
    via = serializers.SerializerMethodField()
    disclosure = serializers.SerializerMethodField()

    class Meta:
        model = ProductTag
        fields = ["product", "from_ms", "until_ms", "x", "y", "via", "disclosure"]

    def get_via(self, tag: ProductTag) -> str:
        return f"v:{tag.video_id}"

    def get_disclosure(self, tag: ProductTag) -> str:
        return commission.disclosure(tag.video.author)


class VideoTagSerializer(TagSerializer):
    """The same, of several videos."""

    class Meta(TagSerializer.Meta):
        fields = ["video", *TagSerializer.Meta.fields]


class TagPlaceSerializer(serializers.Serializer):
    """When and where a product is shown."""

    from_ms = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    until_ms = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, allow_null=True, default=None
    )
    x = serializers.FloatField(min_value=0, max_value=1, default=0.5)
    y = serializers.FloatField(min_value=0, max_value=1, default=0.5)
