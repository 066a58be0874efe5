"""The source films a video is cut from, in the order they were brought."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from videos.transcoding.errors import SENTENCES


class Clip(models.Model):
    """One film as it came. It is kept, never overwritten, and served to nobody: what plays is made
    from it. `preview` is a small copy that every browser plays, for its owner's editor only."""

    class State(models.TextChoices):
        UPLOADING = "uploading", _("Uploading")
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="clips")
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True, help_text=_("Name in the file storage."))
    # No foreign key: the row of an upload is swept away, the clip stays.
    upload = models.UUIDField(null=True, blank=True, unique=True)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    has_audio = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.UPLOADING)
    failure_code = models.CharField(max_length=40, blank=True)
    preview = models.CharField(max_length=200, blank=True)
    peaks = models.JSONField(
        default=list, blank=True, help_text=_("200 loudness values, 0 to 100.")
    )
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(source=""),
                name="clip_ready_has_source",
            )
        ]

    def __str__(self) -> str:
        return f"clip {self.position} of {self.video_id}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def failure(self) -> str:
        """Why it was refused, in a sentence; an empty string where it was not."""
        return str(SENTENCES.get(self.failure_code, "")) if self.failure_code else ""

    @property
    def preview_url(self) -> str:
        """Where its owner's editor plays it; empty until it is made."""
        return reverse("api:clip-preview", args=[self.pk]) if self.preview else ""

    def card(self) -> dict[str, Any]:
        """How it stands, for its owner: on the socket and by REST."""
        return {
            "id": str(self.pk),
            "draft": str(self.video_id),
            "position": self.position,
            "state": self.state,
            "code": self.failure_code,
            "detail": self.failure,
            "duration_ms": self.duration_ms,
            "width": self.width,
            "height": self.height,
            "has_audio": self.has_audio,
            "preview": self.preview_url,
            "peaks": self.peaks,
        }

    @property
    def files(self) -> list[str]:
        """Storage names of all that belongs to it."""
        return [name for name in (self.source, self.preview) if name]

    def source_exists(self) -> bool:
        return bool(self.source) and default_storage.exists(self.source)
