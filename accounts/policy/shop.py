"""Who buys, sells and earns by selling (R7)."""

from django.utils.translation import gettext_lazy as _

from accounts.policy.answers import Refusal, openly
from accounts.policy.people import Person


def buy(person: Person) -> Refusal | None:
    """R7: buying is for adults. Looking and a cart are for everybody."""
    return openly("R7", _("You can buy from 18 on.")) if person.is_minor else None


def sell(person: Person) -> Refusal | None:
    """R7: selling, and working for a shop, is for adults."""
    return openly("R7", _("You can sell from 18 on.")) if person.is_minor else None


def earn(person: Person) -> Refusal | None:
    """R7: earning by showing what shops sell is for adults."""
    return openly("R7", _("You can earn with shops from 18 on.")) if person.is_minor else None
