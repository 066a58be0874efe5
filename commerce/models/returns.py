"""Returns: what a buyer sends back, and what the seller says to it."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models.order import Order, OrderLine


class ReturnRequestQuerySet(models.QuerySet["ReturnRequest"]):
    """Returns, as sets."""

    def in_working_order(self) -> Self:
        """What waits for the shop first; of each, the newest first."""
        waits = models.Q(state__in=("asked", "sent"))
        first = models.Case(models.When(waits, then=0), default=1)
        return self.order_by(first, "-asked_at", "-pk")


class ReturnRequest(models.Model):
    """Asked by the buyer. Where the shop says nothing until `answer_by`, it is approved."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("return", "Waits for the shop")
        APPROVED = "approved", pgettext_lazy("return", "Approved: send it back")
        REFUSED = "refused", pgettext_lazy("return", "Refused")
        SENT = "sent", pgettext_lazy("return", "On its way back")
        RECEIVED = "received", pgettext_lazy("return", "Came back")
        DISPUTED = "disputed", pgettext_lazy("return", "With the moderators")
        WITHDRAWN = "withdrawn", pgettext_lazy("return", "Withdrawn")

    class Reason(models.TextChoices):
        DAMAGED = "damaged", _("It came damaged")
        WRONG = "wrong", _("It is not what I ordered")
        NOT_AS_SHOWN = "not_as_shown", _("It is not as shown")
        NO_FIT = "no_fit", _("It does not fit")
        NO_WISH = "no_wish", _("I do not want it any more")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="returns")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.CharField(_("what happened"), max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    answer = models.CharField(_("the shop's answer"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    tracking = models.CharField(max_length=60, blank=True)

    objects = ReturnRequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["answer_by"], name="return_unanswered", condition=models.Q(state="asked")
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"


class ReturnLine(models.Model):
    """Pieces of an order line."""

    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="returns")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("request", "line", name="return_line_once")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class ReturnWindow(models.Model):
    """How long goods of a category can be returned where the law or we say more than the shop."""

    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Or all."))
    category = models.ForeignKey(
        "commerce.Category", models.CASCADE, null=True, blank=True, related_name="+"
    )
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "category"], nulls_distinct=False, name="return_window_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country or '*'} {self.category_id or '*'}: {self.days}"
