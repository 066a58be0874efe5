"""Where a shop ships to, and for how much."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.regions.zones import countries
from commerce.models import fields
from commerce.models.shop import Shop


class ShippingZone(models.Model):
    """Countries with the same rates; no country is in two zones of a shop (actions see to it)."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="zones")
    name = models.CharField(_("name"), max_length=60)
    countries = models.JSONField(default=list, help_text=_("ISO 3166-1 codes; none: all others."))

    def __str__(self) -> str:
        return self.name

    @property
    def country_names(self) -> list[str]:
        """Its countries in words; of all others, none."""
        return [countries().get(code, code) for code in self.countries]


class ShippingRate(models.Model):
    """One way to ship into a zone, in the shop's currency; free from a subtotal on, if it says."""

    zone = models.ForeignKey(ShippingZone, models.CASCADE, related_name="rates")
    name = models.CharField(_("name"), max_length=60)
    price = fields.amount()
    each_more = fields.amount(default=0, help_text=_("For every further piece."))
    free_from = fields.amount(null=True, blank=True)
    days_least = models.PositiveSmallIntegerField(_("days at least"), default=2)
    days_most = models.PositiveSmallIntegerField(_("days at most"), default=5)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__gte=0, each_more__gte=0),
                name="shipping_rate_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(days_most__gte=models.F("days_least")),
                name="shipping_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
