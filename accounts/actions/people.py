"""What happens to a person's account as a whole: taken away, given back, a year older."""

from datetime import date, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, policy, ports
from accounts.actions.sessions import end_sessions
from accounts.errors import Refused
from accounts.models import User
from accounts.moderation import roles

# The first and the last place on earth where a day begins.
EARLIEST: tzinfo = fixed_zone(timedelta(hours=14))
LATEST: tzinfo = fixed_zone(timedelta(hours=-12))
LOOKING_BACK = timedelta(days=2)


def _permit_over(actor: User, person: User) -> None:
    if not roles.may_help_accounts(actor):
        raise Refused("account.not_staff", _("Only staff may do this."))
    if actor.pk == person.pk:
        raise ValidationError(_("That is you."), code="relation.self")
    if person.is_superuser and not actor.is_superuser:
        raise Refused("account.outranked", _("Only a superuser may do this to a superuser."))


@transaction.atomic
def deactivate(actor: User, person: User) -> None:
    """Take the account out of sight and end its sessions; nothing is deleted. Staff only."""
    _permit_over(actor, person)
    _set_active(person, False)
    end_sessions(person)
    audit.record(actor, "account.deactivated", kind="user", object_id=person.pk)


@transaction.atomic
def reactivate(actor: User, person: User) -> None:
    """Give the account back. Staff only."""
    _permit_over(actor, person)
    _set_active(person, True)
    audit.record(actor, "account.reactivated", kind="user", object_id=person.pk)


def _set_active(person: User, active: bool) -> None:
    person.is_active = active
    person.save(update_fields=["is_active"])
    person.forget_person()
    ports.relation_changed(person.pk)
    ports.card_changed("profile", person.pk)


def keep_birthdays() -> int:
    """Ask the relation observers about those who came of a rule's age; answer how many.

    Looks two days back, in every time zone, so that a missed run is made good.
    """
    people = User.objects.active().filter(birth_date__in=_birth_dates(timezone.now()))
    count = 0
    for user_id in people.values_list("pk", flat=True):
        with transaction.atomic():
            ports.relation_changed(user_id)
        count += 1
    return count


def _birth_dates(now: datetime) -> list[date]:
    """The birth dates of those who turned 16 or 18 in the last two days, somewhere."""
    day = (now - LOOKING_BACK).astimezone(LATEST).date()
    last = now.astimezone(EARLIEST).date()
    dates = []
    while day <= last:
        for age in (policy.MESSAGES_AGE, policy.ADULT_AGE):
            dates += _born(day, age)
        day += timedelta(days=1)
    return dates


def _born(day: date, age: int) -> list[date]:
    """Who turns `age` on `day`: those born on 29 February do it on 1 March of other years."""
    candidates = [(day.month, day.day)]
    if (day.month, day.day) == (3, 1):
        candidates.append((2, 29))
    dates = []
    for month, number in candidates:
        try:
            born = date(day.year - age, month, number)
        except ValueError:  # no 29 February in that year
            continue
        if policy.age_on(born, day - timedelta(days=1)) < age:
            dates.append(born)
    return dates
