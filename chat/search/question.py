"""What somebody looks for: words, and what else has to be true of the message."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.words import wanted_in
from chat.refusals import invalid
from chat.search.kinds import all_kinds
from chat.search.words import mark_of_author, mark_of_kind

LONGEST = 200  # characters of what is typed
# from:ben  has:photo  before:2026-01-31  after:2026-01-01
_TYPED = re.compile(r"(?<!\S)(from|has|before|after):(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """`since` counts from its first moment, `until` up to its last, in the person's time zone."""

    text: str = ""
    author: str = ""  # a username
    conversation: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def typed(cls, text: str, **chosen: Any) -> "Question":
        """Of a search field's text, which may hold `from:ben`, `has:photo`, `after:2026-01-31`;
        what was `chosen` beside it goes before that. Raises `ValidationError`."""
        if len(text) > LONGEST:
            raise invalid("search.too_long")
        found = {name.lower(): value for name, value in _TYPED.findall(text)}
        said = {
            "author": found.get("from", "").lstrip("@"),
            "kind": found.get("has", "").lower(),
            "since": _day(found.get("after")),
            "until": _day(found.get("before")),
        }
        chosen = {name: value for name, value in chosen.items() if value}
        question = cls(text=_TYPED.sub("", text).strip(), **said | chosen)
        if question.kind and question.kind not in all_kinds():
            raise invalid("search.unknown_kind")
        return question

    @property
    def words(self) -> list[str]:
        """Folded, each to be found as the beginning of a word."""
        return wanted_in(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells one message from another."""
        return not (self.words or self.author or self.kind)

    @property
    def from_moment(self) -> datetime | None:
        return _midnight(self.since) if self.since else None

    @property
    def to_moment(self) -> datetime | None:
        return _midnight(self.until + timedelta(days=1)) if self.until else None

    def within(self, conversation_id: UUID) -> "Question":
        """The same in one conversation."""
        return replace(self, conversation=conversation_id)

    def marks(self, author_id: UUID | None) -> list[str]:
        """What is to be found whole, beside the words."""
        kind = [mark_of_kind(self.kind)] if self.kind else []
        return [*kind, *([mark_of_author(author_id)] if author_id else [])]


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise invalid("search.bad_date")
    return day


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
