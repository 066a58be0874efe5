"""What somebody says against a decision, looked at by another moderator (R41, DSA Art. 20): whom it
concerns, or whoever reported something against which nothing was done."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models.case import Case
from accounts.models.decision import Decision
from accounts.models.report import Report

WORDS_LIMIT = 2000


class Appeal(models.Model):
    """One person's one appeal against one decision; `case` is its place in the queue. With `report`
    it is its reporter who asks for another look."""

    class State(models.TextChoices):
        OPEN = "open", _("We will look at it again")
        UPHELD = "upheld", _("The decision stays")
        OVERTURNED = "overturned", _("The decision was taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="appeals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appeals")
    case = models.OneToOneField(Case, models.CASCADE, related_name="appeal")
    report = models.OneToOneField(
        Report, models.SET_NULL, null=True, blank=True, related_name="appeal"
    )
    words = models.TextField(max_length=WORDS_LIMIT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True, help_text=_("What the person is told in the end."))
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("decision", "person", name="appeal_once")]

    def __str__(self) -> str:
        return f"against {self.decision_id}: {self.state}"
