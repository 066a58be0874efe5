"""Answers kept for whoever did not hear them, one for each `Idempotency-Key` of a person."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.reading import ANY_ID, ANY_WORD, NOBODY, Prepared

LIFETIME = timedelta(hours=24)
# Longer than any request: one without an answer by then never got to its end.
PATIENCE = timedelta(minutes=2)


class KeptAnswerManager(models.Manager["KeptAnswer"]):
    """Gives each key to one request."""

    def claim(self, user_id: UUID, key: str, fingerprint: str) -> tuple["KeptAnswer", bool]:
        """The row of this key, and whether it is new: of requests that race one gets it.

        Two statements, five where the key was used long ago, each a transaction of its own: the
        claim is there for others at once.
        """
        now = timezone.now()
        mine = KeptAnswer(
            pk=uuid4(), user_id=user_id, key=key, fingerprint=fingerprint, claimed_at=now
        )
        row = self._stored(mine)
        if row.claimed_at <= now - LIFETIME:
            self.filter(user=user_id, key=key, claimed_at__lte=now - LIFETIME).delete()
            row = self._stored(mine)
        return row, row.pk == mine.pk

    def _stored(self, mine: "KeptAnswer") -> "KeptAnswer":
        """Mine, or the one that has its key already."""
        self.bulk_create([mine], ignore_conflicts=True)
        # Whoever had it may have given it back in between.
        return _of_key.first(NOBODY, mine.user_id, mine.key) or self._stored(mine)


class KeptAnswer(models.Model):
    """What was answered to a request that may come again; without `status` it is not known yet."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of address and body.")
    claimed_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    body = models.BinaryField(default=bytes, blank=True)

    objects = KeptAnswerManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_for_each_key"),
        ]

    def __str__(self) -> str:
        return f"answer to {self.key}"

    @property
    def is_lost(self) -> bool:
        """Whether its request broke off, so that nobody knows what it did."""
        return self.status is None and self.claimed_at < timezone.now() - PATIENCE


_of_key = Prepared(
    lambda _nobody, user, key: KeptAnswer.objects.filter(user=user, key=key), ANY_ID, ANY_WORD
)
