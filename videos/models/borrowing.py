"""What a video takes from others: a sound, the video it was made with, the comment it answers."""

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
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="remixes", db_index=False
    )
    parent_kind = models.CharField(
        max_length=6, choices=ParentKind.choices, blank=True, default="", db_default=""
    )
    reply_to_comment = models.ForeignKey(
        "videos.Comment", models.SET_NULL, null=True, blank=True, related_name="video_replies"
    )

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
    def is_made_of_parent(self) -> bool:
        """Whether the parent's picture is in it."""
        return self.parent_kind in self.MADE_OF_PARENT
