"""What a guardian sees of a teenager (R30): with whom, never what; and that they looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.http import Http404
from django.utils import timezone

from accounts import policy, ports
from accounts.models import GuardianLink, GuardianLook, ScreenDay, User
from accounts.models.user import UserQuerySet

DAYS = 7
PEOPLE = 200  # of each list; the number above it counts all
LOOKS = 10
ONE_LOOK = timedelta(minutes=1)  # a page that is drawn anew meanwhile is no second one


class Day(NamedTuple):
    """One day and how many minutes of it."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class People:
    """Some, and how many there are."""

    shown: Sequence[User]
    number: int


@dataclass(frozen=True, slots=True)
class Sight:
    """The page as both of them see it."""

    contacts: People
    followers: People
    following: People
    blocked: People
    days: Sequence[Day]
    today: policy.Allowance
    looks: Sequence[GuardianLook]


def see(person: User, link: GuardianLink) -> Sight:
    """What the guardian sees now, for either side; that the guardian looked is kept for the
    teenager. Raises `Http404` before the teenager said yes."""
    if not link.is_in_force:
        raise Http404
    if person.pk == link.guardian_id:
        _note_look(link)
    return sight_of(link)


def _note_look(link: GuardianLink) -> None:
    recent = timezone.now() - ONE_LOOK
    if not link.looks.filter(at__gt=recent).exists():
        GuardianLook.objects.create(link=link)


def sight_of(link: GuardianLink) -> Sight:
    """People and minutes; no words of anybody's, no requests of strangers."""
    teen = link.teen
    active = User.objects.active()
    return Sight(
        contacts=_people(active.filter(pk__in=ports.contacts_of(teen, _week_ago()))),
        followers=_people(
            active.filter(following__followed=teen, following__accepted_at__isnull=False)
        ),
        following=_people(
            active.filter(followers__follower=teen, followers__accepted_at__isnull=False)
        ),
        blocked=_people(active.filter(blocks_received__blocker=teen)),
        days=days_of(teen),
        today=teen.allowance(),
        looks=list(link.looks.order_by("-at")[:LOOKS]),
    )


def _week_ago() -> datetime:
    return timezone.now() - timedelta(days=DAYS)


def _people(people: UserQuerySet) -> People:
    shown = list(people.order_by("username")[: PEOPLE + 1])
    number = len(shown) if len(shown) <= PEOPLE else people.count()
    return People(shown[:PEOPLE], number)


def days_of(person: User) -> list[Day]:
    """The last seven days up to today, those without Medley too."""
    today = person.day_at(timezone.now())
    rows = ScreenDay.objects.filter(user=person, day__gt=today - timedelta(days=DAYS))
    minutes = dict(rows.values_list("day", "minutes"))
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return [Day(day, minutes.get(day, 0)) for day in days]
