"""Group buys: a lower price where enough people buy together in time."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models.product import Product
from commerce.models.purchase import Purchase

# Whoever joins has the money held until the group is complete, and a card's hold lasts seven days:
# a day less leaves time to take it, and to try that again.
MOST_HOURS = 6 * 24


def lowered(price: Decimal, percent: Decimal) -> Decimal:
    """A price less so many percent, to the cent, half up."""
    return (price * (100 - percent) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


class GroupBuyOffer(models.Model):
    """What a shop offers: `people` buyers, `percent` off, `hours` to find each other."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="group_offers")
    people = models.PositiveSmallIntegerField(_("people"), default=3)
    percent = models.DecimalField(_("percent off"), max_digits=5, decimal_places=2)
    hours = models.PositiveSmallIntegerField(_("hours"), default=24)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(is_active=True), name="group_offer_one_active"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=2, people__lte=50)
                & Q(percent__gt=0, percent__lt=100)
                & Q(hours__gte=1, hours__lte=MOST_HOURS),
                name="group_offer_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} x {self.product_id}: {self.percent} %"

    def card(self) -> dict[str, Any]:
        """`{people, percent, hours}`, as a product's card has it."""
        percent = f"{self.percent.normalize():f}"
        return {"people": self.people, "percent": percent, "hours": self.hours}


class GroupBuyQuerySet(models.QuerySet["GroupBuy"]):
    """Groups, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """Whoever sees the product and has the group's address; who has a place in it always. What
        `share_card()` reads is at hand."""
        shown = Q(product__in=Product.objects.visible_to(viewer))
        if viewer.is_authenticated:
            shown |= Q(pk__in=GroupBuyPlace.objects.filter(person=viewer).values("group_buy"))
        return self.filter(shown).with_product()

    def with_product(self) -> Self:
        """With what is read of its product wherever a group is shown."""
        return self.select_related("product__shop__owner").prefetch_related("product__photos")

    def with_place_of(self, viewer: Any) -> Self:
        """With `is_inside`: whether somebody has a place in it; nobody signed out has."""
        own = GroupBuyPlace.objects.filter(group_buy=OuterRef("pk"), person=viewer.pk)
        return self.annotate(is_inside=Exists(own))

    def open(self) -> Self:
        """Those that wait for people, and whose time has not run out."""
        return self.filter(state="open", ends_at__gt=timezone.now())

    def overdue(self) -> Self:
        """Those whose time ran out without enough people, the oldest first."""
        return self.filter(state="open", ends_at__lte=timezone.now()).order_by("ends_at")


class GroupBuy(models.Model):
    """One group that forms. What it promises is copied from the offer; `conversation` is the id of
    chat's where it was started from one. `filled` counts the places whose payment is held."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("group buy", "Open")
        COMPLETE = "complete", pgettext_lazy("group buy", "Complete")
        EXPIRED = "expired", pgettext_lazy("group buy", "Not enough people")
        CANCELLED = "cancelled", pgettext_lazy("group buy", "Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(GroupBuyOffer, models.PROTECT, related_name="groups")
    product = models.ForeignKey(Product, models.PROTECT, related_name="group_buys")
    starter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    conversation = models.UUIDField(null=True, blank=True)
    people = models.PositiveSmallIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    filled = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = GroupBuyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(filled__lte=F("people")), name="group_not_overfull")
        ]
        indexes = [
            models.Index(fields=["ends_at"], name="group_to_expire", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"{self.filled} of {self.people} for {self.product_id}"

    def get_absolute_url(self) -> str:
        return reverse("commerce:group-buy", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether somebody may still take a place."""
        return self.state == self.State.OPEN and timezone.now() < self.ends_at

    @property
    def places_left(self) -> int:
        """How many more people it waits for."""
        return self.people - self.filled

    @property
    def price_from(self) -> Decimal:
        """What a piece costs in the group at least, in the shop's currency."""
        return lowered(self.product.price_from, self.percent)

    @property
    def is_public(self) -> bool:
        """Anybody who sees the product sees its groups (chat/sharing.py)."""
        return self.product.is_public

    def share_card(self) -> dict[str, Any]:
        """What a conversation shows of it: how full it is, and until when. It names nobody: the
        same card goes to all. Amounts are strings, times ISO 8601."""
        return {
            "kind": "group_buy",
            "id": str(self.pk),
            "title": self.product.title,
            "detail": self.product.shop.name,
            "poster": self.product.picture_url,
            "url": self.get_absolute_url(),
            "group": self.facts(),
        }

    def facts(self) -> dict[str, Any]:
        """`{state, people, filled, percent, price, price_before, currency, ends_at}`."""
        return {
            "state": self.state,
            "people": self.people,
            "filled": self.filled,
            "percent": f"{self.percent.normalize():f}",
            "price": str(self.price_from),
            "price_before": str(self.product.price_from),
            "currency": self.product.shop.currency,
            "ends_at": self.ends_at.isoformat(),
        }

    def note_share(self, user: Any, conversation_count: int) -> None:
        """Nothing is counted for groups."""


class GroupBuyPlace(models.Model):
    """Somebody's place, taken with a purchase whose payment is held, not taken."""

    group_buy = models.ForeignKey(GroupBuy, models.CASCADE, related_name="places")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purchase = models.OneToOneField(Purchase, models.PROTECT, related_name="group_place")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("group_buy", "person", name="group_place_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_buy_id}"
