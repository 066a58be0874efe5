"""What somebody reported, with the evidence as it was then (R40)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

WORDS_LIMIT = 1000


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
    reason = models.CharField(max_length=13, choices=Reason.choices)
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    evidence = models.JSONField()
    evidence_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    outcome = models.TextField(blank=True, help_text=_("What the reporter is told in the end."))
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

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
