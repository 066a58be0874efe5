"""Creator channels (R27): what everybody may know of one, who hosts it, what followers reply."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import User
from chat.models.conversation import Conversation
from chat.models.message import Message

HANDLE_LIMIT = 30
REPLY_LIMIT = 1_000
# Why followers cannot write, as their membership remembers it.
READ_ONLY = "channel.read_only"

validate_handle = RegexValidator(
    r"\A[A-Za-z0-9](?:[A-Za-z0-9._]{1,28}[A-Za-z0-9_])\Z",
    _("3 to 30 letters, digits, dots or underscores; no dot at the end."),
    code="handle.shape",
)


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels, as sets."""

    def visible_to(self, user) -> Self:
        """Those the person may find: not under 16 (R2), nor across a block with its owner (R15)."""
        if not user.is_authenticated or not user.may_chat:
            return self.none()
        owners = User.objects.visible_to(user)
        return self.filter(conversation__creator__in=owners).select_related("conversation")

    def named(self, handle: str) -> Self:
        """Whose handle it is, case ignored."""
        return self.alias(_lower=Lower("handle")).filter(_lower=handle.lower())

    def hosted_by(self, people) -> Self:
        """Channels that any of these people runs."""
        return self.filter(hosts__in=Host.objects.current().filter(user__in=people)).distinct()

    def asking(self, person) -> Self:
        """Those that wait for the person's yes to host them."""
        return self.filter(hosts__in=Host.objects.asked().filter(user=person))

    def liveliest(self) -> Self:
        """The most followed first."""
        return self.order_by("-follower_count", "pk")


class Channel(models.Model):
    """What everybody may know of a channel, beside its conversation: every post rewrites that row,
    and followers who come and go must not wait for it."""

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="channel"
    )
    handle = models.CharField(_("handle"), max_length=HANDLE_LIMIT, validators=[validate_handle])
    follower_count = models.PositiveIntegerField(default=0)
    opens_replies = models.BooleanField(_("followers may reply to posts"), default=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("handle"),
                name="channel_handle_ci",
                violation_error_message=_("This handle is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.handle

    def get_absolute_url(self) -> str:
        return reverse("chat:channel", args=[self.handle])

    # For those who may chat: their clients ask for the card, it travels with no news.
    is_public = False

    def share_card(self) -> dict[str, object]:
        """What a conversation shows of it (chat/sharing.py)."""
        from chat.pages.faces import group_card

        return {
            "kind": "channel",
            "id": str(self.pk),
            "title": self.conversation.title,
            "detail": f"@{self.handle}",
            "face": group_card(self.conversation),
            "url": self.get_absolute_url(),
        }

    def note_share(self, user: User, conversation_count: int) -> None:
        """Nobody counts how often a channel is shared."""

    def count(self, change: int) -> None:
        """So many followers more; one short statement, so that those who come wait for no post."""
        Channel.objects.filter(pk=self.pk).update(follower_count=F("follower_count") + change)


class HostQuerySet(models.QuerySet["Host"]):
    """Hosts, as sets."""

    def current(self) -> Self:
        """Those who run it now, the first first."""
        return self.filter(accepted_at__isnull=False, ended_at__isnull=True).order_by(
            "accepted_at", "pk"
        )

    def asked(self) -> Self:
        """Those who have not answered yet."""
        return self.filter(accepted_at__isnull=True, ended_at__isnull=True)

    def past(self) -> Self:
        """Those who ran it once: their posts stay."""
        return self.filter(accepted_at__isnull=False, ended_at__isnull=False)


class Host(models.Model):
    """Somebody who runs a channel, or is asked to, or did once.

    Membership.role says the same of those who take part; among a hundred thousand followers these
    few would have to be searched for.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="hosts", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("channel", "user", name="host_once")]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.channel_id}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Replies, as sets."""

    def present(self) -> Self:
        """Those that nobody took back or down."""
        return self.filter(removed_at__isnull=True, taken_down_at__isnull=True)

    def visible_to(self, user) -> Self:
        """Those of people between whom and the reader no block stands (R15)."""
        hidden = Q(author__blocks_made__blocked=user) | Q(author__blocks_received__blocker=user)
        return self.present().exclude(hidden)


class Reply(models.Model):
    """What a follower answers to a post, beside the channel's number line: it raises nobody's
    unread, and those who reply become no members of anything."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(
        Message, models.CASCADE, related_name="channel_replies", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    client_id = models.UUIDField()
    body = models.TextField(max_length=REPLY_LIMIT, validators=[MaxLengthValidator(REPLY_LIMIT)])
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When moderators of Medley took it down.")
    )
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("author", "client_id", name="reply_said_once")]
        # Ids rise with time: pages of replies go by them.
        indexes = [models.Index(fields=["post", "id"], name="reply_of_post")]
        verbose_name_plural = _("replies")

    def __str__(self) -> str:
        return f"reply to {self.post_id}"
