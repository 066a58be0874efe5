"""What was watched, how far, and what that says of people and of videos."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WatchEvent(models.Model):
    """Somebody had a video before them: appended, and never changed but by `counted_at`.

    `user` is empty for people who are signed out, and for those who want no profile: what they
    watched counts for the video and says nothing of them.
    """

    class Source(models.TextChoices):
        FOR_YOU = "for_you", _("For you")
        FOLLOWING = "following", _("Following")
        FRIENDS = "friends", _("Friends")
        PROFILE = "profile", _("Profile")
        SEARCH = "search", _("Search")
        SOUND = "sound", _("Sound")
        TAG = "tag", _("Topic")
        CHAT = "chat", _("Conversations")
        LINK = "link", _("Link")

    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="watch_events", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="watch_events",
        db_index=False,
    )
    source = models.CharField(max_length=9, choices=Source.choices)
    watched_ms = models.PositiveIntegerField(help_text=_("Played in all, loops included."))
    duration_ms = models.PositiveIntegerField(help_text=_("Of the video, as the player knew it."))
    loops = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(max_length=2, blank=True, help_text=_("Of whoever watched."))
    at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["video", "at"], name="watch_of_video"),
            models.Index(fields=["user", "at"], name="watch_of_user", condition=~Q(user=None)),
            models.Index(fields=["id"], name="watch_uncounted", condition=Q(counted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or 'somebody'} watched {self.video_id} for {self.watched_ms} ms"


class AffinityQuerySet(models.QuerySet["Affinity"]):
    """What somebody takes to, as sets."""

    def liked(self) -> Self:
        """Watched to the end, or as good as that."""
        return self.filter(score__gte=Affinity.LIKED)


class Affinity(models.Model):
    """How much one person takes to one video, summed over all the times they met it."""

    LIKED = 0.8

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="affinities", db_index=False
    )
    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="affinities")
    score = models.FloatField(help_text=_("1 for each time watched to the end, less for skips."))
    finished = models.PositiveIntegerField(default=0)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField(default=timezone.now)

    objects = AffinityQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("user", "video", name="affinity_once")]
        indexes = [models.Index(fields=["user", "-last_at"], name="affinity_lately")]

    def __str__(self) -> str:
        return f"{self.user_id} takes to {self.video_id}: {self.score:.1f}"


class Reception(models.Model):
    """How a video was received, in counts; a row of its own, for it changes all the time."""

    video = models.OneToOneField(
        "videos.Video", models.CASCADE, primary_key=True, related_name="reception"
    )
    shown = models.PositiveIntegerField(default=0, help_text=_("Times it was before somebody."))
    finished = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0, help_text=_("Left within two seconds."))
    rewatched = models.PositiveIntegerField(default=0)
    watched_ms = models.PositiveBigIntegerField(default=0)
    unwanted = models.PositiveIntegerField(default=0, help_text=_("Told “not interested”."))

    def __str__(self) -> str:
        return f"{self.video_id}: shown {self.shown}, finished {self.finished}"


class Trend(models.Model):
    """How much a video is watched in a region now ("" for everywhere).

    `heat` is the logarithm (base 2) of plays that each count twice as much as one a day older,
    days since 1970: forward decay, so that a row that nobody touches stays right.
    """

    region = models.CharField(max_length=2, blank=True)
    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="trends")
    heat = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint("region", "video", name="trend_once")]
        indexes = [models.Index(fields=["region", "-heat"], name="trend_by_heat")]

    def __str__(self) -> str:
        return f"{self.video_id} in {self.region or 'the world'}: {self.heat:.1f}"
