"""What a person's account remembers of a decision against it, for 90 days (R43)."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models.decision import Decision

LIFETIME = timedelta(days=90)


def lapse():
    """When one that is given now lapses."""
    return timezone.now() + LIFETIME


class StrikeQuerySet(models.QuerySet["Strike"]):
    """Strikes, as sets."""

    def counting(self) -> Self:
        """Those that have neither lapsed nor been taken back."""
        return self.filter(lapses_at__gt=timezone.now(), taken_back_at__isnull=True)


class Strike(models.Model):
    """One of them; each decision brings at most one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="strikes")
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="strike")
    given_at = models.DateTimeField(default=timezone.now)
    lapses_at = models.DateTimeField(default=lapse)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = StrikeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "lapses_at"], name="strike_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.lapses_at:%Y-%m-%d}"

    @property
    def is_counting(self) -> bool:
        return self.taken_back_at is None and self.lapses_at > timezone.now()
