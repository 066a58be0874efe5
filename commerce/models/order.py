"""Orders: one shop's part of a purchase, and its way to the buyer."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.ids import uuid7
from accounts.models import User
from commerce.models import fields
from commerce.models.product import Variant
from commerce.models.purchase import Purchase
from commerce.models.shop import Shop
from commerce.models.source import Source


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders, as sets."""

    def bought_by(self, person: User) -> Self:
        """Those that the person placed, the newest first; what was never paid is not among them
        once it fell through."""
        own = self.filter(buyer=person).exclude(state="cancelled", number__isnull=True)
        return own.order_by("-placed_at", "-pk")

    def sold_by(self, shop: Shop) -> Self:
        """What a shop has, or had, to send: a shop hears of an order once it is paid."""
        return self.filter(shop=shop, number__isnull=False).order_by("-placed_at", "-pk")

    def visible_to(self, person: User) -> Self:
        """What somebody bought or, once it is paid, what a shop they work for sold."""
        sold = Q(shop__in=Shop.objects.run_by(person).order_by().values("pk"))
        return self.filter(Q(buyer=person) | sold & Q(number__isnull=False))

    def with_lines(self) -> Self:
        """As lists show them: two queries more."""
        lines = models.Prefetch("lines", OrderLine.objects.as_shown())
        return self.select_related("shop", "buyer").prefetch_related(lines)

    def in_full(self) -> Self:
        """With all that its page shows: seven queries, however much that is."""
        steps = OrderStep.objects.select_related("actor")
        lines = models.Prefetch("lines", OrderLine.objects.as_shown())
        return self.select_related("shop__owner", "purchase", "buyer").prefetch_related(
            lines, models.Prefetch("steps", steps), "returns__lines__line", "refunds"
        )

    def matching(self, words: str) -> Self:
        """Those with this number, or of a buyer or a product with these words in their names."""
        words = words.strip().removeprefix("@")
        if not words:
            return self
        number = words.rpartition("-")[2]
        lines = OrderLine.objects.filter(order=models.OuterRef("pk"))
        named = lines.filter(Q(product_title__icontains=words) | Q(sku__iexact=words))
        buyer = Q(buyer__username__icontains=words) | Q(buyer__display_name__icontains=words)
        found = buyer | Q(models.Exists(named))
        if number.isdecimal() and len(number) < 10:
            found |= Q(number=int(number))
        return self.filter(found)

    def held(self, key: object) -> "Order":
        """This one, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("shop").get(pk=key)


class Order(FSMModelMixin, models.Model):
    """What one shop has to send. `number` counts the shop's paid orders from 1; amounts are in the
    purchase's currency and never change: refunds are rows of their own."""

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("order", "Waits for the payment")
        PAID = "paid", pgettext_lazy("order", "Paid")
        PACKED = "packed", pgettext_lazy("order", "Packed")
        SHIPPED = "shipped", pgettext_lazy("order", "On its way")
        DELIVERED = "delivered", pgettext_lazy("order", "Delivered")
        RETURNED = "returned", pgettext_lazy("order", "Returned")
        REFUNDED = "refunded", pgettext_lazy("order", "Refunded")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    CAME = (State.DELIVERED, State.RETURNED, State.REFUNDED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders")
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="orders", db_index=False)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="orders"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    state = FSMField(choices=State.choices, default=State.PENDING, protected=True)
    currency = fields.currency()
    goods = fields.amount()
    shipping = fields.amount(default=0)
    discount = fields.amount(default=0, help_text="Given by the shop.")
    platform_discount = fields.amount(
        default=0, help_text="Given by Medley: the shop gets it back."
    )
    tax = fields.amount(default=0)
    total = fields.amount(help_text="What the buyer pays of it.")
    refunded = fields.amount(default=0)
    shipping_name = models.CharField(max_length=60, blank=True)
    carrier = models.CharField(max_length=40, blank=True)
    tracking = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="The buyer's words to the shop.")
    placed_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "number"],
                condition=Q(number__isnull=False),
                name="order_number_once",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=models.F("total")),
                name="order_refunded_within_total",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "state", "-placed_at"], name="order_of_shop"),
            models.Index(fields=["buyer", "-placed_at"], name="order_of_buyer"),
        ]

    def __str__(self) -> str:
        return f"{self.shop_id} no. {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("commerce:order", args=[self.pk])

    @property
    def name(self) -> str:
        """What people call it: "mei-7"; of one that is not paid, the start of its id."""
        return f"{self.shop.slug}-{self.number}" if self.number else str(self.pk)[-8:]

    @property
    def left(self) -> Decimal:
        """What was paid and not given back yet."""
        return self.total - self.refunded

    @property
    def has_come(self) -> bool:
        """Whether the buyer had it in their hands, whatever became of it since."""
        return self.delivered_at is not None and self.state in self.CAME

    @property
    def is_unsent(self) -> bool:
        """Paid, and still with the shop."""
        return self.state in (self.State.PAID, self.State.PACKED)

    @property
    def was_sent(self) -> bool:
        """It left the shop, wherever it is now."""
        return self.state in (self.State.SHIPPED, self.State.DELIVERED, self.State.RETURNED)

    # Each moves the state alone; actions/orders.py says who may, and saves.

    @transition(state, State.PENDING, State.PAID)
    def pay(self) -> None:
        self.paid_at = timezone.now()

    @transition(state, State.PAID, State.PACKED)
    def pack(self) -> None:
        """All of it lies in the parcel."""

    @transition(state, [State.PAID, State.PACKED], State.SHIPPED)
    def ship(self) -> None:
        self.shipped_at = timezone.now()

    @transition(state, State.SHIPPED, State.DELIVERED)
    def deliver(self) -> None:
        self.delivered_at = timezone.now()

    @transition(state, [State.PENDING, State.PAID, State.PACKED], State.CANCELLED)
    def cancel(self) -> None:
        """Nothing is sent, and all that was paid goes back."""

    @transition(state, [State.SHIPPED, State.DELIVERED], State.RETURNED)
    def take_back(self) -> None:
        """All its pieces came back."""

    @transition(state, [State.PAID, State.PACKED, State.SHIPPED, State.DELIVERED], State.REFUNDED)
    def give_back_all(self) -> None:
        """All that was paid went back, and the goods stayed where they are."""


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    """Lines, as sets."""

    def come(self) -> Self:
        """What its buyer had in their hands, whatever became of it since."""
        return self.filter(_HAS_COME)

    def reviewable(self) -> Self:
        """What has come, is still known, and has no review yet."""
        return self.filter(_IS_REVIEWABLE)

    def as_shown(self) -> Self:
        """With who showed it and `is_reviewable`, for pages of orders."""
        told = models.ExpressionWrapper(_IS_REVIEWABLE, models.BooleanField())
        return self.select_related("variant", "creator").annotate(is_reviewable=told)


_HAS_COME = Q(order__delivered_at__isnull=False, order__state__in=Order.CAME)
_IS_REVIEWABLE = _HAS_COME & Q(variant__isnull=False, review__isnull=True)


class OrderLine(Source):
    """Some pieces, as they were sold: words, price, tax, and where they were met."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, related_name="+")
    product_title = models.CharField(max_length=120)
    variant_title = models.CharField(max_length=120, blank=True)
    sku = models.CharField(max_length=40, blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="Name in the storage.")
    quantity = models.PositiveSmallIntegerField()
    price = fields.amount(help_text="Of one piece, before discounts.")
    discount = fields.amount(default=0, help_text="Of all pieces, whoever gave it.")
    tax = fields.amount(default=0)
    tax_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    total = fields.amount(help_text="What the buyer pays for it, shipping aside.")
    commission_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    returned = models.PositiveSmallIntegerField(default=0, help_text="Pieces that came back.")
    refunded = fields.amount(default=0)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_quantity"),
            models.CheckConstraint(
                condition=Q(returned__lte=models.F("quantity")), name="order_line_returned"
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=models.F("total")),
                name="order_line_refunded_within_total",
            ),
        ]
        indexes = [
            models.Index(
                fields=["creator", "order"],
                name="order_line_of_creator",
                condition=Q(creator__isnull=False),
            ),
            models.Index(
                fields=["video"], name="order_line_of_video", condition=Q(video__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product_title}"

    @property
    def picture_url(self) -> str:
        """The address of its picture, or nothing."""
        return default_storage.url(self.picture) if self.picture else ""


class OrderStep(models.Model):
    """One thing that happened to an order: what, by whom, when. `actor` None is Medley itself."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="steps", db_index=False)
    verb = models.CharField(max_length=20, help_text="A state, or what was done in it.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["order", "at"], name="order_timeline")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.verb}"
