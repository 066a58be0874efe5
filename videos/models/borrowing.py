"""What a video takes from others: a sound, the video it was made with, the comment it answers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Borrowing(models.Model):
    """The part of `Video` that points at other people's work.

    A duet or a stitch shows its parent's picture: without the parent it is nobody's to watch but
    its author's (`VideoQuerySet.visible_to`). A reply shows nothing of it and goes on alone.
    """

    class ParentKind(models.TextChoices):
        NONE = "", _("Its own")
        DUET = "duet", _("Duet")
        STITCH = "stitch", _("Stitch")
        REPLY = "reply", _("Reply to a comment")

    MADE_OF_PARENT = (ParentKind.DUET, ParentKind.STITCH)

    sound = models.ForeignKey(
        "videos.Sound",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="videos",
        db_index=False,
        help_text=_("The music under it; its own sound is the sound that names it as origin."),
    )
    sound_start_ms = models.PositiveIntegerField(default=0, db_default=0)
    lends_sound = models.BooleanField(
        _("others may use the sound of this video"), default=False, db_default=False
    )
    is_silenced = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("It plays without a sound that a moderator took down."),
    )
    parent = models.ForeignKey(
        "videos.Video",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="remixes",
        db_index=False,
    )
    parent_kind = models.CharField(
        max_length=6, choices=ParentKind.choices, blank=True, default="", db_default=""
    )
    reply_to_comment = models.ForeignKey(
        "videos.Comment", models.SET_NULL, null=True, blank=True, related_name="video_replies"
    )

    peaks: list[int]

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                fields=["sound", "-published_at"],
                name="video_by_sound",
                condition=Q(sound__isnull=False),
            ),
            models.Index(
                fields=["parent", "-published_at"],
                name="video_by_parent",
                condition=Q(parent__isnull=False),
            ),
        ]

    @property
    def made_with(self) -> dict[str, Any] | None:
        """What it was made with, as JSON values; None for a video that stands alone.

        `video`, `author`, `url` and `film` are None where the viewer (`credited_for`) cannot see
        the parent, or it is gone; so is `comment`, which is there on replies.
        """
        if not self.parent_kind:
            return None
        return {"kind": self.parent_kind, **_card_of(self.parent), **self._comment_card()}

    def _comment_card(self) -> dict[str, Any]:
        comment = self.reply_to_comment
        if comment is None:
            return {"comment": None}
        words = {"id": str(comment.pk), "author": comment.author.card(), "body": comment.body}
        return {"comment": words}

    @property
    def is_audible(self) -> bool:
        """Whether anything is heard in it: it has a sound, its own or another's."""
        return any(self.peaks)

    @property
    def is_made_of_parent(self) -> bool:
        """Whether the parent's picture is in it."""
        return self.parent_kind in self.MADE_OF_PARENT


def _card_of(parent: Any) -> dict[str, Any]:
    if parent is None:
        return dict.fromkeys(("video", "author", "url", "film", "duration_ms"))
    return {
        "video": str(parent.pk),
        "author": parent.author.card(),
        "url": parent.get_absolute_url(),
        "film": parent.small_url,
        "duration_ms": parent.duration_ms,
    }
