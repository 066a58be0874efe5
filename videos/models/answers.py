"""What people do with a video: like it, see it, keep it, send it on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Like(models.Model):
    """One person's heart on one video."""

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="likes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="video_likes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("video", "user", name="like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.video_id}"


class View(models.Model):
    """Somebody has seen a video; `times` counts again and again."""

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="video_views")
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    is_in_history = models.BooleanField(
        default=True, db_default=True, help_text=_("Off: taken out of one's history.")
    )

    class Meta:
        constraints = [models.UniqueConstraint("user", "video", name="view_once")]

    def __str__(self) -> str:
        return f"{self.user_id} saw {self.video_id}"


class Share(models.Model):
    """Somebody sent a video into conversations: chat tells, videos keeps."""

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="shares")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="video_shares")
    conversation_count = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} shared {self.video_id}"


class Saved(models.Model):
    """A video that somebody keeps for themselves."""

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="saves")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_videos", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("user", "video", name="saved_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="saved_lately")]

    def __str__(self) -> str:
        return f"{self.user_id} keeps {self.video_id}"


class Repost(models.Model):
    """Somebody shows a video of another's to those who follow them."""

    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="reposts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reposts", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("user", "video", name="repost_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="repost_lately")]

    def __str__(self) -> str:
        return f"{self.user_id} reposted {self.video_id}"


class WatchHistory(models.Model):
    """Whether somebody wants their history kept; who has no row does."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="watch_history"
    )
    is_paused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"history of {self.user_id}"
