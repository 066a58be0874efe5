"""What people write under a video: one level of answers."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import User
from videos.models.video import Video

BODY_LIMIT = 1000


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """Of people who are there and with whom the viewer has no block (R15)."""
        people = User.objects.visible_to(viewer)
        return self.filter(author__in=people).select_related("author")


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
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["video", "-created_at"], name="comment_of_video")]

    def __str__(self) -> str:
        return self.body[:40]

    def deletable_by(self, user: Any) -> bool:
        """Its author's, and the video's author's."""
        return user.pk in {self.author_id, self.video.author_id}
