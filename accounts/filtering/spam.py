"""What looks like spam, by a handful of things that anybody could count: no words are judged.

The score is the sum of these (a person's own acts, since midnight UTC):

| feature                                       | points |
|-----------------------------------------------|--------|
| the account is younger than a day             | 3      |
| ... than a week                               | 2      |
| ... than a month                              | 1      |
| first messages to strangers: 5, 15, 40        | 1, 3, 5|
| new follows: 50, 150                          | 1, 3   |
| comments: 30, 100                             | 1, 2   |
| the same text again: for the 3rd, the 8th time| 2, 4   |
| a link in the text                            | 1      |

From `TIGHTENS` on there is room for so many acts an hour (`AN_HOUR`) and no more. From `REVIEWS` on
none goes out before a moderator has read it: what can wait does, a few an hour (`WAITING_AN_HOUR`),
the rest is refused, and moderators get a case. A patient person never meets either.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.filtering import counting
from accounts.filtering.words import plain_words
from accounts.linking.finding import has_outside_link
from accounts.models import User
from accounts.outbox import enqueue

TIGHTENS, REVIEWS = 5, 8


class Surface(StrEnum):
    """What can be overdone."""

    REQUEST = "request"  # a first message to somebody who does not follow one
    COMMENT = "comment"
    FOLLOW = "follow"


WAITING_AN_HOUR = 5
AN_HOUR = {Surface.REQUEST: 10, Surface.COMMENT: 60, Surface.FOLLOW: 60}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted: `age` in days, the rest today, with what is being done now."""

    age: int
    strangers: int = 0
    follows: int = 0
    comments: int = 0
    same_text: int = 0
    has_link: bool = False


def score(facts: Facts) -> int:
    """How much it looks like spam, by the table above."""
    return (
        _points(-facts.age, (-30, 1), (-6, 2), (0, 3))
        + _points(facts.strangers, (5, 1), (15, 3), (40, 5))
        + _points(facts.follows, (50, 1), (150, 3))
        + _points(facts.comments, (30, 1), (100, 2))
        + _points(facts.same_text, (3, 2), (8, 4))
        + facts.has_link
    )


def _points(count: int, *steps: tuple[int, int]) -> int:
    """Of the highest step that is reached."""
    return max((points for least, points in steps if count >= least), default=0)


def weigh(actor: User, surface: Surface, *, text: str = "", can_wait: bool = False) -> bool:
    """Count this act, and let it pass or not; True: only once a moderator has read it, which is
    answered to who says that it `can_wait`. Raises `Refused` (rate.slow_down).

    Call it before the transaction of the act, or where a refusal does not roll that back: what is
    brought before moderators stays.
    """
    now = timezone.now()
    facts = _counted(actor, surface, text, now)
    points = score(facts)
    if points < TIGHTENS:
        return False
    within = counting.this_hour(actor.pk, surface, now)
    if points >= REVIEWS:
        if can_wait and within <= WAITING_AN_HOUR:
            return True
        if counting.first_today(actor.pk, "reviewed", now):
            enqueue("accounts.flag_spam", person_id=str(actor.pk), surface=surface, points=points)
        raise slow_down(now)
    if within > AN_HOUR[surface]:
        raise slow_down(now)
    return False


def _counted(actor: User, surface: Surface, text: str, now: datetime) -> Facts:
    counts = counting.note(actor.pk, surface, now, tuple(Surface))
    return Facts(
        age=(now - actor.date_joined).days,
        strangers=counts[Surface.REQUEST],
        follows=counts[Surface.FOLLOW],
        comments=counts[Surface.COMMENT],
        same_text=counting.same_text(actor.pk, _digest(text), now) if text else 0,
        has_link=bool(text) and has_outside_link(text),
    )


def _digest(text: str) -> str:
    """The same for texts that differ in case, signs or white space alone."""
    return hashlib.sha256(" ".join(plain_words(text)).encode()).hexdigest()[:16]


def slow_down(now: datetime) -> Refused:
    """The hour's room is used up: when it begins anew."""
    sentence = _("That was a lot in a short time. Try again in {minutes} min.")
    return Refused("rate.slow_down", format_lazy(sentence, minutes=60 - now.minute))
