"""Collections: videos under a name, kept alone or with others."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Follow, User
from videos.models.video import Video

NAME_LENGTH = 60


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Collections, as sets."""

    def visible_to(self, viewer: Any) -> Self:
        """One's own, those one takes part in, and public ones of people whose posts one sees."""
        owners = User.objects.visible_to(viewer)
        public = Q(is_public=True, owner__is_private=False)
        if not viewer.is_authenticated:
            return self.filter(public, owner__in=owners)
        follows = Follow.objects.accepted().filter(follower=viewer, followed=OuterRef("owner"))
        return self.filter(
            self._run(viewer) | public | Q(Exists(follows), is_public=True), owner__in=owners
        )

    def run_by(self, user: Any) -> Self:
        """Those to which a person may add."""
        return self.filter(self._run(user))

    @staticmethod
    def _run(user: Any) -> Q:
        part = CollectionMember.objects.filter(collection=OuterRef("pk"), user=user)
        return Q(owner=user) | Q(Exists(part))

    def holding(self, video: Video) -> Self:
        """With `has_video`: whether this one is in it."""
        items = CollectionItem.objects.filter(collection=OuterRef("pk"), video=video)
        return self.annotate(has_video=Exists(items))

    def lately(self) -> Self:
        """Changed last comes first."""
        return self.select_related("owner").order_by("-touched_at", "-pk")


class Collection(models.Model):
    """Videos under a name; others may be let in to add to it."""

    MOST = 100
    MOST_VIDEOS = 1000
    MOST_PEOPLE = 20

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections", db_index=False
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    is_public = models.BooleanField(_("on my profile, for everybody who sees it"), default=False)
    video_count = models.PositiveIntegerField(default=0)
    cover = models.ForeignKey(
        Video, models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("Its newest.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "-touched_at"], name="collection_of_owner")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("videos:collection", args=[self.pk])

    def videos_for(self, viewer: Any) -> models.QuerySet[Video]:
        """What is in it as far as the viewer may watch it, the newest addition first."""
        items = CollectionItem.objects.filter(collection=self, video=OuterRef("pk"))
        shown = Video.objects.visible_to(viewer).published().filter(Exists(items))
        added = models.Subquery(items.values("added_at")[:1])
        return shown.annotate(added_at=added).order_by("-added_at", "-pk")

    def share_card(self) -> dict[str, Any]:
        """What a conversation shows of it (chat/sharing.py)."""
        return {
            "kind": "collection",
            "id": str(self.pk),
            "title": self.name,
            "detail": self.owner.name,
            "picture": self.cover.cover_small_url if self.cover and self.cover.is_public else "",
            "url": self.get_absolute_url(),
        }

    def note_share(self, user: Any, conversation_count: int) -> None:
        """Nothing is counted for collections."""


class CollectionMember(models.Model):
    """Somebody who was let in to add."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="collection_parts"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("collection", "user", name="collection_part_once")]

    def __str__(self) -> str:
        return f"{self.user_id} adds to {self.collection_id}"


class CollectionItem(models.Model):
    """A video in a collection, and who put it there."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items", db_index=False)
    video = models.ForeignKey(Video, models.CASCADE, related_name="collection_items")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("collection", "video", name="collection_item_once")]
        indexes = [models.Index(fields=["collection", "-added_at"], name="collection_lately")]

    def __str__(self) -> str:
        return f"{self.video_id} in {self.collection_id}"

    def removable_by(self, user: Any) -> bool:
        """Who put it there, and the collection's owner."""
        return user.pk in {self.added_by_id, self.collection.owner_id}
