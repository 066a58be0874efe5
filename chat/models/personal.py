"""What somebody decides for themselves about a conversation: nobody else learns of it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from chat.models.membership import Membership  # noqa: F401 (named in a base class)

# A mute without an end: later than any moment that is compared with it, and a moment all the same.
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class Notify(models.TextChoices):
    """About what of a conversation somebody wants to be told."""

    ALL = "all", _("Everything")
    MENTIONS = "mentions", _("When I am mentioned")
    NONE = "none", _("Nothing")


class Colour(models.TextChoices):
    """Whose talk it is at a glance: the bubbles' own colour (static/css/themes.css)."""

    IRIS = "", _("Iris")
    LAGOON = "lagoon", _("Lagoon")
    MOSS = "moss", _("Moss")
    HONEY = "honey", _("Honey")
    ROSE = "rose", _("Rose")
    GRAPHITE = "graphite", _("Graphite")


class Wallpaper(models.TextChoices):
    """What lies behind the messages (static/css/themes.css)."""

    PLAIN = "", _("Plain")
    DOTS = "dots", _("Dots")
    SCALES = "scales", _("Scales")
    WEAVE = "weave", _("Weave")
    STAVES = "staves", _("Staves")


class PersonalQuerySet(models.QuerySet["Membership"]):
    """Memberships by what their owner decided."""

    def muted(self) -> Self:
        """Those that are silent now (R16)."""
        return self.filter(muted_until__gt=timezone.now())

    def archived(self, now: datetime | None = None) -> Self:
        """Put away: until something new is said, and while muted even then."""
        still = Q(archived_seq__gte=F("conversation__last_seq"))
        is_muted = Q(muted_until__gt=now or timezone.now())
        return self.filter(still | Q(archived_seq__isnull=False) & is_muted)

    def unarchived(self, now: datetime | None = None) -> Self:
        """All that are not put away."""
        back = Q(archived_seq__lt=F("conversation__last_seq"))
        return self.filter(Q(archived_seq__isnull=True) | back & _loud(now))

    def unread(self) -> Self:
        """With messages that wait, or marked as if there were."""
        waiting = Q(conversation__last_seq__gt=F("read_seq"))
        return self.filter(waiting | Q(is_marked_unread=True))

    def telling(self, now: datetime | None = None) -> Self:
        """Those whose messages count on the badge: neither muted nor asked to be quiet, unless
        they mention the person."""
        mentions = Q(notify=Notify.MENTIONS, mention_seq__gt=F("read_seq"))
        return self.filter(_loud(now), Q(notify=Notify.ALL) | mentions)


def _loud(now: datetime | None) -> Q:
    return Q(muted_until__isnull=True) | Q(muted_until__lte=now or timezone.now())


class Personal(models.Model):
    """A person's own settings of a conversation, as columns of their membership: the inbox shows
    them and the hub compares them without asking any further table."""

    muted_until = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    archived_seq = models.PositiveBigIntegerField(
        null=True, blank=True, help_text=_("What had been said when it was put away.")
    )
    is_marked_unread = models.BooleanField(default=False, db_default=False)
    notify = models.CharField(
        max_length=8, choices=Notify.choices, default=Notify.ALL, db_default=Notify.ALL
    )
    shows_reading = models.BooleanField(_("read receipts"), default=True, db_default=True)
    shows_typing = models.BooleanField(_("typing"), default=True, db_default=True)
    colour = models.CharField(
        max_length=12, choices=Colour.choices, default="", blank=True, db_default=""
    )
    wallpaper = models.CharField(
        max_length=12, choices=Wallpaper.choices, default="", blank=True, db_default=""
    )
    # {user id: what this person calls them}
    nicknames = models.JSONField(null=True, blank=True)
    # The ids of those whose messages here are silent (R16).
    hushed = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_muted(self) -> bool:
        return self.muted_until is not None and self.muted_until > timezone.now()

    @property
    def is_muted_for_good(self) -> bool:
        return self.muted_until is not None and self.muted_until >= FOREVER

    def is_archived(self, last_seq: int) -> bool:
        """Whether it is put away, `last_seq` being the newest message's place (as `archived`)."""
        put_away = self.archived_seq
        return put_away is not None and (self.is_muted or put_away >= last_seq)

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None

    def hushes(self, person_id: UUID | None) -> bool:
        """Whether what this person says here is silent for the membership's owner (R16)."""
        return str(person_id) in (self.hushed or ())

    def wants_to_hear_of(self, author_id: UUID | None, *, is_mentioned: bool) -> bool:
        """Whether a new message of this author is worth a notification (R16 and `notify`)."""
        if self.is_muted or self.hushes(author_id):
            return False
        return self.notify == Notify.ALL or (self.notify == Notify.MENTIONS and is_mentioned)
