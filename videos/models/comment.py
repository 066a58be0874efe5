"""What people write under a video: one level of answers."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import User
from videos.models.video import Video

BODY_LIMIT = 1000


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """Of people who are there and with whom the viewer has no block (R15); what is held for
        the video's author is seen by them and by who wrote it, what waits for moderators by who
        wrote it alone, what was taken down by nobody."""
        people = User.objects.visible_to(viewer)
        shown = Q(held_at=None)
        if viewer.is_authenticated:
            shown |= Q(author=viewer) | Q(video__author=viewer, is_in_review=False)
        there = self.filter(shown, author__in=people, removed_at=None)
        # With a comment its answers go; one that answers nobody has no parent to ask.
        there = there.filter(parent__removed_at=None)
        return there.select_related("author")

    def liked_by(self, viewer: Any) -> Self:
        """With `is_liked` as the viewer did."""
        if not viewer.is_authenticated:
            return self.annotate(is_liked=models.Value(False, output_field=models.BooleanField()))
        own = CommentLike.objects.filter(comment=OuterRef("pk"), user=viewer)
        return self.annotate(is_liked=Exists(own))

    def threads(self) -> Self:
        """Those that answer nobody."""
        return self.filter(parent=None)

    def standing(self, viewer: Any) -> Self:
        """Those that stand among the others; one's own held ones too, as if nothing were."""
        shown = Q(held_at=None)
        return self.filter(shown | Q(author=viewer) if viewer.is_authenticated else shown)

    def held(self) -> Self:
        """Those that wait for the video's author."""
        return self.filter(removed_at=None, is_in_review=False).exclude(held_at=None)

    def top_first(self) -> Self:
        """The pinned one, then what the author's heart and most people like."""
        return self.order_by(
            F("pinned_at").desc(nulls_last=True),
            F("hearted_at").desc(nulls_last=True),
            "-like_count",
            "-created_at",
            "-pk",
        )

    def newest_first(self) -> Self:
        """The pinned one, then by time."""
        return self.order_by(F("pinned_at").desc(nulls_last=True), "-created_at", "-pk")


class Comment(models.Model):
    """`parent` is set on answers; answers to answers hang on the same parent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    video = models.ForeignKey(Video, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers"
    )
    body = models.TextField(
        _("comment"), max_length=BODY_LIMIT, validators=[MaxLengthValidator(BODY_LIMIT)]
    )
    mentions = models.JSONField(
        null=True, blank=True, help_text=_("Ids of the people it names; null where nobody looked.")
    )
    like_count = models.PositiveIntegerField(default=0, db_default=0)
    answer_count = models.PositiveIntegerField(
        default=0, db_default=0, help_text=_("Answers that are not held.")
    )
    pinned_at = models.DateTimeField(null=True, blank=True)
    hearted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the video's author gave their heart.")
    )
    held_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when it waits for the video's author.")
    )
    is_in_review = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("Held, because it looks like spam, until a moderator has read it."),
    )
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a moderator took it down.")
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "video", condition=Q(pinned_at__isnull=False), name="comment_pinned_once"
            ),
            models.CheckConstraint(
                condition=Q(pinned_at=None) | Q(parent=None, held_at=None),
                name="comment_pinned_is_shown_thread",
            ),
            models.CheckConstraint(
                condition=Q(is_in_review=False) | Q(held_at__isnull=False),
                name="comment_in_review_is_held",
            ),
        ]
        indexes = [
            models.Index(fields=["video", "-created_at"], name="comment_of_video"),
            models.Index(
                fields=["video", "-like_count", "-created_at"],
                name="comment_top",
                condition=Q(parent=None),
            ),
        ]

    def __str__(self) -> str:
        return self.body[:40]

    def deletable_by(self, user: Any) -> bool:
        """Its author's, and the video's author's."""
        return user.pk in {self.author_id, self.video.author_id}

    def run_by(self, user: Any) -> bool:
        """Whether the person may pin, heart and let through: the video's author."""
        return bool(user.pk == self.video.author_id)


class CommentLike(models.Model):
    """One person's heart on one comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="likes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comment_likes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("comment", "user", name="comment_like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.comment_id}"


class CommentFilter(models.Model):
    """What a creator wants to read before others do."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="comment_filter"
    )
    words = models.JSONField(default=list, blank=True, help_text=_("In lower case, one each."))
    holds_links = models.BooleanField(_("hold comments with links"), default=False)
    holds_all = models.BooleanField(_("hold every comment"), default=False)

    def __str__(self) -> str:
        return f"{len(self.words)} words of {self.user_id}"
