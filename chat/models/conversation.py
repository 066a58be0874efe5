"""A conversation: direct, group or channel, with one number line of changes."""

from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.ids import uuid7
from accounts.routes import address
from accounts.text import validate_name
from chat import rights
from chat.models.newest import NewestMessage

if TYPE_CHECKING:
    from accounts.models import User
    from chat.actions.adding import NotAdded
    from chat.models.charter import Charter
    from chat.models.membership import Membership


def direct_key(one: UUID, other: UUID) -> str:
    """The key that two people's one direct conversation has, whoever asks."""
    return ":".join(sorted((str(one), str(other))))


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations, as sets."""

    def visible_to(self, user) -> Self:
        """Those the person takes part in or is asked into; nothing else exists for them."""
        from chat.models.membership import Membership

        if not user.may_chat:
            return self.none()
        mine = Membership.objects.current().filter(user=user)
        return self.filter(pk__in=mine.values("conversation"))

    def found_by(self, user) -> Self:
        """Channels and fan groups that the person may find without taking part."""
        from chat.models.channel import Channel

        channels = Channel.objects.visible_to(user).values("pk")
        groups = Conversation.objects.fan_groups_for(user).order_by().values("pk")
        return self.filter(Q(pk__in=channels) | Q(pk__in=groups))

    def fan_groups_for(self, user) -> Self:
        """Groups that whoever meets their rules may join, as far as the person may find them: no
        block stands between them and the creator (R15), nor were they banned."""
        from chat.models.join_rule import JoinRule

        rules = JoinRule.objects.filter(conversation=OuterRef("pk"))
        creators = get_user_model().objects.visible_to(user)
        groups = self.filter(Exists(rules), kind=Conversation.Kind.GROUP, creator__in=creators)
        groups = groups.exclude(bans__user=user).select_related("creator", "own_charter")
        return groups.with_member_count().order_by("pk")

    def with_member_count(self) -> Self:
        """With `member_count`, those who take part now."""
        from chat.models.membership import Membership

        taking_part = Membership.objects.active().filter(conversation=OuterRef("pk")).order_by()
        counted = taking_part.values("conversation").annotate(count=Count("pk")).values("count")
        return self.annotate(member_count=Coalesce(Subquery(counted), 0))


class Conversation(models.Model):
    """`last_seq` is the place of the newest message; `revision` numbers every visible change."""

    class Kind(models.TextChoices):
        DIRECT = "direct", _("Direct")
        GROUP = "group", _("Group")
        CHANNEL = "channel", _("Channel")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(_("name"), max_length=80, blank=True, validators=[validate_name])
    picture = models.CharField(max_length=200, blank=True)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    direct_key = models.CharField(max_length=73, null=True, blank=True, unique=True)
    accepted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a direct conversation stopped being a request.")
    )
    last_seq = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0)
    changed_revision = models.PositiveBigIntegerField(
        default=0, help_text=_("The change that last touched title, picture or rules.")
    )
    shows_history = models.BooleanField(_("new members see earlier messages"), default=True)
    collected_revision = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text=_("The change that last touched its collection.")
    )
    slow_seconds = models.PositiveIntegerField(
        default=0, db_default=0, help_text=_("Slow mode: how long a member waits between messages.")
    )
    rights = models.JSONField(
        null=True, blank=True, help_text=_("The lowest role by right, where the group decided it.")
    )
    frozen_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when only owner and admins write.")
    )
    quiet_from = models.TimeField(
        null=True, blank=True, help_text=_("Quiet hours, in the group's time zone.")
    )
    quiet_until = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, default="", db_default="")
    words_version = models.PositiveIntegerField(
        default=0, db_default=0, help_text=_("Of its list of words; 0 for none.")
    )
    # The places of pinned messages, the newest pin first: few and short, so that they cost nothing
    # where the row is written for every message.
    pins = models.JSONField(null=True, blank=True)
    timer_seconds = models.PositiveIntegerField(
        default=0, db_default=0, help_text=_("How long new messages stay; 0 for ever.")
    )
    streak_days = models.PositiveIntegerField(
        default=0, db_default=0, help_text=_("Days in a row on which they wrote, up to streak_on.")
    )
    streak_on = models.DateField(
        null=True, blank=True, help_text=_("The last day (UTC) that the streak counts.")
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When moderators of Medley closed it.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # No index: every message changes it, and an update that touches none stays in its page (HOT).
    active_at = models.DateTimeField(default=timezone.now)

    newest_message = NewestMessage()

    objects = ConversationQuerySet.as_manager()

    # Of a direct one, fetched for lists: the membership of the other person.
    other_sides: "list[Membership]"
    # Set by actions.create_group: whom policy kept out of the new group.
    not_added: "list[NotAdded]"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="direct", direct_key__isnull=False)
                | (~Q(kind="direct") & Q(direct_key__isnull=True)),
                name="conversation_direct_key",
            ),
            models.CheckConstraint(
                condition=Q(revision__gte=F("last_seq")), name="conversation_revision_covers_seq"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return address("chat:conversation", self.pk)

    @property
    def is_direct(self) -> bool:
        return self.kind == self.Kind.DIRECT

    @property
    def is_channel(self) -> bool:
        """One to many: those who follow it do not see each other (R27)."""
        return self.kind == self.Kind.CHANNEL

    @property
    def is_request(self) -> bool:
        """A direct conversation whose other side has not said yes (R12)."""
        return self.is_direct and self.accepted_at is None

    def other_than(self, person_id: UUID) -> str:
        """Of a direct conversation: the id of its other side, as text; "gone" where they left."""
        one, _colon, other = (self.direct_key or "").partition(":")
        return other if one == str(person_id) else one

    @property
    def is_closed(self) -> bool:
        """Whether moderators of Medley closed it: nobody writes in it or comes in (R43)."""
        return self.closed_at is not None

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    def is_quiet(self, now: datetime) -> bool:
        """Whether `now` lies in the quiet hours, which may span midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        here = now.astimezone(ZoneInfo(self.time_zone or "UTC")).time()
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= here < self.quiet_until
        return here >= self.quiet_from or here < self.quiet_until

    def closed_to(self, role: str, now: datetime) -> str | None:
        """The code that says why nobody of this role writes here at `now`, or None (R24, R26,
        R43)."""
        if self.is_closed:
            return "conversation.closed"
        if rights.at_least(role, rights.Role.ADMIN):
            return None
        if self.is_frozen:
            return "group.frozen"
        if self.is_quiet(now):
            return "group.quiet"
        may_send = rights.at_least(role, rights.lowest_role(rights.Right.SEND, self.rights))
        return None if may_send else "role.missing"

    @property
    def charter(self) -> "Charter":
        """What the group says of itself; blank, and not stored, where it said nothing yet."""
        from chat.models.charter import Charter

        try:
            return self.own_charter
        except Charter.DoesNotExist:
            return Charter(conversation=self)

    @property
    def picture_url(self) -> str:
        """Where members see the picture, or nothing."""
        if not self.picture:
            return ""
        return reverse("chat:picture", args=[self.pk, PurePosixPath(self.picture).name])

    def streak(self, today: date) -> int:
        """How many days in a row they wrote, up to yesterday or today (both UTC); 0 once broken."""
        if self.streak_on is None or self.streak_on < today - timedelta(days=1):
            return 0
        return self.streak_days

    @property
    def is_minors(self) -> bool:
        """Whether somebody under 18 made it: its creator approves whoever joins (R23)."""
        return policy.without_approval(self.creator_person) is not None

    @property
    def creator_person(self) -> policy.Person | None:
        """What policy asks about whoever made it; None where their account is gone."""
        return self.creator.person if self.creator else None

    @property
    def approves_joins(self) -> bool:
        """Whether whoever joins waits for a yes."""
        return self.charter.approves_joins or self.is_minors

    def has_member(self, user) -> bool:
        """Whether the person takes part now."""
        return self.memberships.active().filter(user=user).exists()

    def friends_of(self, user) -> "models.QuerySet[User]":
        """The person's friends who take part now."""
        members = self.memberships.active()
        people = get_user_model().objects.friends_of(user).active()
        return people.filter(pk__in=members.values("user"))

    def membership_of(self, user) -> "Membership | None":
        """The person's present part in it, or None."""
        return self.memberships.current().filter(user=user).first()
