"""Shops: who sells, and who works for them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from accounts.models import User
from accounts.regions.zones import countries
from commerce.models import fields


class ShopQuerySet(models.QuerySet["Shop"]):
    """Shops, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """Open ones of people whom the viewer sees (R15), and, in whatever state, those that the
        viewer works for; each with its owner."""
        open_ones = Q(state="open", owner__in=User.objects.visible_to(viewer))
        return self.filter(open_ones | self._run(viewer)).select_related("owner")

    def run_by(self, person: Any) -> Self:
        """What somebody owns and where they work, their own first."""
        own_first = self.filter(self._run(person)).select_related("owner")
        return own_first.order_by(
            models.Case(models.When(owner=person.pk, then=0), default=1), "pk"
        )

    @staticmethod
    def _run(person: Any) -> Q:
        if not person.is_authenticated:
            return Q(pk=None)
        jobs = ShopStaff.objects.working().filter(shop=OuterRef("pk"), person=person)
        return Q(owner=person) | ~Q(state="closed") & Q(Exists(jobs))


class Shop(models.Model):
    """What a person sells under. It trades in one currency, and sells while it is `open`."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("shop", "Not applied yet")
        APPLIED = "applied", pgettext_lazy("shop", "Being reviewed")
        REFUSED = "refused", pgettext_lazy("shop", "Not accepted")
        OPEN = "open", pgettext_lazy("shop", "Open")
        SUSPENDED = "suspended", pgettext_lazy("shop", "Suspended")
        CLOSED = "closed", pgettext_lazy("shop", "Closed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="shop",
        help_text="None once they left: what was sold stays in the books.",
    )
    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    about = models.TextField(_("about the shop"), max_length=1000, blank=True)
    picture = models.ImageField(_("picture"), upload_to="shops/", blank=True)
    currency = fields.currency(default="EUR", help_text=_("What all its prices are in."))
    country = models.CharField(_("ships from"), max_length=2, help_text=_("ISO 3166-1 alpha-2."))
    prices_include_tax = models.BooleanField(_("prices include tax"), default=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    return_days = models.PositiveSmallIntegerField(_("days to return"), default=14)
    returns_policy = models.TextField(_("returns"), max_length=4000, blank=True)
    shipping_policy = models.TextField(_("shipping"), max_length=4000, blank=True)
    holiday_from = models.DateField(_("away from"), null=True, blank=True)
    holiday_until = models.DateField(_("back on"), null=True, blank=True)
    holiday_words = models.CharField(_("what buyers read"), max_length=200, blank=True)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    sold_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text=_("By its owner."))
    created_at = models.DateTimeField(default=timezone.now)

    objects = ShopQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(holiday_until__isnull=True)
                | Q(holiday_from__isnull=False, holiday_until__gt=F("holiday_from")),
                name="shop_holiday_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("commerce:shop", args=[self.slug])

    @property
    def is_away(self) -> bool:
        """On holiday today: shown, but nothing can be ordered."""
        today = timezone.localdate()
        return (
            self.holiday_from is not None
            and self.holiday_from <= today
            and (self.holiday_until is None or today < self.holiday_until)
        )

    @property
    def sells(self) -> bool:
        """Whether somebody may order from it now."""
        return self.state == self.State.OPEN and not self.is_away

    @property
    def rating(self) -> float | None:
        """Stars from 1 to 5 on average, to one place; None before the first review."""
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None

    @cached_property
    def trader(self) -> Any:
        """Who stands behind it, as reviewers accepted it last; None before that."""
        accepted = self.applications.filter(state="accepted")
        return accepted.order_by("-decided_at", "-pk").first()

    @property
    def country_name(self) -> str:
        """Where it ships from, in words."""
        return countries().get(self.country, self.country)

    @property
    def picture_url(self) -> str:
        """Where its picture lies, or nothing."""
        return reverse("commerce:shop-picture", args=[self.picture.name]) if self.picture else ""

    def card(self) -> dict[str, Any]:
        """What lists and REST show of it: `{slug, name, picture, rating, rating_count}`."""
        return {
            "slug": self.slug,
            "name": self.name,
            "picture": self.picture_url,
            "rating": self.rating,
            "rating_count": self.rating_count,
        }


class ShopStaffQuerySet(models.QuerySet["ShopStaff"]):
    """Jobs, as sets."""

    def working(self) -> Self:
        """Those that were accepted."""
        return self.filter(accepted_at__isnull=False)

    def asked(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(accepted_at=None)


class ShopStaff(models.Model):
    """Somebody who works for a shop; its owner is not among them and may do everything."""

    class Role(models.TextChoices):
        MANAGER = "manager", pgettext_lazy("shop role", "Manager")
        PACKER = "packer", pgettext_lazy("shop role", "Packs and ships")
        SUPPORT = "support", pgettext_lazy("shop role", "Answers buyers")

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="staff")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shop_jobs")
    role = models.CharField(max_length=7, choices=Role.choices)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = ShopStaffQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("shop", "person", name="shop_staff_once")]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.role} of {self.shop_id}"
