"""What moderators have to decide on: one open case for each thing, whoever brought it up (R41)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from accounts.models.report import Report


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, as sets."""

    def open(self) -> Self:
        """Those that wait for somebody's decision."""
        return self.filter(state=Case.State.OPEN)

    def unclaimed(self) -> Self:
        """Those that nobody holds now; a claim that ran out holds nothing."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=timezone.now()))

    def by_urgency(self) -> Self:
        """The most urgent first; of two the older."""
        return self.order_by("-priority", "id")

    def of(self, kind: str, object_id: object) -> Self:
        """About this thing; appeals are about decisions."""
        return self.filter(kind=kind, object_id=object_id).exclude(origin=Case.Origin.APPEAL)


class Case(models.Model):
    """One thing to be looked at. Reports of it join it while it is open; `priority` says when its
    turn is (moderation/priority.py). `evidence` is that of automatic hits: each report has its own.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "Open")
        PROPOSED = "proposed", pgettext_lazy("case", "Waits for a second senior")
        DECIDED = "decided", pgettext_lazy("case", "Decided")

    class Origin(models.TextChoices):
        REPORT = "report", _("Reports")
        APPEAL = "appeal", _("An appeal")
        HASH = "hash", _("A known picture or sound")
        SPAM = "spam", _("Looks like spam")
        WORDS = "words", _("Filtered words")
        NUDITY = "nudity", _("Nudity was detected")
        STAFF = "staff", _("A moderator")
        AGE = "age", _("Asks to correct their birth date")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, help_text=_("One of MODERATED."))
    object_id = models.UUIDField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        help_text=_("Whose it is, where it is somebody's."),
    )
    title = models.CharField(max_length=120, blank=True)
    reason = models.CharField(
        max_length=13, choices=Report.Reason.choices, help_text=_("The gravest that was named.")
    )
    severity = models.PositiveSmallIntegerField(help_text=_("1 to 10."))
    reach = models.PositiveIntegerField(default=1, help_text=_("How many people it reaches."))
    priority = models.FloatField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    opened_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    evidence = models.JSONField(null=True, blank=True)
    evidence_hash = models.CharField(max_length=64, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=~Q(state="decided") & ~Q(origin="appeal"),
                name="case_open_once",
            ),
        ]
        indexes = [
            models.Index(F("priority").desc(), "id", name="case_queue", condition=Q(state="open")),
            models.Index(fields=["kind", "object_id"], name="case_of"),
            models.Index(fields=["state", "opened_at"], name="case_by_state"),
        ]
        permissions = [
            ("confirm_case", _("Can confirm what another senior proposed")),
            ("hold_case", _("Can keep evidence for an authority")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.reason}"

    @property
    def is_appeal(self) -> bool:
        return self.origin == self.Origin.APPEAL

    @property
    def is_automatic(self) -> bool:
        """Whether a program brought it up (DSA Art. 17(3)(c))."""
        people = (self.Origin.REPORT, self.Origin.APPEAL, self.Origin.STAFF, self.Origin.AGE)
        return self.origin not in people

    @property
    def holder(self):
        """Who holds it now, or None: a claim that ran out holds nothing."""
        held = self.claimed_until is not None and self.claimed_until > timezone.now()
        return self.claimed_by if held else None

    def is_held_by(self, user) -> bool:
        """Whether this person's claim is the one that holds."""
        held = self.claimed_until is not None and self.claimed_until > timezone.now()
        return held and self.claimed_by_id == user.pk
