"""What people are told of: one line for each thing that others did, until it is read."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.ids import uuid7

LATEST = 3  # actors that a line names or shows; how many more there are it counts


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Lines of activity, as sets."""

    def present(self) -> Self:
        """Those that still stand for something, and that the person wants in their list."""
        return self.filter(withdrawn_at__isnull=True, is_listed=True)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def open(self) -> Self:
        """Those that take in what happens next to the same thing."""
        return self.filter(read_at__isnull=True, withdrawn_at__isnull=True)

    def changed_after(self, revision: int) -> Self:
        """What a device that knows everything up to `revision` has missed, the withdrawn ones too,
        in the order in which it changed."""
        return self.filter(revision__gt=revision).order_by("revision", "pk")


class Notification(models.Model):
    """`kind` is registered by an app (accounts/notifications/); `about` is what it happened to,
    `detail` the newest thing there (a comment of a video). What is shown is read anew each time,
    with the receiver's rights: nothing of it is stored here.

    `revision` is the change of the person's line that last touched the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(max_length=40)
    # What happens again while it is unread, and makes the same group, joins it.
    group = models.CharField(max_length=120)
    about = models.UUIDField(null=True, blank=True)
    detail = models.UUIDField(null=True, blank=True)
    actors = models.JSONField(default=list, help_text="Ids of the latest ones, newest first.")
    actor_count = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=dict, help_text="Plain values of its sentence.")
    is_listed = models.BooleanField(default=True, help_text="Not where only a push was wanted.")
    revision = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    happened_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user",
                "group",
                condition=Q(read_at__isnull=True, withdrawn_at__isnull=True),
                name="notification_open_once",
            )
        ]
        indexes = [models.Index(fields=["user", "-revision"], name="notification_line")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class NotificationActor(models.Model):
    """Who did it, once each: "and 12 others" counts people, however often a job runs."""

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="done_by", db_index=False
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("notification", "actor", name="notification_actor_once")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.notification_id}"


class NotificationLineQuerySet(models.QuerySet["NotificationLine"]):
    """People's lines, as sets."""

    def next_revision(self, user_id: UUID) -> int:
        """The number of a further change; the line is held until the transaction ends."""
        self.get_or_create(user_id=user_id)
        self.filter(user=user_id).update(revision=F("revision") + 1)
        return self.values_list("revision", flat=True).get(user=user_id)


class NotificationLine(models.Model):
    """One number line per person, as conversations have: every change of their notifications takes
    the next number, so that a device heals by asking for what came after its own."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="notification_line",
    )
    revision = models.PositiveBigIntegerField(default=0)
    seen_revision = models.PositiveBigIntegerField(
        default=0, help_text="Up to here the list was looked at: the badge counts what came later."
    )

    objects = NotificationLineQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id} at {self.revision}"


class NotificationChoice(models.Model):
    """What somebody decided about one kind; without a row the kind's own defaults hold."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notification_choices",
        db_index=False,
    )
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField()
    push = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", name="notification_choice_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"
