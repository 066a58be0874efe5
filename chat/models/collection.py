"""The videos that a conversation has collected."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.models.conversation import Conversation
from chat.players import playables

if TYPE_CHECKING:
    from chat.models.membership import Membership

COLLECTION_LIMIT = 500


class CollectedVideoQuerySet(models.QuerySet["CollectedVideo"]):
    """Saved videos, as sets."""

    def visible_to(self, user: Any) -> Self:
        """Those that the person may watch; that they take part is the caller's to ask."""
        return self.filter(video_id__in=playables.visible_to(user).values("pk"))


class CollectedVideo(models.Model):
    """One video, once a conversation; who saved it and when."""

    # The constraint leads with it.
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="collection", db_index=False
    )
    video_id = models.UUIDField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    objects = CollectedVideoQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("conversation", "video_id", name="collected_once")]

    def __str__(self) -> str:
        return f"{self.video_id} in {self.conversation_id}"

    def removable_by(self, membership: "Membership") -> bool:
        """Who saved it, both of a direct conversation, and whoever may tidy up in a group."""
        if not membership.is_active:
            return False
        return self.saved_by_id == membership.user_id or membership.may_tidy()
