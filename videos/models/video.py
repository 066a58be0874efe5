"""A short video: what was uploaded, what players get, and who may see it."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.routes import address
from videos.models.answers import Share
from videos.models.audience import Audience, Permissions
from videos.models.borrowing import Borrowing
from videos.models.caption_track import Subtitled
from videos.models.clip import Clip
from videos.models.credit import Credited
from videos.models.files import Files
from videos.models.hashtag import Hashtag
from videos.models.insight import VideoDay
from videos.models.labels import Labels
from videos.models.video_set import VideoQuerySet
from videos.transcoding.errors import SENTENCES

CAPTION_LIMIT = 2200
ALT_LIMIT = 500
TITLE_LENGTH = 80


class Video(Permissions, Labels, Borrowing, Credited, Subtitled, Files):
    """Clips are kept as they came, the recipe says what is made of them; renditions may be made
    again. A draft is a video that nobody but its author sees."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        UPLOADING = "uploading", _("Uploading")
        PROCESSING = "processing", _("Being prepared")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        FAILED = "failed", _("Failed")
        REMOVED = "removed", _("Removed")  # by a moderator

    Audience = Audience

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="videos")
    caption = models.TextField(
        _("caption"),
        blank=True,
        max_length=CAPTION_LIMIT,
        validators=[MaxLengthValidator(CAPTION_LIMIT)],
    )
    alt_text = models.CharField(
        _("description for people who cannot see it"), max_length=ALT_LIMIT, blank=True
    )
    audience = models.CharField(
        _("who can watch"), max_length=9, choices=Audience.choices, default=Audience.PUBLIC
    )
    chosen = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="chosen_for",
        blank=True,
        help_text=_("Friends who may watch where the audience is chosen ones."),
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADING)
    failure_code = models.CharField(max_length=40, blank=True)
    recipe = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text=_("What is made of the clips (videos/recipes); empty: all of them as they are."),
    )
    recipe_version = models.PositiveIntegerField(default=1, db_default=1)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    peaks = models.JSONField(
        default=list, blank=True, help_text=_("200 loudness values, 0 to 100.")
    )
    hashtags = models.ManyToManyField(Hashtag, related_name="videos", blank=True)
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True
    )
    like_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    share_count = models.PositiveIntegerField(default=0)
    view_count = models.PositiveIntegerField(default=0)
    save_count = models.PositiveIntegerField(default=0, db_default=0)
    repost_count = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(
        default=timezone.now, db_default=Now(), help_text=_("When its draft was changed last.")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    revised_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When what viewers read or see was changed after that.")
    )
    publish_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a prepared video goes out; empty: at once.")
    )
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a moderator took it down.")
    )

    objects = VideoQuerySet.as_manager()

    class Meta(Borrowing.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="video_published_has_time",
            )
        ]
        indexes = [
            *Borrowing.Meta.indexes,
            models.Index(fields=["author", "-published_at"], name="video_by_author"),
            models.Index(
                fields=["-published_at"], name="video_fresh", condition=Q(state="published")
            ),
            models.Index(fields=["publish_at"], name="video_due", condition=Q(state="scheduled")),
        ]

    def __str__(self) -> str:
        return self.title or str(self.pk)

    def get_absolute_url(self) -> str:
        return address("videos:detail", self.pk)

    @property
    def editor_url(self) -> str:
        """Where its author goes on with the draft."""
        return reverse("videos:draft", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def first_preview(self) -> Clip | None:
        """The clip that stands for a draft among others; None until one is prepared."""
        return next((clip for clip in self.clips.all() if clip.preview), None)

    @property
    def is_draft(self) -> bool:
        """Not put out yet, and not on its way out at once."""
        waits = self.state in (self.State.PROCESSING, self.State.SCHEDULED) and self.publish_at
        return self.published_at is None and (self.state == self.State.DRAFT or bool(waits))

    @property
    def is_public(self) -> bool:
        """Anybody may see it, signed in or not."""
        return (
            self.is_published
            and self.audience == self.Audience.PUBLIC
            and not self.is_sensitive
            and not self.author.is_private
            and self.author.is_active
            and (not self.is_made_of_parent or bool(self.parent and self.parent.is_public))
        )

    @property
    def failure(self) -> str:
        """Why it failed, in a sentence; an empty string where it did not."""
        return str(SENTENCES.get(self.failure_code, "")) if self.failure_code else ""

    @property
    def named(self) -> list[dict[str, Any]]:
        """The cards of those whom the caption names, for the filter `caption`."""
        if "@" not in self.caption:
            return []
        return [person.card() for person in self.mentions.all() if person.is_active]

    @property
    def title(self) -> str:
        """The caption's first line, short enough for a card."""
        line = self.caption.strip().splitlines()[0] if self.caption.strip() else ""
        return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"

    @property
    def clock(self) -> str:
        """Its length as people read it: 0:31."""
        seconds = round(self.duration_ms / 1000)
        return f"{seconds // 60}:{seconds % 60:02}"

    def share_card(self) -> dict[str, Any]:
        """What a conversation shows of it (chat/sharing.py): plays in place, links to its page."""
        return {
            "kind": "video",
            "id": str(self.pk),
            "title": self.title or str(_("Video")),
            "detail": f"{self.author.name} · {self.clock}",
            "author": self.author.card(),
            "poster": self.media_url(self.cover_small),
            "video": self.small_url,
            "is_sensitive": self.is_sensitive,
            "duration_ms": self.duration_ms,
            "width": self.width,
            "height": self.height,
            "url": self.get_absolute_url(),
        }

    def note_share(self, user: Any, conversation_count: int) -> None:
        """Remember who brought it into how many conversations."""
        Share.objects.create(video=self, user=user, conversation_count=conversation_count)
        Video.objects.filter(pk=self.pk).update(share_count=F("share_count") + conversation_count)
        VideoDay.objects.mark([(self.pk, timezone.now())])
