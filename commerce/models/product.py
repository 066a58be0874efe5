"""What shops sell."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models import fields
from commerce.models.category import Category
from commerce.models.photo import SizedPhoto
from commerce.models.product_set import ProductQuerySet
from commerce.models.shop import Shop
from videos.models import Video

FOR_SALE = Q(state="published", taken_down_at__isnull=True)


class Product(models.Model):
    """A thing for sale. What is counted, priced and stocked are its variants; every product has
    one at least. `price_from` and `in_stock` repeat what they say, for lists (stock.py)."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("product", "Draft")
        PUBLISHED = "published", pgettext_lazy("product", "For sale")
        ARCHIVED = "archived", pgettext_lazy("product", "Archived")

    is_wished: bool  # ProductQuerySet.wished_by

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="products", db_index=False)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    options = models.JSONField(default=list, help_text=_('Names, such as ["Size", "Colour"].'))
    attributes = models.JSONField(default=dict, help_text=_('Such as {"Material": "linen"}.'))
    film = models.ForeignKey(
        Video, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("video")
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    price_from = fields.amount(default=0)
    in_stock = models.BooleanField(default=False)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    sold_count = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(
        default=1, help_text="Counts edits: who changes it says which one they saw."
    )
    words = models.TextField(
        blank=True, editable=False, help_text="What it is found by, folded (accounts/words.py)."
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["shop", "-published_at"], name="product_of_shop"),
            models.Index(F("published_at").desc(), name="product_newest", condition=FOR_SALE),
            # Both ways: the dearest is read from the end. Many cost, or sold, the same.
            models.Index(fields=["price_from", "id"], name="product_by_price", condition=FOR_SALE),
            models.Index(fields=["sold_count", "id"], name="product_by_sold", condition=FOR_SALE),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commerce:product", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Anybody may see it, signed in or not (chat/sharing.py)."""
        shop = self.shop
        is_open = shop.state == Shop.State.OPEN and shop.owner is not None and shop.owner.is_active
        return self.is_published and self.taken_down_at is None and is_open

    @property
    def is_sold_now(self) -> bool:
        """Whether somebody can order some of it at this moment."""
        return self.is_public and self.in_stock and self.shop.sells

    @property
    def rating(self) -> float | None:
        """Stars from 1 to 5 on average, to one place; None before the first review."""
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None

    @property
    def offered(self) -> list["Variant"]:
        """The variants that can be chosen, in their order; needs them at hand."""
        return [variant for variant in self.variants.all() if variant.is_offered]

    @property
    def group_offer(self) -> Any:
        """What its shop offers to groups now, or None; needs `group_offers` at hand."""
        return next((offer for offer in self.group_offers.all() if offer.is_active), None)

    @property
    def first_photo(self) -> "ProductPhoto | None":
        """What stands for it; needs photos at hand."""
        return next(iter(self.photos.all()), None)

    @property
    def picture_url(self) -> str:
        """Where its first photo lies in the size of cards, or nothing; needs photos at hand."""
        return self.first_photo.card_url if self.first_photo else ""

    @property
    def thumb_url(self) -> str:
        """The same for a row of a list."""
        return self.first_photo.row_url if self.first_photo else ""

    def share_card(self) -> dict[str, Any]:
        """What a conversation shows of it; amounts are strings. Only `is_available` of each variant
        tells of stock: a card says nothing that changes with every order."""
        return {
            "kind": "product",
            "id": str(self.pk),
            "title": self.title,
            "detail": self.shop.name,
            "picture": self.picture_url,
            "url": self.get_absolute_url(),
            "price": str(self.price_from),
            "currency": self.shop.currency,
            "in_stock": self.is_sold_now,
            "shop": self.shop.slug,
            "seller": str(self.shop.owner_id),
            "variants": [variant.card() for variant in self.offered],
            "together": self.group_offer.card() if self.group_offer else None,
        }

    def note_share(self, user: Any, conversation_count: int) -> None:
        """Nobody counts it: what a sharing is worth is known by what is met (meeting.py)."""


class Variant(models.Model):
    """One choice of a product's options with its own price and stock. `stock` is what can still be
    ordered: what somebody holds for a payment has left it (reservation.py)."""

    LOW = 3  # pieces: what is about to be sold out

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.CharField(_("SKU"), max_length=40, blank=True)
    values = models.JSONField(default=list, help_text=_('One per option, such as ["M", "red"].'))
    price = fields.money()
    compare_price = fields.money(null=True, blank=True)
    stock = models.PositiveIntegerField(_("stock"), default=0)
    weight = models.PositiveIntegerField(_("weight in grams"), default=0)
    position = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    objects: ClassVar[models.Manager["Variant"]] = models.Manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="variant_price_positive"),
            models.CheckConstraint(
                condition=Q(compare_price__isnull=True)
                | Q(compare_price__gt=F("price"), compare_price_currency=F("price_currency")),
                name="variant_compare_price_above",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.product_id)

    @property
    def name(self) -> str:
        """What was chosen, "M / red"; empty for the only one of a product without options."""
        return " / ".join(self.values)

    @property
    def is_available(self) -> bool:
        return self.is_offered and self.stock > 0

    def card(self) -> dict[str, Any]:
        """What a card shows of it: `{id, name, price, compare_price, is_available}`."""
        compared = self.compare_price
        return {
            "id": str(self.pk),
            "name": self.name,
            "price": str(self.price.amount),
            "compare_price": str(compared.amount) if compared else None,
            "is_available": self.is_available,
        }


class ProductPhoto(SizedPhoto):
    """A picture of a product, perhaps of one variant; `smaller` copies lie beside it."""

    MOST = 10
    ROW, CARD = 270, 540  # pixels: what rows and cards show on the finest screens, about
    SIDES = (ROW, CARD)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="photos")
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, blank=True, related_name="+")
    image = models.ImageField(upload_to="products/", width_field="width", height_field="height")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(_("what it shows"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["id"], name="photo_without_copies", condition=Q(smaller__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.alt or str(self.pk)

    @property
    def row_url(self) -> str:
        """Where the copy for rows of lists lies."""
        return self.url_for(self.ROW)

    @property
    def card_url(self) -> str:
        """Where the copy for cards lies."""
        return self.url_for(self.CARD)

    @property
    def srcset(self) -> str:
        """All sizes, for a browser to choose from."""
        copies = [f"{self.image.storage.url(name)} {side}w" for side, name in self.copies.items()]
        return ", ".join([*copies, f"{self.image.url} {self.width}w"])
