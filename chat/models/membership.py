"""One person's part in one conversation: role, state, how far they read, and what bars them from sending."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, as sets."""

    def active(self) -> Self:
        """Those who take part: what is said reaches them."""
        return self.filter(state=Membership.State.ACTIVE)

    def waiting(self) -> Self:
        """Requests and invitations that wait for the person's yes."""
        return self.filter(state__in=[Membership.State.REQUESTED, Membership.State.INVITED])

    def current(self) -> Self:
        """All but the ended ones."""
        return self.exclude(state=Membership.State.ENDED)

    def with_unread(self) -> Self:
        """With `unread`: messages after the place read up to, by the number line alone."""
        return self.annotate(unread=F("conversation__last_seq") - F("read_seq"))


class Membership(models.Model):
    """Kept when it ends, so that "who was there" can be answered and a return is an update."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Taking part")
        REQUESTED = "requested", _("Asked by message request")
        INVITED = "invited", _("Invited to a group")
        ENDED = "ended", _("Left, removed or declined")

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Admin")
        MEMBER = "member", _("Member")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ACTIVE)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Policy decides, membership remembers: the writer compares this column and asks nobody.
    send_refusal = models.CharField(
        max_length=40, null=True, blank=True, help_text=_("Why sending is refused, or nothing.")
    )
    from_seq = models.PositiveBigIntegerField(
        default=0, help_text=_("Messages up to this place are not theirs to see (R25).")
    )
    read_seq = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveBigIntegerField(
        default=0, help_text=_("The change of the conversation that last touched this row.")
    )
    muted_until = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("conversation", "user", name="membership_once"),
            models.UniqueConstraint(
                "conversation",
                condition=Q(role="owner") & ~Q(state="ended"),
                name="membership_one_owner",
            ),
        ]
        indexes = [models.Index(fields=["user", "state"], name="membership_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.conversation_id}"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    def may_rename(self) -> bool:
        """Every member of a group may name it; in a channel, those who run it."""
        return self.is_active and (
            self.conversation.kind == Conversation.Kind.GROUP or self.runs_group()
        )

    def may_add(self) -> bool:
        """Any member adds their own friends (R20 decides about each)."""
        return self.is_active and self.conversation.kind == Conversation.Kind.GROUP

    def runs_group(self) -> bool:
        """Owner or admin."""
        return self.is_active and self.role in {self.Role.OWNER, self.Role.ADMIN}

    def may_remove(self, other: "Membership") -> bool:
        """Owners remove anybody else, admins remove members."""
        if not self.runs_group() or other.pk == self.pk or other.role == self.Role.OWNER:
            return False
        return self.role == self.Role.OWNER or other.role == self.Role.MEMBER
