"""What must be said about a video besides its caption."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from uuid import UUID


class Labels(models.Model):
    """The part of `Video` that warns and discloses."""

    class Sensitivity(models.TextChoices):
        NONE = "", _("Not sensitive")
        AUTHOR = "author", _("Marked by its author")
        MODERATOR = "moderator", _("Marked by a moderator")

    is_ai_made = models.BooleanField(_("made with AI"), default=False, db_default=False)
    is_paid_partnership = models.BooleanField(
        _("paid partnership"), default=False, db_default=False
    )
    sensitivity = models.CharField(
        max_length=9, choices=Sensitivity.choices, blank=True, default="", db_default=""
    )

    if TYPE_CHECKING:
        author_id: UUID

    class Meta:
        abstract = True

    @property
    def is_sensitive(self) -> bool:
        """Whether it is covered until the viewer says otherwise, and not there for minors."""
        return self.sensitivity != self.Sensitivity.NONE

    def is_covered_for(self, viewer: Any) -> bool:
        """Whether a sensitive video waits for the viewer's word. Asks the database once for each
        viewer, and not at all where nothing is sensitive."""
        if not self.is_sensitive or self.author_id == viewer.pk:
            return False
        decided = getattr(viewer, "video_settings", None)
        return decided is None or not decided.shows_sensitive

    @property
    def is_marked_by_moderator(self) -> bool:
        """Whether only a moderator takes the cover away."""
        return self.sensitivity == self.Sensitivity.MODERATOR
