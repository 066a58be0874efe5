"""Coupons and flash sales: lower prices, for so many, for so long."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from commerce.models import fields
from commerce.models.product import Variant
from commerce.models.shop import Shop


class CouponQuerySet(models.QuerySet["Coupon"]):
    """Codes, as sets."""

    def with_taken_off(self) -> Self:
        """Each with `taken_off`: what it took off all that was ordered with it."""
        return self.annotate(taken_off=Coalesce(Sum("uses__amount"), Decimal(0)))


class Coupon(models.Model):
    """A code that takes a percentage or an amount off one shop's goods, or off everything (`shop`
    None: the platform pays for it). One of a shop and one of the platform may be used together
    where both say so (`stacks`); never two of the same giver."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shop = models.ForeignKey(
        Shop, models.CASCADE, null=True, blank=True, related_name="coupons", help_text=_("Or ours.")
    )
    code = models.CharField(_("code"), max_length=24, unique=True, help_text=_("In capitals."))
    percent = models.DecimalField(
        _("percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    off = fields.amount(null=True, blank=True)
    currency = fields.currency(blank=True, help_text=_("Of `off` and `least`."))
    least = fields.amount(default=0, help_text=_("The goods must cost this much at least."))
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    most_uses = models.PositiveIntegerField(_("uses in all"), null=True, blank=True)
    most_each = models.PositiveSmallIntegerField(_("uses per person"), default=1)
    used = models.PositiveIntegerField(default=0)
    stacks = models.BooleanField(_("together with another"), default=False)
    is_active = models.BooleanField(default=True)

    objects = CouponQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100, off__isnull=True)
                | Q(off__gt=0, percent__isnull=True) & ~Q(currency=""),
                name="coupon_percent_or_amount",
            ),
            models.CheckConstraint(
                condition=Q(most_uses__isnull=True) | Q(used__lte=F("most_uses")),
                name="coupon_not_used_up",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """One of "coming", "running", "used_up" or "ended"."""
        now = timezone.now()
        if not self.is_active or (self.ends_at is not None and self.ends_at <= now):
            return "ended"
        if self.most_uses is not None and self.used >= self.most_uses:
            return "used_up"
        return "coming" if self.starts_at > now else "running"


class CouponUse(models.Model):
    """A use by somebody for one purchase (several uses are numbered); gone when that fell
    through. `number` runs from 1 to `most_each`, so that two tabs cannot take the same."""

    coupon = models.ForeignKey(Coupon, models.CASCADE, related_name="uses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    purchase = models.ForeignKey("commerce.Purchase", models.CASCADE, related_name="coupon_uses")
    amount = fields.amount()

    class Meta:
        constraints = [
            models.UniqueConstraint("coupon", "person", "number", name="coupon_use_numbered"),
            models.UniqueConstraint("purchase", "coupon", name="coupon_once_a_purchase"),
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} by {self.person_id}"


class FlashSaleQuerySet(models.QuerySet["FlashSale"]):
    """Flash sales, as sets."""

    def of_shop(self, shop: Shop) -> Self:
        """All of a shop, each with what it is about."""
        return self.filter(variant__product__shop=shop).select_related("variant__product")


class FlashSale(models.Model):
    """A lower price for a variant for some time and for so many pieces."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="flash_sales")
    price = fields.amount(help_text=_("In the variant's currency."))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    most = models.PositiveIntegerField(_("pieces in all"))
    most_each = models.PositiveSmallIntegerField(_("pieces per person"), default=1)
    sold = models.PositiveIntegerField(default=0)

    objects = FlashSaleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sold__lte=F("most")), name="flash_not_oversold"),
            models.CheckConstraint(condition=Q(price__gt=0), name="flash_price_positive"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="flash_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["variant", "ends_at"], name="flash_of_variant")]

    def __str__(self) -> str:
        return f"{self.variant_id} for {self.price}"

    @property
    def state(self) -> str:
        """One of "coming", "running", "sold_out" or "ended"."""
        now = timezone.now()
        if self.ends_at <= now:
            return "ended"
        if self.sold >= self.most:
            return "sold_out"
        return "coming" if self.starts_at > now else "running"
