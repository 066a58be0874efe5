"""What the feed learned, what it was told, and what it is about to show."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Neighbourhood(models.Model):
    """The videos near to one by who liked both, as videos/feed/learning.py packs them."""

    video = models.OneToOneField(
        "videos.Video", models.CASCADE, primary_key=True, related_name="neighbourhood"
    )
    near = models.BinaryField(help_text=_("16 bytes of id and 4 of weight, each."))
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{len(self.near) // 20} near {self.video_id}"


class Fit(models.Model):
    """One time the feed learned: the kernel that suited best, and how much it found again."""

    kernel = models.CharField(max_length=20)
    fading = models.FloatField(null=True, help_text=_("A like counts half so many likes later."))
    recall = models.FloatField(help_text=_("At 20, of what was held out."))
    people = models.PositiveIntegerField()
    videos = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        get_latest_by = "made_at"

    def __str__(self) -> str:
        return f"{self.kernel}: recall {self.recall:.3f}"


class FeedProfile(models.Model):
    """What the feed may do for one person; who has no row has never asked for anything else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="feed_profile"
    )
    is_personal = models.BooleanField(
        _("a feed made for you"),
        default=True,
        help_text=_("Off: newest and popular videos only, and nothing is learned from you."),
    )
    reset_at = models.DateTimeField(null=True, help_text=_("What was before is forgotten."))
    asked_at = models.DateTimeField(null=True, help_text=_("When a new slate was asked for."))

    def __str__(self) -> str:
        return f"feed of {self.user_id}"


class TasteQuerySet(models.QuerySet["Taste"]):
    """What people told the feed, as sets."""

    def of(self, user: Any) -> Self:
        """One person's, the newest first; nobody's for who is signed out."""
        return self.filter(user=user).order_by("-pk") if user.is_authenticated else self.none()


class Taste(models.Model):
    """Something somebody told the feed: less of this, more of that, never this word."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        AUTHOR = "author", _("Person")
        SOUND = "sound", _("Sound")
        TOPIC = "topic", _("Topic")
        WORD = "word", _("Word")

    class Level(models.IntegerChoices):
        NONE = 0, _("None of it")
        LESS = 1, _("Less")
        MORE = 3, _("More")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tastes", db_index=False
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    key = models.CharField(max_length=60, help_text=_("An id, a topic's name, a word."))
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.NONE)
    created_at = models.DateTimeField(default=timezone.now)

    objects = TasteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", "key", name="taste_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.get_level_display()}"


class SlateQuerySet(models.QuerySet["SlateItem"]):
    """Prepared items, as sets."""

    def ahead_of(self, user: Any, rank: int | None = None) -> Self:
        """What is still to come, in order: behind `rank`, or what has not been seen."""
        mine = self.filter(user=user, seen_at__isnull=True).order_by("rank")
        return mine.filter(rank__gt=rank) if rank is not None else mine


class SlateItem(models.Model):
    """A video that was picked for somebody, at its place, with why (videos/feed/reasons.py)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="slate", db_index=False
    )
    rank = models.PositiveBigIntegerField()
    video = models.ForeignKey("videos.Video", models.CASCADE, related_name="slated")
    reason = models.JSONField()
    seen_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = SlateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "rank", name="slate_rank_once"),
            models.UniqueConstraint("user", "video", name="slate_video_once"),
        ]

    def __str__(self) -> str:
        return f"{self.video_id} at {self.rank} for {self.user_id}"
