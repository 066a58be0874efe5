"""The list as its page shows it: by days, with what one would do at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Follow, Notification, Standing, User, relations_of
from accounts.notifications.kinds import Section, kinds, kinds_in
from accounts.notifications.own import FOLLOW
from accounts.notifications.shown import Shown, shown

PAGE = 30
WEEK = 7  # days

# Beside a line of which nobody is the author.
MARKS = {
    Section.ACCOUNT: "shield",
    Section.CONVERSATIONS: "inbox",
    Section.VIDEOS: "film",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ended."""

    at: datetime
    key: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.key}"

    @classmethod
    def read(cls, text: str) -> Self:
        """As an address had it; `ValueError` where it is no place."""
        at, _sign, key = text.partition("_")
        moment = datetime.fromisoformat(at)
        if timezone.is_naive(moment):
            raise ValueError(text)
        return cls(moment, UUID(key))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `heading` where its day begins, `standing` where somebody may be followed back."""

    one: Shown
    heading: str
    standing: Standing | None

    @property
    def acts(self) -> str:
        """The template of what can be done right there; of several people at once, nothing."""
        return self.one.kind.acts if self.one.line.actor_count == 1 else ""

    @property
    def mark(self) -> str:
        return MARKS.get(self.one.kind.section, "bell")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the list, and where it goes on."""

    rows: list[Row]
    after: Place | None


def page_of(user: User, *, section: Section | None = None, after: Place | None = None) -> Page:
    """The lines behind that place, newest first, as the person may see them now."""
    lines = Notification.objects.present().filter(user=user).newest_first()
    if section is not None:
        lines = lines.filter(kind__in=kinds_in(section))
    if after is not None:
        lines = lines.older_than(after.at, after.key)
    some = list(lines[: PAGE + 1])
    last = Place(some[PAGE - 1].happened_at, some[PAGE - 1].pk) if len(some) > PAGE else None
    found = shown(user, some[:PAGE])
    return Page(list(_rows(user, found, _day(after.at) if after else "")), last)


def sections() -> list[Section]:
    """Those that have kinds, as the page offers them."""
    used = {kind.section for kind in kinds().values()}
    return [section for section in Section if section in used]


def _rows(user: User, found: list[Shown], day: str) -> Iterator[Row]:
    standings = _standings(user, found)
    for one in found:
        before, day = day, _day(one.line.happened_at)
        heading = day if day != before else ""
        yield Row(one, heading, standings.get(one.line.pk))


def _day(moment: datetime) -> str:
    """In the person's own time zone, which the request has set."""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    if days <= 0:
        return _("Today")
    return _("This week") if days < WEEK else _("Earlier")


def _standings(user: User, found: list[Shown]) -> dict[UUID, Any]:
    """By line: how the person stands to whoever follows them now; four queries, or none."""
    followers = {
        one.line.pk: UUID(str(one.actors[0]["id"]))
        for one in found
        if one.kind.name == FOLLOW.name and one.line.actor_count == 1
    }
    if not followers:
        return {}
    people = set(followers.values())
    relations = relations_of(user, people)
    waiting = Follow.objects.waiting().filter(follower=user, followed__in=people)
    asked = set(waiting.values_list("followed_id", flat=True))
    return {
        line: Standing(relations[person], requested=person in asked)
        for line, person in followers.items()
    }
