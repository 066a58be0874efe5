"""What is off where, since when and why (R45)."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.policy import regions as policy
from accounts.regions import zones

REASON_LIMIT = 500


def validate_region(value: str) -> None:
    """Raise `ValidationError` for what is no country of ISO 3166-1."""
    if value not in zones.countries():
        raise ValidationError(_("Choose a country from the list."), code="region.unknown")


class RegionRuleQuerySet(models.QuerySet["RegionRule"]):
    """Rules, as sets."""

    def to_come(self, now: datetime) -> Self:
        """Those that hold at `now` or will."""
        return self.filter(Q(off_until=None) | Q(off_until__gt=now))

    def recorded(self) -> Self:
        """As moderators read them: what holds longest from now first."""
        return self.select_related("made_by").order_by("-off_from", "-pk")


class RegionRule(models.Model):
    """One feature is off in one region. A rule is ended, never deleted: it says what once held.

    `reasons` are the words that people in the region read, by language.
    """

    class Feature(models.TextChoices):
        APP = policy.APP, _("All of Medley")
        SIGN_UP = policy.SIGN_UP, _("New accounts")
        MESSAGES = policy.MESSAGES, _("Messages, with groups and channels")
        GROUPS = policy.GROUPS, _("Groups")
        CHANNELS = policy.CHANNELS, _("Channels")
        VIDEOS = policy.VIDEOS, _("Videos, with posting and comments")
        UPLOAD = policy.UPLOAD, _("Posting videos")
        COMMENTS = policy.COMMENTS, _("Comments")
        SHOP = policy.SHOP, _("The shop")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.CharField(_("region"), max_length=2, validators=[validate_region])
    feature = models.CharField(_("what is off"), max_length=10, choices=Feature)
    off_from = models.DateTimeField(_("off from"), default=timezone.now)
    off_until = models.DateTimeField(_("off until"), null=True, blank=True)
    reasons = models.JSONField(_("reasons"), default=dict)
    legal_reference = models.CharField(
        _("legal reference"),
        max_length=200,
        blank=True,
        help_text=_("The order or law. People in the region read it too."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    objects = RegionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("region rule")
        verbose_name_plural = _("region rules")
        indexes = [models.Index(fields=["off_until"], name="region_rule_ends")]
        constraints = [
            models.CheckConstraint(
                condition=Q(off_until=None) | Q(off_until__gte=F("off_from")),
                name="region_rule_in_order",
                violation_error_message=_("It has to end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(feature__in=policy.FEATURES), name="region_rule_feature_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_feature_display()}"

    def holds(self, at: datetime) -> bool:
        """Whether the feature is off at this moment."""
        return self.off_from <= at and (self.off_until is None or at < self.off_until)

    @property
    def reason(self) -> str:
        """Why, in the language of whoever reads it now; else in the site's own."""
        wanted = (translation.get_language() or "").partition("-")[0]
        said = self.reasons.get(wanted) or self.reasons.get(settings.LANGUAGE_CODE)
        return said or next(iter(self.reasons.values()), "")
