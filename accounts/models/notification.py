"""What people are told of: one line for each thing that others did, until it is read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.ids import uuid7
from accounts.reading import ANY_ID, NOBODY, Prepared

LATEST = 3  # actors that a line names or shows; how many more there are it counts


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Lines of activity, as sets."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def present(self) -> Self:
        """Those that still stand for something, and that the person wants in their list."""
        return self.standing().filter(is_listed=True)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unseen(self, seen: Any) -> Self:
        """Those that the badge counts: they brought something after the change `seen`."""
        # `revision`, which has the index, is never below `news_revision`.
        news = self.filter(revision__gt=seen, news_revision__gt=seen)
        return news.present().unread()

    def open(self) -> Self:
        """Those that take in what happens next to the same thing."""
        return self.standing().unread()

    def newest_first(self) -> Self:
        """As the list shows them: reading a line does not move it."""
        return self.order_by("-happened_at", "-pk")

    def older_than(self, happened_at: datetime, key: UUID) -> Self:
        """What comes after that line in the list."""
        same_moment = Q(happened_at=happened_at, pk__lt=key)
        return self.filter(Q(happened_at__lt=happened_at) | same_moment)

    def changed_after(self, revision: int) -> Self:
        """What a device that knows everything up to `revision` has missed, the withdrawn ones too,
        in the order in which it changed."""
        return self.filter(revision__gt=revision).order_by("revision", "pk")


class Notification(models.Model):
    """`kind` is registered by an app (accounts/notifications/); `about` is what it happened to,
    `detail` the newest thing there (a comment of a video). What is shown is read anew each time,
    with the receiver's rights: nothing of it is stored here.
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
    revision = models.PositiveBigIntegerField(
        help_text="The change of the person's number line that last touched it."
    )
    news_revision = models.PositiveBigIntegerField(
        help_text="The change that last brought something new: the badge counts by it."
    )
    created_at = models.DateTimeField(default=timezone.now)
    happened_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    pushed_at = models.DateTimeField(
        null=True, blank=True, help_text="When its receiver's devices are told of it, or were."
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(  # led by the group: see accounts/notifications/many.py
                "group",
                "user",
                condition=Q(read_at__isnull=True, withdrawn_at__isnull=True),
                name="notification_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["user", "-revision"], name="notification_line"),
            models.Index(fields=["user", "-happened_at", "-id"], name="notification_newest"),
            models.Index(  # for the job that forgets
                fields=["withdrawn_at"],
                condition=Q(withdrawn_at__isnull=False),
                name="notification_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"

    @property
    def is_new(self) -> bool:
        """Whether it is not stored yet."""
        return self._state.adding

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    @property
    def is_present(self) -> bool:
        """As `NotificationQuerySet.present` has it."""
        return self.withdrawn_at is None and self.is_listed


class NotificationActorQuerySet(models.QuerySet["NotificationActor"]):
    """Who did things, as sets."""

    def standing(self) -> Self:
        """Those who did not take it back."""
        return self.filter(is_taken_back=False)

    def take_back(self) -> None:
        """They took it back; the rows stay, so that doing it again soon is no news."""
        self.update(is_taken_back=True)


class NotificationActor(models.Model):
    """Who did it, and by what (`detail`: a comment): each once in a line, so that "and 12 others"
    counts people however often a job runs, and each can be taken back by itself. `at` is when it
    was last news."""

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="done_by", db_index=False
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    detail = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    is_taken_back = models.BooleanField(default=False, db_default=False)

    objects = NotificationActorQuerySet.as_manager()

    class Meta:
        indexes = [
            # Few: what somebody did, took back and may do again.
            models.Index(
                fields=["actor", "notification"],
                condition=Q(is_taken_back=True),
                name="notification_taken_back",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                "notification", "actor", "detail", name="notification_actor_once"
            ),
            models.UniqueConstraint(
                "notification",
                "actor",
                condition=Q(detail__isnull=True),
                name="notification_actor_plain_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.notification_id}"


class NotificationLineQuerySet(models.QuerySet["NotificationLine"]):
    """People's lines, as sets."""

    def held(self, people: Iterable[UUID]) -> dict[UUID, "NotificationLine"]:
        """The number lines of these people, by their ids, held until the transaction ends: two
        queries, one for a person alone who has a line. Always made, then held, in the order of
        their keys, so that two who hold several never wait for each other."""
        keys = sorted(set(people))
        if len(keys) == 1 and (line := _held_alone.first(NOBODY, keys[0])):
            return {keys[0]: line}
        lines = self.select_for_update().filter(user__in=keys).order_by("user")
        self.bulk_create([self.model(user_id=key) for key in keys], ignore_conflicts=True)
        return {line.user_id: line for line in lines.all()}

    def next_revision(self, user_id: UUID) -> int:
        """The number of a further change; the line is held until the transaction ends."""
        return self.held([user_id])[user_id].next()


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
    forgotten_revision = models.PositiveBigIntegerField(
        default=0,
        db_default=0,
        help_text="Changes up to here may be deleted: who knows fewer reads the list anew.",
    )

    objects = NotificationLineQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id} at {self.revision}"

    def next(self) -> int:
        """The number of a further change; whoever asks holds the line."""
        self.revision += 1
        self.save(update_fields=["revision"])
        return self.revision


_held_alone = Prepared(
    lambda _viewer, user: NotificationLine.objects.select_for_update().filter(user=user), ANY_ID
)


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
