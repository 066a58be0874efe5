"""Tax as data: what a country takes of which kind of goods, and since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaxClass(models.TextChoices):
    """How a country taxes goods."""

    STANDARD = "standard", pgettext_lazy("tax", "Standard")
    REDUCED = "reduced", pgettext_lazy("tax", "Reduced")
    ZERO = "zero", pgettext_lazy("tax", "None")


class TaxRate(models.Model):
    """Percent in a country (or one of its states) from a day on, until a later row says else."""

    country = models.CharField(_("country"), max_length=2)
    state = models.CharField(_("state"), max_length=10, blank=True)
    tax_class = models.CharField(max_length=8, choices=TaxClass.choices)
    percent = models.DecimalField(max_digits=6, decimal_places=3)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "state", "tax_class", "since"], name="tax_rate_once"
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100), name="tax_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.tax_class} {self.percent}"
