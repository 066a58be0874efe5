"""What is said in a video, as text in time: one track for each language."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from videos.subtitles import Cue, language_name, validate_language, write_webvtt

if TYPE_CHECKING:
    from uuid import UUID


class CaptionTrack(models.Model):
    """The subtitles of a video in one language; `cues` as `Cue.as_json` has them, in order."""

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="tracks", db_index=False)
    language = models.CharField(max_length=12, validators=[validate_language])
    cues = models.JSONField(default=list)
    version = models.PositiveIntegerField(
        default=1, help_text=_("Grows with each change: what another device saw may be older.")
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("video", "language", name="caption_track_once")]

    def __str__(self) -> str:
        return f"{self.language} of {self.video_id}"

    @property
    def name(self) -> str:
        """The language in its own words."""
        return language_name(self.language)

    @property
    def spoken(self) -> list[Cue]:
        return [Cue.from_json(cue) for cue in self.cues]

    def as_webvtt(self) -> str:
        """The file that players read."""
        return write_webvtt(self.spoken)


class Subtitled(models.Model):
    """The part of `Video` that knows in which languages it can be read along."""

    subtitle_languages = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Of its tracks, in the order they were made: a feed asks nothing else."),
    )

    if TYPE_CHECKING:
        pk: UUID
        tracks: Any

    class Meta:
        abstract = True

    @property
    def subtitles(self) -> list[dict[str, str]]:
        """What a player offers: `language`, its `name` in its own words, and the file's `url`."""
        return [
            {"language": code, "name": language_name(code), "url": self.subtitles_url(code)}
            for code in self.subtitle_languages
        ]

    def subtitles_url(self, language: str) -> str:
        """Where its WebVTT is served, permission checked."""
        return reverse("videos:subtitles_file", args=[self.pk, language])
