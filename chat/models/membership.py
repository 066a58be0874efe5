"""One person's part in one conversation: role, state, how far they read, and what bars them from
sending."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import policy
from chat import rights
from chat.models.conversation import Conversation
from chat.models.personal import Personal, PersonalQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from chat.models.message import Message


# Why those who follow a channel cannot write, as their membership remembers it (R27).
READ_ONLY = "channel.read_only"


class MembershipQuerySet(PersonalQuerySet):
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

    def inbox(self, user) -> Self:
        """The person's conversations, liveliest first, each with what a row shows, in 6 queries.

        Each membership has `conversation`, `unread`, and the properties `other` (the person of a
        direct conversation) and `last_message`. A direct one in which nothing was said is its
        starter's alone.
        """
        return self._rows(user).in_inbox(user)

    def in_inbox(self, user) -> Self:
        """Those of the person's that the inbox shows."""
        silent = Q(conversation__kind="direct", conversation__last_seq=0)
        return self.active().exclude(silent & ~Q(conversation__creator=user))

    def requests(self, user) -> Self:
        """Message requests and invitations that wait for the person's answer, newest first."""
        silent = Q(conversation__kind="direct", conversation__last_seq=0)
        return self._rows(user).select_related("invited_by").waiting().exclude(silent)

    def _rows(self, user) -> Self:
        if not user.may_chat:
            return self.none()
        rows = self.filter(user=user).select_related("conversation", "kept_words").with_unread()
        rows = rows.annotate(active_at=F("conversation__active_at"))
        return rows.with_row_parts(user).order_by("-active_at", "-pk")

    def with_row_parts(self, user) -> Self:
        """With what `other` and `last_message` read."""
        from chat.models.message import Message

        newest = Message.objects.unexpired().with_parts()
        return self.with_others(user).prefetch_related(
            Prefetch("conversation__newest_message", newest)
        )

    def with_kept_words(self) -> Self:
        """With `kept_words`, what each began to write, without a query more."""
        return self.select_related("kept_words")

    def with_scheduled(self) -> Self:
        """With `scheduled`, how many messages wait there for their time."""
        from chat.models.scheduled import ScheduledMessage

        own = ScheduledMessage.objects.filter(
            conversation=OuterRef("conversation"), author=OuterRef("user")
        )
        counted = own.order_by().values("author").annotate(count=Count("pk")).values("count")
        return self.annotate(scheduled=Coalesce(Subquery(counted), 0))

    def with_others(self, user) -> Self:
        """With what `other`, and so `title`, reads."""
        others = Membership.objects.filter(conversation__kind="direct").exclude(user=user)
        sides = Prefetch(
            "conversation__memberships", others.select_related("user"), to_attr="other_sides"
        )
        return self.prefetch_related(sides)

    def search(self, words: str) -> Self:
        """Those whose conversation's name, or somebody in it, holds the words; nobody finds who
        follows a channel (R27)."""
        people = get_user_model().objects.matching(words)
        others = Membership.objects.active().filter(
            conversation=OuterRef("conversation"), user__in=people
        )
        people_show = ~Q(conversation__kind=Conversation.Kind.CHANNEL)
        return self.filter(
            Q(conversation__title__icontains=words)
            | (people_show & Exists(others.exclude(user=OuterRef("user"))))
        )

    def named(self, words: str) -> Self:
        """Of people whose name holds the words."""
        return self.filter(user__in=get_user_model().objects.matching(words)) if words else self

    def shown_to(self, viewer: "Membership") -> Self:
        """Those whom the viewer may know of: followers of a channel do not see each other (R27)."""
        if not viewer.conversation.is_channel or viewer.runs_group():
            return self
        return self.hosting(viewer.conversation)

    def hosting(self, channel: Conversation) -> Self:
        """Those who run a channel: a few, found without looking through all who follow it."""
        from chat.models.channel import Host

        hosts = Host.objects.current().filter(channel=channel.pk)
        return self.filter(user__in=list(hosts.values_list("user", flat=True)))

    def reaching(self, user_ids: Iterable[UUID]) -> Self:
        """Through which something reaches these people now: active, and not barred by R2."""
        rows = self.active().filter(user__in=user_ids, user__is_active=True)
        return rows.exclude(send_refusal="policy.R2")

    def store_all(self, memberships: Sequence["Membership"]) -> None:
        """Make those that are new and store the others as they are: a statement each, however
        many."""
        self.bulk_create([each for each in memberships if each._state.adding])
        back = [each for each in memberships if not each._state.adding]
        if back:
            fields = (each for each in self.model._meta.concrete_fields if not each.primary_key)
            self.bulk_update(back, [each.name for each in fields])

    def has_minor(self) -> bool:
        """Whether anybody among them is under 18 (R21)."""
        # Time zones shift a birthday by a day at most; Python asks the few who are near.
        young = timezone.now().date() - timedelta(days=365 * policy.ADULT_AGE)
        people = self.filter(user__birth_date__gt=young).select_related("user")
        return any(membership.user.person.is_minor for membership in people)


class Membership(Personal):
    """Kept when it ends, so that "who was there" can be answered and a return is an update."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Taking part")
        REQUESTED = "requested", _("Asked by message request")
        INVITED = "invited", _("Invited to a group")
        ENDED = "ended", _("Left, removed or declined")

    Role = rights.Role

    # Neither key has an index of its own: each leads one of those below.
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="memberships", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", db_index=False
    )
    role = models.CharField(max_length=9, choices=rights.Role.choices, default=rights.Role.MEMBER)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ACTIVE)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Policy decides, membership remembers: the writer compares this column and asks nobody.
    send_refusal = models.CharField(  # noqa: DJ001
        max_length=40, null=True, blank=True, help_text=_("Why sending is refused, or nothing.")
    )
    from_seq = models.PositiveBigIntegerField(
        default=0, help_text=_("Messages up to this place are not theirs to see (R25).")
    )
    read_seq = models.PositiveBigIntegerField(default=0)
    mention_seq = models.BigIntegerField(
        default=0, db_default=0, help_text=_("The newest message that mentions them.")
    )
    revision = models.PositiveBigIntegerField(
        default=0, help_text=_("The change of the conversation that last touched this row.")
    )
    joined_revision = models.PositiveBigIntegerField(
        default=0, help_text=_("The change with which they came.")
    )
    silenced_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Until when they may read here but not write.")
    )
    said_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When they last spoke, kept where slow mode is on.")
    )
    streaks = models.BooleanField(
        null=True, blank=True, help_text=_("Whether they take part in streaks, once they said so.")
    )
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

    @property
    def is_mentioned(self) -> bool:
        """Whether a message that they have not read mentions them."""
        return self.mention_seq > max(self.read_seq, self.from_seq)

    def is_silenced(self, now: datetime) -> bool:
        """Whether they may read but not write at `now`."""
        return self.silenced_until is not None and self.silenced_until > now

    def spoke_too_soon(self, slow_seconds: int, now: datetime) -> bool:
        """Whether slow mode asks them to wait; those who run the group never wait."""
        if not slow_seconds or self.role != self.Role.MEMBER or self.said_at is None:
            return False
        return self.said_at + timedelta(seconds=slow_seconds) > now

    @property
    def other(self) -> "User | None":
        """The other person of a direct conversation; only on rows of `inbox` and `requests`."""
        sides = getattr(self.conversation, "other_sides", [])
        return sides[0].user if sides else None

    @property
    def last_message(self) -> "Message | None":
        """The newest message this person may see; only on rows of `inbox` and `requests`."""
        newest = self.conversation.newest_message
        return newest if newest and newest.seq > self.from_seq else None

    @property
    def title(self) -> str:
        """What the conversation is called for this person; an invitation does not tell (R20)."""
        if self.state == self.State.INVITED:
            return str(_("Invitation to a group"))
        if self.conversation.is_direct:
            return self.other.name if self.other else str(_("Deleted user"))
        return self.conversation.title

    def may(self, right: str) -> bool:
        """Whether their role has one of `rights.Right` here (R24). Both of a direct conversation
        have all; in a channel those who run it."""
        if not self.is_active:
            return False
        if self.conversation.is_direct:
            return True
        if self.conversation.is_channel:
            return self.runs_group() and right in rights.OF_HOSTS
        return rights.at_least(self.role, rights.lowest_role(right, self.conversation.rights))

    @property
    def keeps_streaks(self) -> bool:
        """R6: not unless they say so, where they came as a minor; a birthday changes nothing (R10).

        Needs `user`.
        """
        if self.streaks is not None:
            return self.streaks
        age = policy.age_on(self.user.birth_date, self.joined_at.date())
        return policy.streaks_by_default(age)

    def may_rename(self) -> bool:
        """Name, picture and description of a group or channel."""
        return not self.conversation.is_direct and self.may(rights.Right.DESCRIBE)

    def may_add(self) -> bool:
        """Add their own friends to a group (R20 decides about each)."""
        return self.conversation.kind == Conversation.Kind.GROUP and self.may(rights.Right.ADD)

    def may_tidy(self) -> bool:
        """Take out of the collection what others saved: moderators, and both of a direct one."""
        is_keeper = rights.at_least(self.role, self.Role.MODERATOR)
        return self.is_active and (self.conversation.is_direct or is_keeper)

    def runs_group(self) -> bool:
        """Owner or admin."""
        return self.is_active and self.role in {self.Role.OWNER, self.Role.ADMIN}

    def bar(self, conversation: Conversation, now: datetime) -> str | None:
        """The code that says why they may not write in `conversation`, theirs, at `now`; or None.

        Slow mode is asked last, and apart (`spoke_too_soon`).
        """
        if self.send_refusal:
            return self.send_refusal
        if self.is_silenced(now):
            return "member.silenced"
        return conversation.closed_to(self.role, now)

    def bar_to_react(self, conversation: Conversation, now: datetime) -> str | None:
        """The code that says why they may not react in `conversation`, theirs, at `now`; or None.

        As for words, but that whoever follows a channel may (R27), and that neither quiet hours nor
        the rights of roles are about reactions: nobody is woken by one.
        """
        if self.send_refusal and self.send_refusal != READ_ONLY:
            return self.send_refusal
        if self.is_silenced(now):
            return "member.silenced"
        if conversation.is_closed:
            return "conversation.closed"
        runs = rights.at_least(self.role, self.Role.ADMIN)
        return "group.frozen" if conversation.is_frozen and not runs else None

    def may_moderate(self) -> bool:
        """Silence members and take messages down."""
        return self.is_active and rights.at_least(self.role, self.Role.MODERATOR)

    def may_take_down(self, message: "Message") -> bool:
        """What was said by whoever stands below a moderator, or is gone (R24)."""
        if not self.may_moderate():
            return False
        author = self.conversation.memberships.active().filter(user=message.author_id).first()
        return author is None or self.outranks(author)

    def may_silence(self, other: "Membership") -> bool:
        """Whoever stands below a moderator, admin or owner (R24)."""
        return self.may_moderate() and other.is_active and self.outranks(other)

    def may_give_role(self, other: "Membership", role: str) -> bool:
        """Raise or lower whoever stands below them, to a role below their own."""
        below = rights.RANKS[self.role] > rights.RANKS[role]
        return self.runs_group() and other.is_active and self.outranks(other) and below

    def may_hand_over(self, other: "Membership") -> bool:
        """The owner, to anybody else who takes part."""
        return self.role == self.Role.OWNER and other.is_active and other.pk != self.pk

    def may_approve(self) -> bool:
        """Say yes or no to whoever wants to join; in a group that a minor made, its creator (R23).

        Where that creator left, whoever owns the group by now.
        """
        if not self.runs_group():
            return False
        group = self.conversation
        if not group.is_minors or self.user_id == group.creator_id:
            return True
        return self.role == self.Role.OWNER and not group.has_member(group.creator)

    def may_remove(self, other: "Membership") -> bool:
        """Owners and admins remove whoever stands below them; a moderator nobody (R24)."""
        return self.runs_group() and self.outranks(other)

    def outranks(self, other: "Membership") -> bool:
        """Whether they stand above the other."""
        return rights.RANKS[self.role] > rights.RANKS[other.role]
