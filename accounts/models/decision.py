"""What a moderator decided on a case, told to whom it concerns as a statement of reasons."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.ids import uuid7
from accounts.models.case import Case
from accounts.models.report import Report

APPEAL_TIME = timedelta(days=183)  # DSA Art. 20(1): six months at least
WORDS_LIMIT = 4000


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, as sets."""

    def in_force(self) -> Self:
        """Those that hold: confirmed where that was needed, and not undone."""
        return self.filter(state=Decision.State.STANDING)

    def told_to(self, person) -> Self:
        """Statements for this person, the newest first; what is only proposed is told to nobody."""
        told = self.filter(person=person).exclude(state__in=Decision.UNTOLD)
        return told.select_related("case").order_by("-id")

    def about(self, kind: str, object_id: object) -> Self:
        """Those on this thing."""
        return self.filter(case__kind=kind, case__object_id=object_id)


class Decision(models.Model):
    """One decision. `acts` says what was done: `[{"act": "limit", "features": [...], "days": 7}]`
    (moderation/acts.py); `words` are told to the person, with rule, reason and the way to appeal.

    A person's limits, suspension and ban, and what is out of sight, are what the decisions in force
    say together: undoing one leaves what another brought about.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("decision", "Waits for a second senior")
        STANDING = "standing", pgettext_lazy("decision", "In force")
        UNDONE = "undone", pgettext_lazy("decision", "Taken back")
        DECLINED = "declined", pgettext_lazy("decision", "Declined by a second senior")

    UNTOLD = (State.PROPOSED, State.DECLINED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="decisions_made"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="decisions_received",
        help_text=_("Whom it concerns, where it is somebody."),
    )
    acts = models.JSONField(default=list)
    reason = models.CharField(max_length=13, choices=Report.Reason.choices)
    rule = models.CharField(max_length=20, help_text=_("One of the house rules."))
    words = models.TextField(max_length=WORDS_LIMIT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STANDING)
    is_automated = models.BooleanField(
        default=False, help_text=_("Whether a program decided, not only detected.")
    )
    territory = models.CharField(
        max_length=100, blank=True, help_text=_("Regions in which it holds; empty: everywhere.")
    )
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(
        null=True, blank=True, help_text=_("When the next of what it limits ends by itself.")
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When that was noticed and lifted.")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_words = models.TextField(max_length=WORDS_LIMIT, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-made_at"], name="decision_of_person"),
            models.Index(
                fields=["until"],
                name="decision_ending",
                condition=Q(state="standing", ended_at__isnull=True),
            ),
            models.Index(fields=["made_at"], name="decision_by_time"),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.act_names)}: {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:decision", args=[self.pk])

    @property
    def act_names(self) -> list[str]:
        return [act["act"] for act in self.acts]

    def has(self, name: str) -> bool:
        """Whether this was among what was done."""
        return name in self.act_names

    def options_of(self, name: str) -> dict[str, Any]:
        """What was chosen for this act; empty where it was not done."""
        return next((act for act in self.acts if act["act"] == name), {})

    @property
    def began_at(self):
        """Since when it is in force."""
        return self.confirmed_at or self.made_at

    @property
    def appeal_until(self):
        """Until when it can be appealed against."""
        return self.began_at + APPEAL_TIME

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.STANDING
