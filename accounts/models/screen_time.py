"""How long a person's day with Medley is (R9): what they chose, and how much of today is used."""

import zoneinfo
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts import policy
from accounts.ids import uuid7


class ScreenTimed(models.Model):
    """The columns of a person's row by which each request knows, without a query, whether their day
    is over. All are whole minutes; days are those of the person's own time zone."""

    screen_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Minutes a day that the person chose; empty: none."
    )
    screen_limit_next = models.PositiveSmallIntegerField(null=True, blank=True)
    screen_limit_from = models.DateField(
        null=True,
        blank=True,
        help_text="From when on that one holds: limits loosen tomorrow.",
    )
    screen_day = models.DateField(null=True, blank=True, help_text="What the next two are about.")
    screen_minutes = models.PositiveSmallIntegerField(default=0, db_default=0)
    screen_extra = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Granted that day, beyond the limit."
    )
    screen_beat = models.BigIntegerField(
        default=0, db_default=0, help_text="The last minute that counted, since 1970."
    )

    class Meta:
        abstract = True

    def day_at(self, now: datetime) -> date:
        """Which day it is for the person."""
        return now.astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()  # type: ignore[attr-defined]

    def chosen_limit(self, day: date) -> int | None:
        """What the person themselves set for that day, in minutes; None for no limit."""
        if self.screen_limit_from is not None and day >= self.screen_limit_from:
            return self.screen_limit_next
        return self.screen_limit

    def allowance(self, now: datetime | None = None) -> policy.Allowance:
        """How much of today is used, and how much there is; no query."""
        day = self.day_at(now or timezone.now())
        limit = policy.daily_minutes(self.person, self.chosen_limit(day))  # type: ignore[attr-defined]
        if self.screen_day != day:
            return policy.Allowance(limit)
        return policy.Allowance(limit, used=self.screen_minutes, extra=self.screen_extra)


class ScreenDay(models.Model):
    """One day of one person, for looking back."""

    KEPT = timedelta(days=30)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="screen_days", db_index=False
    )
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("user", "day", name="screen_day_once")]

    def __str__(self) -> str:
        return f"{self.day} of {self.user_id}"


class Passcode(models.Model):
    """The person's own code, which lets their day go on while they have no guardian."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="passcode"
    )
    hashed = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"passcode of {self.user_id}"


class Guesses(models.Model):
    """How often somebody entered something wrong of late, so that nobody tries all there is."""

    class Purpose(models.TextChoices):
        PASSCODE = "passcode"
        PAIRING = "pairing"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    misses = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("user", "purpose", name="guesses_once")]

    def __str__(self) -> str:
        return f"{self.misses} misses of {self.user_id}"


class TimeRequest(models.Model):
    """A teenager asks their guardians for a quarter of an hour more, today."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    teen = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="time_requests")
    day = models.DateField(help_text="The day it is about, in the teenager's time zone.")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_granted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "teen", condition=Q(answered_at__isnull=True), name="time_request_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.teen_id} asks for more time on {self.day}"

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None
