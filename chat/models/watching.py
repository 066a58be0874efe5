"""Watching together: the one player that a conversation shares, and who is at it."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation
from chat.models.membership import Membership
from chat.players.clock import Playback

QUEUE_LIMIT = 50
# Clients say every 10 seconds that they are there; a browser may let a hidden page speak late.
SILENCE = timedelta(seconds=40)
# Nobody there for so long, and it is over.
EMPTY = timedelta(seconds=60)
# What one person may do at the player: so often for long, and so much at once.
ACT_EVERY = timedelta(milliseconds=250)
ACTS_AT_ONCE = 20
# Beginning again writes another line into the conversation.
START_EVERY = timedelta(seconds=5)

Entry = dict[str, Any]


class WatchingQuerySet(models.QuerySet["Watching"]):
    """Shared players, as sets."""

    def live(self) -> Self:
        """Those that are not over."""
        return self.filter(ended_at__isnull=True)

    def untended(self, now: datetime) -> Self:
        """Live ones at which somebody is listed who is not there, or nobody at all."""
        viewers = Viewer.objects.filter(watching=OuterRef("pk"))
        gone = viewers.exclude(pk__in=Viewer.objects.present(now).values("pk"))
        return self.live().filter(Exists(gone) | ~Exists(viewers))


class Watching(models.Model):
    """Kept when it is over, for the next one: `version` only ever rises.

    `version` numbers every change. It is not the conversation's revision: a lively player would
    push its messages out of everybody's reach.
    """

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="watching"
    )
    version = models.PositiveBigIntegerField(default=0)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    host_only = models.BooleanField(_("only the host controls it"), default=False)
    video_id = models.UUIDField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(default=0)
    position_ms = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, help_text=_("When it stood at its position."))
    is_playing = models.BooleanField(default=False)
    # What comes next: [{"id", "video", "duration_ms", "by"}]. While it is empty the video loops.
    queue = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when nobody is there.")
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WatchingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["conversation"], name="watching_live", condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"watching in {self.conversation_id}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    @property
    def loops(self) -> bool:
        """A short video with nothing behind it starts over, as everywhere else here."""
        return not self.queue

    @property
    def playback(self) -> Playback:
        return Playback(
            self.position_ms, self.at, self.is_playing, self.duration_ms, loops=self.loops
        )

    @playback.setter
    def playback(self, playback: Playback) -> None:
        self.position_ms, self.at = playback.position_ms, playback.at
        self.is_playing, self.duration_ms = playback.is_playing, playback.duration_ms

    def begins_too_soon(self, now: datetime) -> bool:
        return bool(self.version) and now - self.started_at < START_EVERY

    def controllable_by(self, user: Any) -> bool:
        """Whether they may play, pause, seek, skip and change the queue."""
        return not self.host_only or self.host_id == user.pk

    # --- The queue ------------------------------------------------------------------------------

    def find(self, entry_id: str) -> Entry | None:
        return next((entry for entry in self.queue if entry["id"] == entry_id), None)

    @property
    def room(self) -> int:
        """How many more the queue takes."""
        return QUEUE_LIMIT - len(self.queue)

    def enqueue(self, video_id: UUID, duration_ms: int, by: Any) -> None:
        """Let this come last."""
        entry = {"id": secrets.token_hex(4), "video": str(video_id), "duration_ms": duration_ms}
        self.queue.append({**entry, "by": str(by.pk)})

    def dequeue(self, entry_id: str) -> None:
        self.queue = [entry for entry in self.queue if entry["id"] != entry_id]

    def move(self, entry_id: str, place: int) -> None:
        """Let an entry stand at `place`, 0 being next; past the end is the end."""
        entry = self.find(entry_id)
        if entry is not None:
            self.dequeue(entry_id)
            self.queue.insert(place, entry)


class ViewerQuerySet(models.QuerySet["Viewer"]):
    """Those who watch, as sets."""

    def present(self, now: datetime) -> Self:
        """Who was heard lately and still takes part in the conversation, with no rule about people
        in the way; the first to come first."""
        mine = Membership.objects.active().filter(
            conversation=OuterRef("watching"), user=OuterRef("user")
        )
        free = Q(send_refusal__isnull=True) | ~Q(send_refusal__startswith="policy.")
        there = self.filter(
            Exists(mine.filter(free)), seen_at__gte=now - SILENCE, user__is_active=True
        )
        return there.order_by("joined_at", "pk")


class Viewer(models.Model):
    """Somebody at a shared player, on whatever device."""

    watching = models.ForeignKey(Watching, models.CASCADE, related_name="viewers", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    busy_until = models.DateTimeField(
        null=True, blank=True, help_text=_("How far ahead of the clock their acts reach.")
    )

    objects = ViewerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("watching", "user", name="viewer_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.watching_id}"

    def act(self, now: datetime) -> bool:
        """Count one act; False where they act too often.

        A token bucket in one timestamp (the generic cell rate algorithm of ITU-T I.371): each act
        keeps them busy a little longer, and nobody may be busy too far ahead of the clock.
        """
        busy_until = max(self.busy_until or now, now) + ACT_EVERY
        if busy_until - now > ACTS_AT_ONCE * ACT_EVERY:
            return False
        self.busy_until = busy_until
        return True
