"""What somebody decided about notifications as a whole; kinds have choices of their own."""

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models.user import User


class NotificationPreferences(models.Model):
    """One row for whoever has changed something; `of` answers for everybody.

    `in_app` and `push` turn a whole way of telling off and leave the choices of the kinds as they
    are; `digest` does so for mail. What is urgent asks none of them.
    """

    class Digest(models.TextChoices):
        """How often what is unread comes by mail."""

        NEVER = policy.NEVER, _("Never")
        DAILY = policy.DAILY, _("Every day")
        WEEKLY = policy.WEEKLY, _("Every Monday")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="notification_preferences",
    )
    in_app = models.BooleanField(_("in Medley"), default=True)
    push = models.BooleanField(_("on your devices"), default=True)
    digest = models.CharField(_("by mail"), max_length=6, choices=Digest.choices)
    hides_content = models.BooleanField(
        default=False, help_text="No name and no words in what is pushed or mailed."
    )
    quiet_from = models.TimeField(null=True, blank=True, help_text="By the person's own clock.")
    quiet_until = models.TimeField(null=True, blank=True)
    digest_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="quiet_hours_whole",
            ),
            models.CheckConstraint(
                condition=Q(digest__in=["never", "daily", "weekly"]), name="digest_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Preferences of {self.user_id}"

    @classmethod
    def of(cls, user: User) -> "NotificationPreferences":
        """The person's own; where nothing is stored, what holds until they say otherwise."""
        try:
            return user.notification_preferences
        except cls.DoesNotExist:
            return cls(user_id=user.pk, digest=policy.default_digest(_age_at_joining(user)))

    def clean(self) -> None:
        """Raise `ValidationError` (`quiet_hours.half`, `quiet_hours.empty`) by field."""
        super().clean()
        if (self.quiet_from is None) != (self.quiet_until is None):
            missing = "quiet_from" if self.quiet_from is None else "quiet_until"
            raise ValidationError(
                {missing: ValidationError(_("Give both times."), code="quiet_hours.half")}
            )
        if self.quiet_from is not None and self.quiet_from == self.quiet_until:
            words = _("Quiet hours begin and end at different times.")
            raise ValidationError({"quiet_until": ValidationError(words, code="quiet_hours.empty")})

    @property
    def quiet_hours(self) -> policy.Hours | None:
        """The person's own, besides what R8 sets."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return policy.Hours(self.quiet_from, self.quiet_until)


def _age_at_joining(user: User) -> int:
    """What began with the account holds on: a birthday loosens nothing (R10)."""
    joined = user.date_joined.astimezone(zoneinfo.ZoneInfo(user.time_zone))
    return policy.age_on(user.birth_date, joined.date())
