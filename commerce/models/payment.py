"""Payments: what a provider holds, took and gave back for a purchase."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models import fields
from commerce.models.order import Order
from commerce.models.purchase import Purchase


def attempt() -> models.PositiveSmallIntegerField:
    """How often a provider broke down over a thing: a part of its idempotency key, for a provider
    gives the same broken answer to the same key."""
    return models.PositiveSmallIntegerField(default=0, db_default=0)


class Payment(models.Model):
    """One attempt to pay a purchase. At most one of a purchase is under way; `reference` is the
    provider's name for it."""

    class State(models.TextChoices):
        STARTED = "started", pgettext_lazy("payment", "Started")
        ACTION = "action", pgettext_lazy("payment", "Asks the buyer")
        PROCESSING = "processing", pgettext_lazy("payment", "The bank is asked")
        AUTHORISED = "authorised", pgettext_lazy("payment", "Held")
        CAPTURED = "captured", pgettext_lazy("payment", "Paid")
        FAILED = "failed", pgettext_lazy("payment", "Refused")
        RELEASED = "released", pgettext_lazy("payment", "Let go")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=12, help_text="One of PAYMENT_PROVIDERS.")
    reference = models.CharField(max_length=100, blank=True)
    action_url = models.CharField(max_length=2048, blank=True, help_text="Where the buyer goes on.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTED)
    currency = fields.currency()
    amount = fields.amount()
    captured = fields.amount(default=0)
    refunded = fields.amount(default=0)
    failure = models.CharField(max_length=40, blank=True, help_text="A code of refusals.py.")
    attempt = attempt()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purchase"],
                condition=~Q(state__in=["failed", "released", "captured"]),
                name="payment_one_under_way",
            ),
            models.UniqueConstraint(
                fields=["provider", "reference"],
                condition=~Q(reference=""),
                name="payment_reference_once",
            ),
            models.CheckConstraint(
                condition=Q(captured__lte=F("amount"), refunded__lte=F("captured")),
                name="payment_amounts_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}: {self.state}"


class RefundQuerySet(models.QuerySet["Refund"]):
    """Refunds, as sets."""

    def for_people(self) -> Self:
        """Those that need somebody of the staff: the provider refused, or does not answer."""
        return self.filter(Q(state="failed") | Q(state="asked") & ~Q(failure=""))


class Refund(models.Model):
    """Money that goes back for an order: decided here first, then asked of the provider. Without an
    order it is a payment that came twice for one purchase.

    While it is `asked`, `failure` says why it was not paid at once; people look at it (admin)."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("refund", "Under way")
        DONE = "done", pgettext_lazy("refund", "Paid back")
        FAILED = "failed", pgettext_lazy("refund", "The provider refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="refunds")
    amount = fields.amount()
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=6, choices=State.choices, default=State.ASKED)
    reference = models.CharField(max_length=100, blank=True)
    lines = models.JSONField(
        default=list, help_text="[{line, quantity, amount}]; rest is shipping."
    )
    failure = models.CharField(
        max_length=40, blank=True, db_default="", help_text="A code of refusals.py."
    )
    attempt = attempt()
    note = models.CharField(
        max_length=500, blank=True, db_default="", help_text="How people settled it themselves."
    )
    created_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(default=timezone.now, db_default=Now())
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(order=None), name="refund_of_second_payment_once"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="refund_unsettled", condition=~Q(state="done"))
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.order_id or self.payment_id}: {self.state}"


class ProviderEvent(models.Model):
    """What a provider told us by webhook: kept before anything is done with it, each once."""

    provider = models.CharField(max_length=12)
    event = models.CharField(max_length=100)
    kind = models.CharField(max_length=60)
    body = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("provider", "event", name="provider_event_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"
