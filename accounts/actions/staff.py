"""Who works for Medley, and as what: a superuser gives and takes roles."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, policy
from accounts.actions.sessions import end_sessions
from accounts.errors import Refused
from accounts.models import User
from accounts.moderation.roles import Role


@transaction.atomic
def give_role(actor: User | None, person: User, role: str) -> None:
    """Make somebody staff with this role besides those they have. `actor` is None on the machine's
    own command line. Raises `Refused` (staff.superuser), `ValidationError` (staff.role, staff.age).
    """
    _permit(actor, role)
    if person.age < policy.ADULT_AGE:
        raise ValidationError(_("Staff is 18 or over."), code="staff.age")
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    person.groups.add(Group.objects.get(name=role))
    person.__dict__.pop("_roles", None)
    audit.record(actor, "role.given", kind="user", object_id=person.pk, role=role)


@transaction.atomic
def take_roles(actor: User | None, person: User) -> None:
    """Take all roles from somebody; who is no superuser is staff no more, and signed out. Raises
    `Refused` (staff.superuser)."""
    _permit(actor, Role.MODERATOR)
    taken = sorted(person.groups.values_list("name", flat=True))
    person.groups.clear()
    person.is_staff = person.is_superuser
    person.save(update_fields=["is_staff"])
    person.__dict__.pop("_roles", None)
    end_sessions(person)
    audit.record(actor, "roles.taken", kind="user", object_id=person.pk, roles=taken)


def _permit(actor: User | None, role: str) -> None:
    if actor is not None and not (actor.is_active and actor.is_superuser):
        raise Refused("staff.superuser", _("Only a superuser gives and takes roles."))
    if role not in Role.values:
        raise ValidationError(_("There is no such role."), code="staff.role")
