"""What somebody reported, with the evidence as it was then (R40)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

WORDS_LIMIT = 1000


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, as sets."""

    SETTLED = timedelta(days=7)
    IN_VAIN = 3

    def credible(self) -> Self:
        """What counts before a moderator has looked, and after one agreed: not by accounts that
        were just made, nor by people whose reports were for nothing more often than not."""
        is_settled = Q(created_at__gte=F("reporter__date_joined") + self.SETTLED)
        counted = self.alias(in_vain=_closed("kept"), rightly=_closed("acted"))
        counted = counted.exclude(in_vain__gte=self.IN_VAIN, in_vain__gt=F("rightly"))
        return counted.filter(is_settled, reporter__is_active=True).exclude(state="kept")

    def of(self, kind: str, object_id: "UUID") -> Self:
        """About this thing."""
        return self.filter(kind=kind, object_id=object_id)

    def reporters_of(self, kind: str, keys: Iterable["UUID"]) -> models.QuerySet[Any]:
        """Pairs of id and number: how many different people reported each of these things, where
        anybody did."""
        of_these = self.filter(kind=kind, object_id__in=keys).order_by()
        return of_these.values_list("object_id").annotate(Count("reporter", distinct=True))


def _closed(state: str) -> Coalesce:
    """How many reports of the same reporter ended so."""
    theirs = Report.objects.filter(reporter=OuterRef("reporter"), state=state)
    counted = theirs.order_by().values("reporter").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class Report(models.Model):
    """One person's report of one thing; while it is open there is no second. `evidence` outlives
    what it shows, and `evidence_hash` (SHA-256 of it as canonical JSON) says that it is unchanged.

    Who reported is told to nobody but moderators.
    """

    class Reason(models.TextChoices):
        SPAM = "spam", _("Spam")
        HARASSMENT = "harassment", _("Bullying or harassment")
        HATE = "hate", _("Hate")
        VIOLENCE = "violence", _("Violence or threats")
        SEXUAL = "sexual", _("Nudity or sex")
        MINOR = "minor", _("Somebody under 18 is in danger")
        SELF_HARM = "self_harm", _("Suicide or self-harm")
        FRAUD = "fraud", _("A scam or fraud")
        IMPERSONATION = "impersonation", _("Pretends to be somebody else")
        ILLEGAL = "illegal", _("Something else that is illegal")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("We will look at it")
        ACTED = "acted", _("We took action")
        KEPT = "kept", _("We found nothing against our rules")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_made"
    )
    kind = models.CharField(max_length=20, help_text=_("One of REPORTABLES."))
    object_id = models.UUIDField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reports_received",
        help_text=_("Whose it is, where it is somebody's."),
    )
    title = models.CharField(max_length=120, help_text=_("What the reporter's own list calls it."))
    case = models.ForeignKey(
        "accounts.Case",
        models.SET_NULL,
        null=True,
        related_name="reports",
        help_text=_("Where it is decided, with others' reports of the same thing."),
    )
    reason = models.CharField(max_length=13, choices=Reason.choices)
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    evidence = models.JSONField()
    evidence_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "reporter", "kind", "object_id", condition=Q(state="open"), name="report_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["reporter", "-created_at"], name="report_by_reporter"),
            models.Index(fields=["kind", "object_id"], name="report_of"),
            models.Index(fields=["created_at"], name="report_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.reason}"
