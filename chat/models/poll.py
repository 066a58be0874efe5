"""Polls: a question that hangs on a message, its answers with their tallies, and who voted."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models.conversation import Conversation
from chat.models.membership import Membership
from chat.models.message import Message

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
FACES = 3  # of those who voted last, beside an open answer


class PollQuerySet(models.QuerySet["Poll"]):
    """Polls, as sets."""

    def due(self, now: datetime) -> Self:
        """Those whose closing time has come and of which nobody was told yet."""
        return self.filter(closed_at__isnull=True, closes_at__lte=now)


class Poll(models.Model):
    """`voter_count` and each option's tally are kept with every vote, while the line is held."""

    message = models.OneToOneField(Message, models.CASCADE, primary_key=True, related_name="poll")
    question = models.CharField(_("question"), max_length=QUESTION_LIMIT)
    is_multiple = models.BooleanField(_("several answers"), default=False)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    hides_results = models.BooleanField(_("results once it is closed"), default=False)
    is_extendable = models.BooleanField(_("others may add answers"), default=False)
    voter_count = models.PositiveIntegerField(default=0)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text=_("When all were told."))

    objects = PollQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["closes_at"],
                name="poll_due",
                condition=Q(closed_at__isnull=True, closes_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_closed(self) -> bool:
        """From its closing time on, whether or not the job has come round to telling."""
        if self.closed_at is not None:
            return True
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def shows_results(self) -> bool:
        """Whether anybody may know by now how it stands."""
        return self.is_closed or not self.hides_results

    @property
    def shows_voters(self) -> bool:
        """Whether anybody may know by now who voted for what."""
        return self.shows_results and not self.is_anonymous

    def closable_by(self, membership: Membership) -> bool:
        """Before its time: by its author and whoever runs the group."""
        return self.message.author_id == membership.user_id or membership.runs_group()

    def extendable_by(self, membership: Membership) -> bool:
        """By its author, and where it says so by the others; in a channel by those who run it."""
        if self.message.author_id == membership.user_id:
            return True
        is_channel = membership.conversation.kind == Conversation.Kind.CHANNEL
        return self.is_extendable and (not is_channel or membership.runs_group())


class PollOption(models.Model):
    """One answer. `position` (1 to 12) is its name on the wire and never changes."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=OPTION_LIMIT)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    vote_count = models.PositiveIntegerField(default=0)
    # The ids of those who voted last, newest first, up to `FACES`; none in an anonymous poll.
    latest = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("poll", "position", name="poll_option_place")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text


class PollVote(models.Model):
    """One person's one vote for one answer."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes", db_index=False)
    option = models.ForeignKey(PollOption, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Of a poll with one answer: the database itself keeps anybody from voting twice.
    is_only = models.BooleanField()
    voted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("poll", "user", "option", name="poll_vote_once"),
            models.UniqueConstraint(
                "poll", "user", condition=Q(is_only=True), name="poll_vote_only"
            ),
        ]

    def __str__(self) -> str:
        return f"a vote in {self.poll_id}"
