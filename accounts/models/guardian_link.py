"""Who guards whom (R30): pairing codes, links with what they tighten, and guardians' looks."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts import policy
from accounts.ids import uuid7
from accounts.models.user import User


class PairingCode(models.Model):
    """Eight digits that one person shows and another enters; kept as a keyed digest only."""

    LIFETIME = timedelta(minutes=15)

    digest = models.CharField(max_length=64, unique=True)
    maker = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", help_text="Has one at a time."
    )
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"code of {self.maker_id}"


class GuardianLinkQuerySet(models.QuerySet["GuardianLink"]):
    """Links, as sets."""

    def standing(self) -> Self:
        """Those that nobody ended: asked for or in force."""
        return self.filter(ended_at__isnull=True)

    def in_force(self) -> Self:
        """Those to which the teenager said yes."""
        return self.standing().filter(consented_at__isnull=False)

    def of(self, person: Any) -> Self:
        """Somebody's own, on whichever side they stand; both people at hand."""
        mine = self.filter(Q(guardian=person) | Q(teen=person))
        return mine.select_related("guardian", "teen").order_by("-created_at")


class GuardianLink(models.Model):
    """Asked for by a code, in force once the teenager consented, ended by either or at 18.

    Each tightening is empty where this guardian said nothing; what holds is the strictest of all of
    a teenager's links, kept in `User.guarded`.
    """

    MESSAGES_FROM = [choice for choice in User.MessagesFrom.choices if choice[0] != policy.EVERYONE]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wards")
    teen = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardians")
    created_at = models.DateTimeField(default=timezone.now)
    consented_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    messages_from = models.CharField(max_length=10, blank=True, choices=MESSAGES_FROM)
    is_restricted = models.BooleanField(default=False)
    is_search_off = models.BooleanField(default=False)
    passcode = models.CharField(
        max_length=128, blank=True, help_text="The guardian's, hashed; lets a day go on."
    )

    objects = GuardianLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "guardian", "teen", condition=Q(ended_at__isnull=True), name="guardian_link_once"
            ),
            models.CheckConstraint(condition=~Q(guardian=F("teen")), name="guardian_link_not_self"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="guardian_quiet_hours_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} guards {self.teen_id}"

    @property
    def is_in_force(self) -> bool:
        return self.consented_at is not None and self.ended_at is None

    @property
    def is_asked(self) -> bool:
        """Whether it waits for the teenager's yes."""
        return self.consented_at is None and self.ended_at is None

    def other(self, person: User) -> User:
        """Who stands on the other side."""
        return self.teen if person.pk == self.guardian_id else self.guardian

    @property
    def quiet_hours(self) -> policy.Hours | None:
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return policy.Hours(self.quiet_from, self.quiet_until)

    @property
    def ward(self) -> policy.Ward:
        """What this guardian alone tightened."""
        quiet = self.quiet_hours
        return policy.Ward(
            messages_from=self.messages_from or None,
            quiet=(quiet,) if quiet else (),
            minutes=self.minutes,
            restricted=self.is_restricted,
            search=not self.is_search_off,
        )


class GuardianLook(models.Model):
    """A guardian opened what they may see; the teenager can tell when."""

    KEPT = timedelta(days=90)

    link = models.ForeignKey(GuardianLink, models.CASCADE, related_name="looks", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["link", "-at"], name="guardian_looks")]

    def __str__(self) -> str:
        return f"look at {self.link_id}"
