"""What shops' own servers are told: where to, what, and what came of each try."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from accounts.models.link import URL_LIMIT
from commerce.models.shop import Shop

ANSWER_LIMIT = 500
NAME_LIMIT = 60


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Endpoints, as sets."""

    def on(self) -> Self:
        """Those that are told."""
        return self.filter(state="on")


class WebhookEndpoint(models.Model):
    """An address of the shop's own that is told of some kinds of events.

    The secret has to be here as it is, for it signs; people see it once. After a change the one
    before signs beside it until `old_secret_until`. `failing_since`: nothing came through since."""

    class State(models.TextChoices):
        ON = "on", pgettext_lazy("webhook", "On")
        OFF = "off", pgettext_lazy("webhook", "Off")
        FAILING = "failing", pgettext_lazy("webhook", "Turned off: nothing came through")
        GONE = "gone", pgettext_lazy("webhook", "Turned off: it answered 410 Gone")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="webhooks")
    url = models.CharField(_("address"), max_length=URL_LIMIT)
    name = models.CharField(_("name"), max_length=NAME_LIMIT, blank=True)
    events = models.JSONField(default=list, help_text="Values of `WebhookEvent.Kind`.")
    state = models.CharField(max_length=7, choices=State.choices, default=State.ON)
    secret = models.CharField(max_length=80)
    old_secret = models.CharField(max_length=80, blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("shop", "url", name="webhook_address_once")]

    def __str__(self) -> str:
        return self.url

    @property
    def is_on(self) -> bool:
        return self.state == self.State.ON

    @property
    def secrets(self) -> list[str]:
        """Those that sign now, the newest first."""
        until = self.old_secret_until
        return [self.secret, *([self.old_secret] if until and until > timezone.now() else [])]

    @property
    def kinds(self) -> "list[WebhookEvent.Kind]":
        """What it is told of, in the order of `WebhookEvent.Kind`."""
        return [kind for kind in WebhookEvent.Kind if kind in self.events]


class WebhookEvent(models.Model):
    """Something that happened in a shop, told to whom it may concern; its id is the `webhook-id` of
    every try. `body` is what is sent, to the byte."""

    class Kind(models.TextChoices):
        ORDER_PAID = "order.paid", _("An order was paid")
        ORDER_PACKED = "order.packed", _("An order was packed")
        ORDER_SHIPPED = "order.shipped", _("An order was sent")
        ORDER_DELIVERED = "order.delivered", _("An order arrived")
        ORDER_CANCELLED = "order.cancelled", _("A paid order was cancelled")
        ORDER_REFUNDED = "order.refunded", _("Money went back for an order")
        ORDER_RETURNED = "order.returned", _("All of an order came back")
        RETURN_ASKED = "return.asked", _("A buyer wants to send something back")
        RETURN_APPROVED = "return.approved", _("A return was approved")
        RETURN_REFUSED = "return.refused", _("A return was refused")
        RETURN_SENT = "return.sent", _("A return is on its way")
        RETURN_RECEIVED = "return.received", _("A return came back")
        RETURN_WITHDRAWN = "return.withdrawn", _("A return was withdrawn")
        RETURN_DISPUTED = "return.disputed", _("A return is with the moderators")
        RETURN_GRANTED = "return.granted", _("A moderator decided for the buyer")
        RETURN_DENIED = "return.denied", _("A moderator decided for the shop")
        STOCK_LOW = "stock.low", _("Something is running low")
        STOCK_GONE = "stock.gone", _("Something is sold out")

    TEST = "webhook.test"  # asked for by people of the shop, for one endpoint

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def kind_name(self) -> str:
        """In words."""
        return str(self.Kind(self.kind).label) if self.kind in self.Kind else str(_("A test"))


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Deliveries, as sets."""

    def of_shop(self, shop: Shop) -> Self:
        """All of a shop, each with its event and where it goes."""
        return self.filter(endpoint__shop=shop).select_related("event", "endpoint")

    def with_last_attempt(self) -> Self:
        """Each with `last_status` and `last_failure`: what came of its last try; null before it."""
        last = WebhookAttempt.objects.filter(delivery=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            last_status=Subquery(last.values("status")[:1]),
            last_failure=Subquery(last.values("failure")[:1]),
        )

    def due(self) -> Self:
        """Those whose next try has come."""
        return self.filter(state="waiting", due_at__lte=timezone.now())

    def give_up(self) -> int:
        """Those that wait are tried no more; answers how many."""
        return self.filter(state="waiting").update(state="failed", due_at=None)


class WebhookDelivery(models.Model):
    """An event on its way to an endpoint. `tries` counts since it was last asked for; `due_at` is
    the next one's time, null while a job has it in hand or nothing is to come."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("webhook", "On its way")
        DELIVERED = "delivered", pgettext_lazy("webhook", "Delivered")
        FAILED = "failed", pgettext_lazy("webhook", "Failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", db_index=False
    )
    event = models.ForeignKey(WebhookEvent, models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("endpoint", "event", name="webhook_event_once_each"),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="webhook_log"),
            models.Index(fields=["due_at"], name="webhook_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.endpoint_id}: {self.state}"

    @property
    def attempts_made(self) -> "list[WebhookAttempt]":
        """All, the last first."""
        return list(self.attempts.order_by("-at", "-pk"))


class WebhookAttempt(models.Model):
    """One try. `status` is the answer's, `answer` its beginning; where there was none, `failure`
    says why: too_slow, unreachable, not_public, address, or lost (our own worker ended)."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    took = models.PositiveIntegerField(default=0, help_text="Milliseconds.")
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=ANSWER_LIMIT, blank=True)
    failure = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.failure}"

    @property
    def is_ok(self) -> bool:
        """Whether it was taken: any 2xx."""
        return self.status is not None and 200 <= self.status < 300
