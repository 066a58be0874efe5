"""What moderators tell each other about a case; told to nobody else."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models.case import Case

WORDS_LIMIT = 2000


class CaseNote(models.Model):
    """One of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(max_length=WORDS_LIMIT)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return f"on {self.case_id}"
