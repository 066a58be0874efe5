"""The files that players get."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rendition(models.Model):
    """One way to play a video; names hold a hash of the content.

    Kinds: "720" and "360" are MP4s, "loop" a few silent seconds for grids, "hls" a playlist whose
    variants and segments are its `parts`. Each says from which version of the recipe it was made.
    """

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=4)
    file = models.CharField(max_length=200)
    parts = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Storage names of files that this one refers to."),
    )
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    size = models.PositiveBigIntegerField(help_text=_("Bytes."))
    picture = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text=_("Which picture it shows: equal where recipes differ in their sound alone."),
    )
    recipe_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("video", "kind", name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.video_id}"

    @property
    def files(self) -> list[str]:
        """Storage names of all that belongs to it."""
        return [self.file, *self.parts]
