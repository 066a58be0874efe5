"""Polls on the wire: read from what a door was given, and told as they are now."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from accounts.text import clean_name
from chat import rights
from chat.cards import Card, moment
from chat.models import Conversation, Message, Poll, PollOption, PollVote
from chat.models.poll import FEWEST_OPTIONS, MOST_OPTIONS, OPTION_LIMIT, QUESTION_LIMIT
from chat.parts import Job
from chat.refusals import invalid, refused

# The door's words for what a poll is like, and the model's.
SWITCHES = {
    "multiple": "is_multiple",
    "anonymous": "is_anonymous",
    "hidden": "hides_results",
    "adding": "is_extendable",
}


class NewPoll:
    """A poll that is about to be sent, a `chat.parts.Part`; its words are checked already."""

    name: ClassVar[str] = "poll"
    right: ClassVar[str | None] = rights.Right.POLL
    revealing: ClassVar[tuple[UUID, ...]] = ()

    def __init__(self, author: User, poll: Poll, options: list[str]) -> None:
        self.poll = poll
        self.options = [
            PollOption(position=place, text=text, added_by=author)
            for place, text in enumerate(options, start=1)
        ]

    def is_plain_to(self, person_id: str) -> bool:
        """R13: a first request holds no poll."""
        return False

    @cached_property
    def digest(self) -> str:
        poll = self.poll
        said = [poll.question, *(option.text for option in self.options), str(poll.closes_at)]
        said += [str(getattr(poll, field)) for field in SWITCHES.values()]
        return "\x1f".join(said)

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n".join([self.poll.question, *(option.text for option in self.options)])

    def jobs(self, author_id: UUID) -> tuple[Job, ...]:
        return ()

    def place(self, message: Message) -> Iterable[models.Model]:
        """Followers of a channel never see each other (R27): there every poll is anonymous."""
        self.poll.message = message
        if message.conversation.kind == Conversation.Kind.CHANNEL:
            self.poll.is_anonymous = True
        for option in self.options:
            option.poll = self.poll
        return [self.poll, *self.options]

    @property
    def told(self) -> Card:
        return poll_card(self.poll, self.options)


def make(author: User, wanted: Any) -> NewPoll:
    """A poll of `{question, options: [text], closes_at?, multiple?, anonymous?, hidden?, adding?}`.

    `closes_at` is RFC 3339 or a datetime. Raises `ValidationError` (poll.malformed, poll.question,
    poll.options, poll.same_option, poll.past).
    """
    if not isinstance(wanted, Mapping):
        raise invalid("poll.malformed")
    poll = Poll(
        question=clean_question(wanted.get("question")),
        closes_at=_clean_moment(wanted.get("closes_at")),
        **{field: _clean_switch(wanted.get(name)) for name, field in SWITCHES.items()},
    )
    return NewPoll(author, poll, clean_options(wanted.get("options")))


def clean_question(text: object) -> str:
    """One visible line of up to 300 code points."""
    question = clean_name(text) if isinstance(text, str) else ""
    if not question.strip("\u200d") or len(question) > QUESTION_LIMIT:
        raise invalid("poll.question")
    return question


def clean_options(texts: object) -> list[str]:
    """2 to 12 answers, no two the same; empty ones, as forms send them, are left out."""
    if not isinstance(texts, list):
        raise invalid("poll.options")
    options = [clean_option(text) for text in texts if text != ""]
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise invalid("poll.options")
    if len({text.casefold() for text in options}) < len(options):
        raise invalid("poll.same_option")
    return options


def clean_option(text: object) -> str:
    """One visible line of up to 100 code points: `ValidationError` (poll.options)."""
    option = clean_name(text) if isinstance(text, str) else ""
    if not option.strip("\u200d") or len(option) > OPTION_LIMIT:
        raise invalid("poll.options")
    return option


def clean_places(places: object) -> set[int]:
    """Of answers, as a vote names them: `ValidationError` (poll.unknown_option)."""
    if not isinstance(places, list | tuple) or len(places) > MOST_OPTIONS:
        raise invalid("poll.unknown_option")
    if not all(isinstance(place, int) and not isinstance(place, bool) for place in places):
        raise invalid("poll.unknown_option")
    return set(places)


def _clean_moment(value: object) -> datetime | None:
    if value in (None, ""):
        return None
    closes_at = value if isinstance(value, datetime) else _parsed(value)
    if closes_at is None or timezone.is_naive(closes_at):
        raise invalid("poll.malformed")
    if closes_at <= timezone.now():
        raise invalid("poll.past")
    return closes_at


def _parsed(value: object) -> datetime | None:
    try:
        return parse_datetime(value) if isinstance(value, str) else None
    except ValueError:  # well formed and impossible
        return None


def _clean_switch(value: object) -> bool:
    if not isinstance(value, bool | None):
        raise invalid("poll.malformed")
    return bool(value)


# --- As it is now -----------------------------------------------------------------------------


def poll_of(message: Message) -> Poll | None:
    """The poll that hangs on a message from `with_parts()`."""
    return getattr(message, "poll", None)


def references(messages: Iterable[Message], viewer: Any = None) -> dict[UUID, Card]:
    """By message id, each poll's card; with a `viewer` it also tells their own votes (one query,
    where there are polls)."""
    found = {message.pk: poll for message in messages if (poll := poll_of(message))}
    own = own_votes(viewer, found) if viewer is not None else {}
    return {
        key: poll_card(poll, poll.options.all(), None if viewer is None else own.get(key, []))
        for key, poll in found.items()
    }


def own_votes(viewer: Any, poll_ids: Iterable[UUID]) -> dict[UUID, list[int]]:
    """By poll, the places of the answers that `viewer` voted for."""
    keys = list(poll_ids)
    own: dict[UUID, list[int]] = {}
    if keys:
        votes = PollVote.objects.filter(user=viewer, poll__in=keys).order_by("option__position")
        for poll_id, position in votes.values_list("poll", "option__position"):
            own.setdefault(poll_id, []).append(position)
    return own


def visible_poll(viewer: User, conversation: Conversation, seq: int) -> Poll:
    """The poll at `seq`, if the viewer may see its message: `Http404`."""
    messages = Message.objects.visible_to(viewer).filter(conversation=conversation, seq=seq)
    poll = next((poll_of(message) for message in messages.with_parts()), None)
    if poll is None:
        raise Http404
    return poll


def votes_of(poll: Poll) -> models.QuerySet[PollVote]:
    """Who voted for what, the newest first: `Refused` (poll.anonymous, poll.hidden) where nobody
    may know."""
    if poll.is_anonymous:
        raise refused("poll.anonymous")
    if not poll.shows_results:
        raise refused("poll.hidden")
    return poll.votes.select_related("user", "option").order_by("-voted_at", "-pk")


def poll_card(poll: Poll, options: Iterable[PollOption], own: list[int] | None = None) -> Card:
    """What anybody in the conversation may know of a poll now: nothing of results that are hidden
    until it is closed, and no voter of an anonymous one.

    `mine` are the viewer's own answers, None where it is told to everybody at once.
    """
    return {
        "question": poll.question,
        "multiple": poll.is_multiple,
        "anonymous": poll.is_anonymous,
        "hidden": poll.hides_results,
        "adding": poll.is_extendable,
        "closes_at": moment(poll.closes_at),
        "closed": poll.is_closed,
        "voters": poll.voter_count,
        "options": [_option_card(poll, option) for option in options],
        "mine": own,
    }


def _option_card(poll: Poll, option: PollOption) -> Card:
    return {
        "id": option.position,
        "text": option.text,
        "votes": option.vote_count if poll.shows_results else None,
        "latest": option.latest if poll.shows_voters else [],
    }
