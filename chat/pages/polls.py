"""Polls as pages show them: bars, the viewer's own answers, and what a press would make of them."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from chat.cards import polls
from chat.models import Conversation, Membership, Message, Poll
from chat.models.poll import MOST_OPTIONS
from chat.pages.faces import Card

DAY = 24 * 60  # minutes
VOTES = 600  # as many as the sheet of voters tells of


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One answer. `votes` None: nobody may know yet. `press` is what all of the viewer's votes are
    once it is pressed, as a form sends them."""

    id: int
    text: str
    votes: int | None
    is_mine: bool
    is_ahead: bool
    press: str


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """A poll for one viewer."""

    card: Card
    options: list[ShownOption]
    closes_at: datetime | None

    @property
    def most(self) -> int:
        """What a full bar stands for: everybody who voted."""
        return max(1, self.card["voters"])

    @property
    def json(self) -> str:
        """For static/js/talk/features/polls.js."""
        return json.dumps(self.card)

    @property
    def kind(self) -> str:
        """`Anonymous poll · Several answers`"""
        words = [_("Anonymous poll") if self.card["anonymous"] else _("Poll")]
        words += [_("Several answers")] if self.card["multiple"] else []
        words += [_("Results at the end")] if self.card["hidden"] else []
        return " · ".join(words)

    @property
    def voters(self) -> str:
        """`No votes yet`, `7 voted`"""
        count = self.card["voters"]
        if not count:
            return _("No votes yet")
        return ngettext("%(count)d voted", "%(count)d voted", count) % {"count": count}

    @property
    def state(self) -> str:
        """`Closed`, `2 h left` or nothing."""
        if self.card["closed"]:
            return _("Closed")
        return time_left(self.closes_at) if self.closes_at else ""

    @property
    def takes_options(self) -> bool:
        """Whether it may offer to add an answer; the verb decides."""
        is_open = self.card["adding"] and not self.card["closed"]
        return is_open and len(self.options) < MOST_OPTIONS

    @property
    def shows_results(self) -> bool:
        return any(option.votes is not None for option in self.options)

    @property
    def shows_voters(self) -> bool:
        """Whether there is a list of who voted."""
        return self.shows_results and not self.card["anonymous"] and bool(self.card["voters"])


def time_left(moment: datetime) -> str:
    """`3 days left`, `2 h left`, `5 min left`; static/js/talk/features/polls.js says the same."""
    minutes = max(1, ceil((moment - timezone.now()).total_seconds() / 60))
    if minutes >= 2 * DAY:
        count = minutes // DAY
        return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}
    if minutes >= 120:
        return _("%(count)d h left") % {"count": minutes // 60}
    return _("%(count)d min left") % {"count": minutes}


def shown_poll(card: Card) -> ShownPoll:
    """Of a card that was read for one viewer (polls.references)."""
    closes_at = parse_datetime(card["closes_at"]) if card["closes_at"] else None
    best = max((option["votes"] or 0 for option in card["options"]), default=0)
    options = [_shown(card, option, best) for option in card["options"]]
    return ShownPoll(card, options, closes_at)


def _shown(card: Card, option: Card, best: int) -> ShownOption:
    mine = set(card["mine"] or ())
    kept = mine if card["multiple"] else mine & {option["id"]}
    pressed = sorted(kept ^ {option["id"]})
    return ShownOption(
        id=option["id"],
        text=option["text"],
        votes=option["votes"],
        is_mine=option["id"] in mine,
        is_ahead=bool(best) and option["votes"] == best,
        press=",".join(map(str, pressed)),
    )


def polls_of(
    user: User, conversation: Conversation, *, before: int | None = None, limit: int = 50
) -> tuple[list[Message], bool]:
    """Messages with a poll that the person may see, newest first, and whether there are more."""
    asked = Message.objects.visible_to(user).filter(conversation=conversation, poll__isnull=False)
    page = list(asked.with_parts().before(before)[: limit + 1])
    return page[:limit], len(page) > limit


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll in the list of polls, with its message."""

    message: Message
    poll: ShownPoll
    may_close: bool


def asked(membership: Membership, messages: list[Message]) -> list[Asked]:
    """These messages with polls, as this member sees them."""
    cards = polls.references(messages, membership.user_id)
    return [
        Asked(
            message,
            shown_poll(cards[message.pk]),
            may_close=message.poll.closable_by(membership) and not message.poll.is_closed,
        )
        for message in messages
    ]


@dataclass(frozen=True, slots=True)
class Voters:
    """Who voted for one answer; `more` are left out."""

    text: str
    people: list[dict[str, Any]]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.people)


def voters_of(poll: Poll) -> list[Voters]:
    """Who voted for what, answer by answer; raises as `polls.votes_of`."""
    people: dict[int, list[Card]] = defaultdict(list)
    for vote in polls.votes_of(poll)[:VOTES]:
        people[vote.option_id].append(vote.user.card())
    return [
        Voters(option.text, people[option.pk], option.vote_count) for option in poll.options.all()
    ]
