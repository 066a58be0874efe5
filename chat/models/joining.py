"""Ways into a group and what bars them: invite links, who asks to join, who is banned."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from chat.models.conversation import Conversation

LABEL_LIMIT = 40


class InviteQuerySet(models.QuerySet["Invite"]):
    """Invite links, as sets."""

    def open(self) -> Self:
        """Those by which somebody could still come."""
        lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        unused = Q(use_limit__isnull=True) | Q(used__lt=F("use_limit"))
        return self.filter(lasting, unused, revoked_at__isnull=True)

    def with_joined_count(self) -> Self:
        """With `joined_count`, those who came by it."""
        came = Q(join_requests__state=JoinRequest.State.JOINED)
        return self.annotate(joined_count=Count("join_requests", filter=came))


class Invite(models.Model):
    """A link into a group. Its token is shown once and kept as a digest only (R22)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="invites")
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the token."))
    label = models.CharField(_("label"), max_length=LABEL_LIMIT, blank=True, default="")
    asks_approval = models.BooleanField(_("whoever comes waits for approval"), default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    use_limit = models.PositiveIntegerField(null=True, blank=True)
    used = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.label or f"link of {self.created_at:%Y-%m-%d}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_used_up(self) -> bool:
        return self.use_limit is not None and self.used >= self.use_limit

    def is_expired(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.expires_at is not None and self.expires_at <= now

    def refusal(self, now: datetime) -> str | None:
        """The code that says why nobody comes by it at `now`, or None."""
        if self.is_revoked:
            return "invite.revoked"
        if self.is_expired(now):
            return "invite.expired"
        return "invite.used_up" if self.is_used_up else None

    @property
    def is_open(self) -> bool:
        """Whether somebody could still come by it."""
        return self.refusal(timezone.now()) is None


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Who asked to join, as sets."""

    def waiting(self) -> Self:
        """Those without an answer, the longest-waiting first."""
        return self.filter(state=JoinRequest.State.WAITING).order_by("asked_at", "pk")

    def joined(self, invites: Iterable[Invite]) -> Self:
        """Those who came by one of these links, the latest first."""
        came = self.filter(invite__in=invites, state=JoinRequest.State.JOINED)
        return came.order_by("-answered_at", "-pk")


class JoinRequest(models.Model):
    """Somebody's wish to be in a group, and what became of it: the last one each."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for approval")
        JOINED = "joined", _("Joined")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="join_requests", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invite = models.ForeignKey(
        Invite, models.SET_NULL, null=True, blank=True, related_name="join_requests"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The friend who wanted them in, where no link did."),
    )
    answers = models.JSONField(
        default=list, blank=True, help_text=_('[{"question", "answer"}], as it was asked.')
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("conversation", "user", name="join_request_once")]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.conversation_id}: {self.state}"


class Ban(models.Model):
    """Somebody whom a group does not let in, whatever the link, until it is lifted (R28)."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="bans", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    banned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    banned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("conversation", "user", name="ban_once")]
        ordering = ["-banned_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} out of {self.conversation_id}"
