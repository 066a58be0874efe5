"""Conditions for joining a fan group (`JOIN_RULES`, accounts/ports.py): to follow its creator for a
while, to have bought something of theirs."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Entitlement, Follow, User
from accounts.models.entitlement import NAME_LIMIT
from accounts.text import clean_name

DAYS_LIMIT = 365

Options = Mapping[str, Any]


def malformed() -> ValidationError:
    """A rule whose options make no sense."""
    return ValidationError(gettext_lazy("This rule could not be read."), code="join_rule.malformed")


class Follows:
    """Follows the creator for `days` (0: since just now)."""

    asks_for = ""

    def clean(self, options: Options) -> dict[str, Any]:
        days = options.get("days", 0)
        if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= DAYS_LIMIT:
            raise malformed()
        return {"days": days}

    def words(self, options: Options, creator: User) -> str:
        days = options["days"]
        if not days:
            return _("Follow %(name)s") % {"name": creator.name}
        return ngettext(
            "Follow %(name)s for %(count)d day", "Follow %(name)s for %(count)d days", days
        ) % {"name": creator.name, "count": days}

    def missing(self, person: User, creator: User, options: Options, given: str) -> str | None:
        follow = Follow.objects.accepted().filter(follower=person, followed=creator).first()
        if follow is None or follow.accepted_at is None:
            return self.words(options, creator)
        left = follow.accepted_at + timedelta(days=options["days"]) - timezone.now()
        if left <= timedelta():
            return None
        days = ceil(left / timedelta(days=1))
        return ngettext(
            "Follow %(name)s for %(count)d more day",
            "Follow %(name)s for %(count)d more days",
            days,
        ) % {"name": creator.name, "count": days}


class Entitled:
    """Has what the creator sells under `name` (accounts.Entitlement)."""

    asks_for = ""

    def clean(self, options: Options) -> dict[str, Any]:
        name = options.get("name")
        name = clean_name(name) if isinstance(name, str) else ""
        if not 1 <= len(name) <= NAME_LIMIT:
            raise malformed()
        return {"name": name}

    def words(self, options: Options, creator: User) -> str:
        return _("Have “%(what)s” from %(name)s's shop") % {
            "what": options["name"],
            "name": creator.name,
        }

    def missing(self, person: User, creator: User, options: Options, given: str) -> str | None:
        bought = Entitlement.objects.valid().filter(
            holder=person, grantor=creator, name=options["name"]
        )
        if bought.exists():
            return None
        return _("Get “%(what)s” in %(name)s's shop") % {
            "what": options["name"],
            "name": creator.name,
        }
