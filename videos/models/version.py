"""The films that a video has been: what it began with, and each that took its place."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from videos.transcoding.errors import SENTENCES

NAME_LENGTH = 200


class VideoVersion(models.Model):
    """One film of a published video. The first row is written when the second film comes; what is
    `past` has facts only, its files are swept away."""

    MOST_A_DAY = 10
    A_DAY = timedelta(days=1)

    class State(models.TextChoices):
        UPLOADING = "uploading", _("Uploading")
        PREPARING = "preparing", _("Being prepared")
        CURRENT = "current", _("Playing")
        PAST = "past", _("Replaced")
        FAILED = "failed", _("Failed")

    UNDER_WAY = (State.UPLOADING, State.PREPARING)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices)
    failure_code = models.CharField(max_length=40, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    # No foreign key: the row of an upload is swept away, the version stays.
    upload = models.UUIDField(null=True, blank=True, unique=True)
    source = models.CharField(max_length=200, blank=True, help_text=_("Name in the file storage."))
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text=_("Bytes of the film as it came."))
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of what played."))
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True, blank=True, verbose_name=_("playing since"))
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name=_("replaced"))
    reviewed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("looked at"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked at by"),
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("video", "number", name="video_version_once"),
            models.UniqueConstraint(
                "video",
                name="video_version_one_under_way",
                condition=Q(state__in=["uploading", "preparing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.video_id}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def failure(self) -> str:
        """Why it could not take the other's place, in a sentence; else an empty string."""
        return str(SENTENCES.get(self.failure_code, "")) if self.failure_code else ""
