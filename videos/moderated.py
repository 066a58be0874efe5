"""Videos, comments and sounds as things that moderators decide on (MODERATED)."""

from uuid import UUID

from accounts.ports import Moderated
from videos import models
from videos.actions import commenting, removing


class Video(Moderated):
    """`title` is its caption's first line."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Video.objects.filter(pk=object_id).values_list("author", flat=True).first()

    def title(self, object_id: UUID) -> str:
        video = models.Video.objects.select_related("author").filter(pk=object_id).first()
        return (video.title or f"@{video.author.username}") if video else ""

    def reach(self, object_id: UUID) -> int:
        """Its views."""
        views = models.Video.objects.filter(pk=object_id).values_list("view_count", flat=True)
        return max(views.first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        removing.remove_video(object_id)

    def put_back(self, object_id: UUID) -> None:
        removing.restore_video(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        removing.cover_video(object_id, on)

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None


class Comment(Moderated):
    """Read by who watches the video."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Comment.objects.filter(pk=object_id).values_list("author", flat=True).first()

    def title(self, object_id: UUID) -> str:
        found = models.Comment.objects.filter(pk=object_id).values_list("body", flat=True).first()
        return found or ""

    def reach(self, object_id: UUID) -> int:
        """The views of the video under which it stands."""
        comments = models.Comment.objects.filter(pk=object_id)
        return max(comments.values_list("video__view_count", flat=True).first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        removing.remove_comment(object_id)

    def put_back(self, object_id: UUID) -> None:
        removing.restore_comment(object_id)
        commenting.end_review(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Comments have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None


class Sound(Moderated):
    """Heard in the videos that were made with it."""

    def owner_id(self, object_id: UUID) -> UUID | None:
        return models.Sound.objects.filter(pk=object_id).values_list("owner", flat=True).first()

    def title(self, object_id: UUID) -> str:
        sound = models.Sound.objects.with_origin().filter(pk=object_id).first()
        return sound.line if sound else ""

    def reach(self, object_id: UUID) -> int:
        """The videos made with it."""
        uses = models.Sound.objects.filter(pk=object_id).values_list("use_count", flat=True)
        return max(uses.first() or 1, 1)

    def take_down(self, object_id: UUID) -> None:
        removing.remove_sound(object_id)

    def put_back(self, object_id: UUID) -> None:
        removing.restore_sound(object_id)

    def mark_sensitive(self, object_id: UUID, on: bool) -> None:
        """Sounds have no cover."""

    def conversation_id(self, object_id: UUID) -> UUID | None:
        return None
