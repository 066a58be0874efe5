"""Deleting one's account: asked for, taken back within 30 days (R46)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import ports
from accounts.actions.devices import forget_devices
from accounts.actions.sessions import end_sessions
from accounts.errors import Conflict
from accounts.families.ending import end_link
from accounts.models import GuardianLink, User
from accounts.models.tombstone import Tombstone
from accounts.outbox import enqueue

GRACE = timedelta(days=30)


@transaction.atomic
def leave_medley(actor: User) -> User:
    """Take the account out of sight at once and end its sessions; in 30 days it is deleted.

    Anybody may, whatever bars them from the rest. Asked again it changes nothing.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if person.leaving_at is None:
        person.leaving_at = timezone.now() + GRACE
        _keep(person, is_active=False)
        _stop_guarding(person)
        end_sessions(person)
        forget_devices(person)
        enqueue("accounts.mail_leaving", person_id=str(person.pk))
    actor.leaving_at, actor.is_active = person.leaving_at, person.is_active
    return person


@transaction.atomic
def come_back(actor: User) -> User:
    """Be there again as before, unless a moderator has decided otherwise.

    Raises `Conflict` (leaving.too_late, leaving.not_leaving).
    """
    person = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if person.leaving_at is None:
        raise Conflict("leaving.not_leaving", _("This account is not being deleted."))
    if Tombstone.objects.filter(pk=person.pk).exists():
        raise Conflict("leaving.too_late", _("This account is being deleted now."))
    person.leaving_at = None
    _keep(person, is_active=not person.is_barred)
    actor.leaving_at, actor.is_active = None, person.is_active
    return person


def _stop_guarding(person: User) -> None:
    """Nobody is tightened by somebody who is not there; a teenager stays guarded till the end, or
    leaving and coming back would be the way out."""
    for link in GuardianLink.objects.standing().filter(guardian=person).select_related("teen"):
        end_link(person, link)


def _keep(person: User, *, is_active: bool) -> None:
    person.is_active = is_active
    person.save(update_fields=["leaving_at", "is_active"])
    person.forget_person()
    ports.relation_changed(person.pk)
    ports.card_changed("profile", person.pk)
