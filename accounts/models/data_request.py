"""What somebody asked of their own data: a copy of it, and, once their account is gone, that it
stays gone (R46)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

if TYPE_CHECKING:
    from accounts.models.user import User

# How long the copy can be fetched, and how long after one was asked for the next may be.
FETCHABLE = timedelta(hours=24)
APART = timedelta(days=1)


class ExportQuerySet(models.QuerySet["Export"]):
    """Copies, as sets."""

    def open(self) -> Self:
        """Those that are being made."""
        return self.filter(state__in=Export.OPEN)

    def fetchable(self) -> Self:
        """Those whose file is there now."""
        return self.filter(state=Export.State.READY, expires_at__gt=timezone.now())

    def over(self) -> Self:
        """Those whose file has had its day, and is still there."""
        return self.filter(state=Export.State.READY, expires_at__lte=timezone.now())

    def latest_of(self, person: "User") -> "Export | None":
        """The last one that the person asked for."""
        return self.filter(person=person).order_by("-asked_at", "-pk").first()


class Export(models.Model):
    """A copy of all that is somebody's: a ZIP in the storage under `file`, for a day.

    `done` of `total` parts are in it; the parts are those of `accounts.rights.parts`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("It could not be made")
        OVER = "over", _("Deleted after its day")

    OPEN = (State.WAITING, State.MAKING)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports", db_index=False
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True, help_text=_("Name in the file storage."))
    size = models.PositiveBigIntegerField(default=0, help_text=_("Bytes."))
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Until when it can be fetched.")
    )

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", condition=Q(state__in=["waiting", "making"]), name="export_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["person", "-asked_at"], name="export_of")]

    def __str__(self) -> str:
        return f"copy for {self.person_id}, {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being made."""
        return self.state in self.OPEN

    @property
    def is_fetchable(self) -> bool:
        """Whether its file is there now."""
        is_in_time = self.expires_at is not None and self.expires_at > timezone.now()
        return self.state == self.State.READY and is_in_time

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100; 100 only once it is ready."""
        if self.state in {self.State.READY, self.State.OVER}:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def next_at(self) -> Any:
        """When the next one may be asked for."""
        return self.asked_at + APART
