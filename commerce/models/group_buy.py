"""Group buys: a lower price where enough people buy together in time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from commerce.models.product import Product
from commerce.models.purchase import Purchase


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
                & Q(hours__gte=1, hours__lte=168),
                name="group_offer_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} x {self.product_id}: {self.percent} %"


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

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(filled__lte=F("people")), name="group_not_overfull")
        ]
        indexes = [
            models.Index(fields=["ends_at"], name="group_to_expire", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"{self.filled} of {self.people} for {self.product_id}"


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
