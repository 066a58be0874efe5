"""What the public is told of moderation, counted by a job: half a year a period (DSA Art. 24)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TransparencyTotalQuerySet(models.QuerySet["TransparencyTotal"]):
    """Totals, as sets."""

    def periods(self) -> list[str]:
        """Those that have any, the latest first."""
        return list(self.order_by("-period").values_list("period", flat=True).distinct())

    def of(self, period: str) -> Self:
        """Of half a year, by measure, kind and name."""
        return self.filter(period=period).order_by("measure", "kind", "name")


class TransparencyTotal(models.Model):
    """One number. `period` reads "2026-2" for the second half of a year, by UTC; `kind` is a kind
    of thing, or empty for all of them; what `name` names depends on the measure."""

    class Measure(models.TextChoices):
        REPORTS = "reports", _("Reports by people, by reason")
        FOUND = "found", _("Cases, by who brought them up")
        ACTS = "acts", pgettext_lazy("transparency", "What was decided")
        RULES = "rules", _("Decisions, by the rule that was broken")
        AUTOMATED = "automated", _("Decisions, by who made them")
        TIME = "time", _("Median time from opening a case to a decision, in seconds")
        APPEALS = "appeals", _("Appeals, by what became of them")

    period = models.CharField(max_length=6)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    kind = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=20, blank=True)
    value = models.PositiveBigIntegerField()
    counted_at = models.DateTimeField()

    objects = TransparencyTotalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("period", "measure", "kind", "name", name="transparency_once")
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.measure} {self.kind} {self.name}: {self.value}"
