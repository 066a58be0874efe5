"""What people do with a video: like it, see it, send it on."""

from django.conf import settings
from django.db import models
from django.utils import timezone


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
