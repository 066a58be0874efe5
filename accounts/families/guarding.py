"""What a guardian tightens, and what comes of it for the teenager: the strictest there is."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts import live, policy, ports
from accounts.errors import Refused
from accounts.families.day import tell_day
from accounts.models import GuardianLink, User
from accounts.notifications import notify

TIGHTENED = frozenset(
    {"minutes", "quiet_from", "quiet_until", "messages_from", "is_restricted", "is_search_off"}
)
PASSCODE_DIGITS = 4


@transaction.atomic
def tighten(guardian: User, link: GuardianLink, **fields: Any) -> GuardianLink:
    """Set what of `TIGHTENED` is named, and let it hold at once; None or False takes it back.

    Raises `Refused` (policy.R30), `ValidationError` by field, `Http404` where it is not in force.
    """
    if unknown := fields.keys() - TIGHTENED:
        raise FieldDoesNotExist(", ".join(sorted(unknown)))
    link = _own(guardian, link)
    for name, value in fields.items():
        setattr(link, name, value)
    _validate(link, set(fields))
    policy.permit(policy.tighten(link.teen.person, link.ward))
    link.save(update_fields=list(fields) or None)
    keep_guarded(link.teen)
    notify("accounts.family_tightened", link.teen_id, about=link.pk, name=guardian.name)
    tell_family(link)
    return link


def _own(guardian: User, link: GuardianLink) -> GuardianLink:
    """The link as it is, the teenager's row held: two guardians at once are both counted."""
    if link.guardian_id != guardian.pk:
        raise Refused("policy.R30", _("Only the guardian decides this."))
    User.objects.select_for_update(no_key=True).get(pk=link.teen_id)
    found = GuardianLink.objects.in_force().of(guardian).filter(pk=link.pk).first()
    if found is None:
        raise Http404
    return found


def _validate(link: GuardianLink, names: set[str]) -> None:
    link.clean_fields(exclude={field.name for field in link._meta.fields} - names)
    if (link.quiet_from is None) != (link.quiet_until is None):
        missing = "quiet_from" if link.quiet_from is None else "quiet_until"
        raise ValidationError(
            {missing: ValidationError(_("Give both times."), code="quiet_hours.half")}
        )
    if link.quiet_from is not None and link.quiet_from == link.quiet_until:
        words = _("Quiet hours begin and end at different times.")
        raise ValidationError({"quiet_until": ValidationError(words, code="quiet_hours.empty")})


def keep_guarded(teen: User) -> None:
    """Store what holds for the teenager, from all of their links; the caller holds their row."""
    links = list(GuardianLink.objects.in_force().filter(teen=teen))
    stored = policy.Ward.strictest(link.ward for link in links).stored() if links else None
    User.objects.filter(pk=teen.pk).update(guarded=stored)
    teen.guarded = stored
    teen.forget_person()
    ports.relation_changed(teen.pk)
    tell_day(teen)


def set_guardian_passcode(guardian: User, link: GuardianLink, passcode: str) -> None:
    """The digits with which this guardian lets the teenager's day go on.

    Raises `Refused` (policy.R30), `ValidationError` (passcode.shape), `Http404`.
    """
    check_shape(passcode)
    with transaction.atomic():
        link = _own(guardian, link)
        link.passcode = make_password(passcode)
        link.save(update_fields=["passcode"])


def check_shape(passcode: str) -> None:
    """Raise `ValidationError` (passcode.shape) for anything but four digits."""
    if len(passcode) != PASSCODE_DIGITS or not (passcode.isascii() and passcode.isdigit()):
        raise ValidationError(_("A passcode is four digits."), code="passcode.shape")


def tell_family(link: GuardianLink) -> None:
    """After the commit, have both sides' open pages look at the link again."""
    for user_id in (link.guardian_id, link.teen_id):
        live.tell_user(user_id, {"type": "family", "link": str(link.pk)})
