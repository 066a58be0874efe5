"""Products as the REST door speaks them. Amounts are strings; what a shop may not know is asked of
the actions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers.reach import ReachSerializer
from commerce import commission
from commerce.actions.variants import Row
from commerce.models import Category, Product, ProductPhoto, Variant
from videos.models import Video

PRICE: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class CategorySerializer(serializers.ModelSerializer):
    """A shelf; `parent` is the slug of the one above."""

    parent: Any = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    name = serializers.CharField(source="shown_name")

    class Meta:
        model = Category
        fields = ["slug", "name", "parent"]


class CategoryField(serializers.SlugRelatedField):
    """A shelf, named by its slug."""

    def __init__(self, **options: Any) -> None:
        super().__init__("slug", queryset=Category.objects.all(), **options)

    def to_internal_value(self, data: Any) -> Category:
        """PostgreSQL would not even look for a slug with a NUL in it."""
        if "\0" in str(data):
            self.fail("does_not_exist", slug_name="slug", value=str(data))
        return super().to_internal_value(data)


class ProductPhotoSerializer(serializers.ModelSerializer):
    """A picture: square, in pixels; `row_url` and `card_url` lead to copies 270 and 540 wide."""

    url = serializers.CharField(source="image.url", read_only=True)
    row_url = serializers.CharField(read_only=True)
    card_url = serializers.CharField(read_only=True)

    class Meta:
        model = ProductPhoto
        fields = ["id", "url", "row_url", "card_url", "width", "height", "alt"]
        read_only_fields = ["width", "height"]


class PricedSerializer(serializers.ModelSerializer):
    """What every serializer of variants says of prices: amounts, in the shop's currency."""

    price = serializers.DecimalField(source="price.amount", **PRICE)
    compare_price = serializers.DecimalField(
        source="compare_price.amount", default=None, allow_null=True, **PRICE
    )


class VariantSerializer(PricedSerializer):
    """One choice; `left` is how many there are, where they are few."""

    FEW = 5

    left = serializers.SerializerMethodField()

    class Meta:
        model = Variant
        fields = ["id", "values", "price", "compare_price", "is_available", "left"]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_left(self, variant: Variant) -> int | None:
        return variant.stock if variant.stock <= self.FEW else None


class ProductCardSerializer(serializers.ModelSerializer):
    """A product among others."""

    picture = serializers.CharField(source="picture_url")
    price = serializers.DecimalField(source="price_from", **PRICE)
    currency = serializers.CharField(source="shop.currency")
    in_stock = serializers.BooleanField(source="is_sold_now")
    rating = serializers.FloatField(allow_null=True)
    shop = serializers.CharField(source="shop.slug")
    shop_name = serializers.CharField(source="shop.name")
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Product
        fields = [
            *("id", "title", "picture", "price", "currency", "in_stock", "rating"),
            *("rating_count", "sold_count", "shop", "shop_name", "url", "published_at"),
        ]


class ProductSerializer(ProductCardSerializer):
    """All that a buyer reads of it."""

    category: Any = serializers.SlugRelatedField("slug", read_only=True)
    photos = ProductPhotoSerializer(many=True)
    variants: Any = VariantSerializer(many=True, source="offered")
    video = serializers.UUIDField(source="film_id", allow_null=True)
    is_wished = serializers.BooleanField(default=False)

    class Meta(ProductCardSerializer.Meta):
        fields = [
            *ProductCardSerializer.Meta.fields,
            *("description", "category", "options", "attributes", "photos", "variants"),
            *("video", "is_wished"),
        ]


class MetProductSerializer(ProductSerializer):
    """The same for whoever comes from where it was shown. `disclosure` is to stand beside the
    price: it says that a creator earns when one buys; "" where none does."""

    disclosure = serializers.SerializerMethodField()

    class Meta(ProductSerializer.Meta):
        fields = [*ProductSerializer.Meta.fields, "disclosure"]

    def get_disclosure(self, _product: Product) -> str:
        earner = self.context["earner"]
        return commission.disclosure(earner) if earner else ""


# --- For the shop's people ------------------------------------------------------------------------


class OwnVariantSerializer(PricedSerializer):
    """One choice as its shop sees it."""

    class Meta:
        model = Variant
        fields = ["id", "values", "sku", "price", "compare_price", "stock", "is_offered"]


class OwnProductSerializer(ProductSerializer):
    """A product as its shop sees it. `revision` goes with every change: of two who change at once,
    the second gets 409 (`product.changed`)."""

    variants = OwnVariantSerializer(many=True)
    is_taken_down = serializers.SerializerMethodField()
    shared = ReachSerializer(
        source="reach", read_only=True, default=None, allow_null=True, help_text="Null in lists."
    )

    class Meta(ProductSerializer.Meta):
        fields = [*ProductSerializer.Meta.fields, "state", "revision", "is_taken_down", "shared"]

    def get_is_taken_down(self, product: Product) -> bool:
        return product.taken_down_at is not None


class NewProductSerializer(serializers.Serializer):
    """What a draft begins with; the price is in the shop's currency."""

    title = serializers.CharField()
    category = CategoryField()
    price = serializers.DecimalField(**PRICE)
    stock = serializers.IntegerField(min_value=0, default=0)


class RevisionSerializer(serializers.Serializer):
    """Which edit somebody saw."""

    revision = serializers.IntegerField(min_value=0)


class ProductChangeSerializer(RevisionSerializer):
    """What is to be different. `video` is a public one of the shop's owner or one's own."""

    title = serializers.CharField(required=False)
    description = serializers.CharField(required=False, allow_blank=True)
    category = CategoryField(required=False)
    attributes = serializers.DictField(child=serializers.CharField(), required=False)
    video = serializers.PrimaryKeyRelatedField(
        source="film", queryset=Video.objects.all(), required=False, allow_null=True
    )

    @property
    def said(self) -> tuple[int, dict[str, Any]]:
        """The revision, and what `products.edit` takes."""
        fields = dict(self.validated_data)
        if "film" in fields:
            fields["film"] = fields["film"] and fields["film"].pk
        return fields.pop("revision"), fields


class OptionsSerializer(RevisionSerializer):
    """`{"Size": ["S", "M"], "Colour": ["red"]}`: every combination becomes a variant."""

    options = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class VariantRowSerializer(serializers.Serializer):
    """What a variant is to be. With `stock_seen`, what was ordered since then stays ordered."""

    id = serializers.UUIDField()
    price = serializers.DecimalField(**PRICE)
    compare_price = serializers.DecimalField(allow_null=True, default=None, **PRICE)
    stock = serializers.IntegerField()
    stock_seen = serializers.IntegerField(min_value=0, allow_null=True, default=None)
    sku = serializers.CharField(allow_blank=True, default="")
    is_offered = serializers.BooleanField(default=True)


class VariantRowsSerializer(RevisionSerializer):
    """Prices and stock of some variants, or all."""

    variants = VariantRowSerializer(many=True)

    @property
    def rows(self) -> dict[Any, Row]:
        """What `variants.set_variants` takes."""
        told = [dict(row) for row in self.validated_data["variants"]]
        return {row.pop("id"): Row(**row) for row in told}


class PhotoFileSerializer(serializers.Serializer):
    """A picture to add."""

    file = serializers.FileField()
    alt = serializers.CharField(required=False, allow_blank=True, default="")


class PhotoOrderSerializer(serializers.Serializer):
    """Photos in the order in which they are to be shown."""

    photos = serializers.ListField(child=serializers.UUIDField())


class PhotoChangeSerializer(serializers.Serializer):
    """What a photo shows."""

    alt = serializers.CharField(allow_blank=True)
