"""Purchases: what somebody pays at once; each shop's part of it is an order."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models import fields
from commerce.models.product import Variant

if TYPE_CHECKING:
    from commerce.models.payment import Payment


class Purchase(models.Model):
    """One payment in one currency. `key` is what the buyer's page or app named it by: placing it
    again answers the same purchase. All amounts are the server's."""

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("purchase", "Waits for the payment")
        AUTHORISED = "authorised", pgettext_lazy("purchase", "Payment is held")
        PAID = "paid", pgettext_lazy("purchase", "Paid")
        FAILED = "failed", pgettext_lazy("purchase", "Not paid")

    HELD_MINUTES = 15

    # The payment that was written with it, where it was placed by this request.
    opened: "Payment | None" = None

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="purchases"
    )
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="Of what was ordered: same key, other body.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    currency = fields.currency()
    goods = fields.amount()
    shipping = fields.amount(default=0)
    discount = fields.amount(default=0)
    tax = fields.amount(default=0, help_text="Of which tax, or on top of it where prices lack it.")
    total = fields.amount()
    address = models.JSONField()
    group_buy = models.ForeignKey(
        "commerce.GroupBuy", models.PROTECT, null=True, blank=True, related_name="purchases"
    )
    placed_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("buyer", "key", name="purchase_once"),
            models.CheckConstraint(condition=models.Q(total__gte=0), name="purchase_total"),
        ]
        indexes = [
            models.Index(
                fields=["held_until"],
                name="purchase_to_expire",
                condition=models.Q(state="pending"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.total} {self.currency} by {self.buyer_id}"


class Reservation(models.Model):
    """Pieces that a purchase took out of a variant's stock until it is paid; where it falls through
    they go back. Once it is paid the row goes, but for those of a flash sale: they stay, for so
    many has this buyer had of it."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="reservations")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    flash_sale = models.ForeignKey(
        "commerce.FlashSale", models.PROTECT, null=True, blank=True, related_name="+"
    )
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("purchase", "variant", name="reserved_once_a_purchase")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"
