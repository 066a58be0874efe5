"""Each try to prepare a video: how far it came, and what ffmpeg said where it failed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SAID_LENGTH = 4000  # characters of ffmpeg's last words


class ProcessingAttempt(models.Model):
    """A row of the log. `ended_at` stays null where the worker died."""

    class Stage(models.TextChoices):
        FETCH = "fetch", _("Fetching the clips")
        PROBE = "probe", _("Looking into them")
        RENDER = "render", _("Rendering")
        STORE = "store", _("Storing")
        PUBLISH = "publish", _("Publishing")
        EXTRAS = "extras", _("Previews and streams")

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="attempts")
    recipe_version = models.PositiveIntegerField()
    stage = models.CharField(max_length=7, choices=Stage.choices, default=Stage.FETCH)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_ok = models.BooleanField(null=True, verbose_name=_("went well"))
    failure_code = models.CharField(max_length=40, blank=True)
    said = models.TextField(blank=True, help_text=_("The end of what ffmpeg said."))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.stage} of {self.video_id}, version {self.recipe_version}"
