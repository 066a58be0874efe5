"""Who made a video together with its author: invited by name, shown once they said yes."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import unblocked
from accounts.reading import Few

if TYPE_CHECKING:
    from uuid import UUID


class CreditQuerySet(models.QuerySet["Credit"]):
    """Credits, as sets."""

    def standing(self) -> Self:
        """Asked or accepted: those that take a place."""
        return self.exclude(state=Credit.State.DECLINED)

    def accepted(self) -> Self:
        """Those that are shown."""
        return self.filter(state=Credit.State.ACCEPTED)

    def asked(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=Credit.State.INVITED)

    def visible_to(self, viewer: Any) -> Self:
        """Accepted, of people who are here and whom no block hides from the viewer (R15), in the
        order in which they were asked; each with its person."""
        shown = self.accepted().filter(unblocked(viewer, "user"), user__is_active=True)
        return shown.select_related("user").order_by("pk")

    def of(self, user: Any) -> Self:
        """What somebody was asked and did not decline, the latest first: videos that play, of
        authors whom they see."""
        mine = self.standing().filter(
            unblocked(user, "video__author"),
            user=user,
            video__state="published",
            video__author__is_active=True,
        )
        return mine.select_related("video__author").order_by("-asked_at", "-pk")


class Credit(models.Model):
    """One person's part in somebody else's video. Who declined or left is not asked again."""

    MOST = 5

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Co-creator")
        DECLINED = "declined", _("Declined")

    video = models.ForeignKey(
        "videos.Video", models.CASCADE, related_name="credits", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="credits")
    state = models.CharField(max_length=8, choices=State.choices, default=State.INVITED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("video", "user", name="credit_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.video_id}: {self.state}"

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED


class Credited(models.Model):
    """The part of `Video` that names its co-creators."""

    co_creator_count = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text=_("Who accepted, whether or not they are here now.")
    )

    few_credits = Few("video_id", has=lambda video: video.co_creator_count > 0)

    if TYPE_CHECKING:
        pk: UUID
        author_id: UUID
        credits: Any

    class Meta:
        abstract = True

    @property
    def co_creators(self) -> list[Any]:
        """The people named beside the author, as far as the viewer may know of them
        (`VideoQuerySet.credited_for`); nobody where that was not asked."""
        return [credit.user for credit in getattr(self, "shown_credits", ())]

    def is_made_by(self, user: Any) -> bool:
        """Whether it is theirs: its author's, or a co-creator's."""
        if not user.is_authenticated:
            return False
        is_author = self.author_id == user.pk
        return is_author or (
            self.co_creator_count > 0 and self.credits.accepted().filter(user=user).exists()
        )
