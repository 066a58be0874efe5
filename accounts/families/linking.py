"""A guardian and a teenager come together: asked for by a code, in force by the teenager's yes."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.errors import Refused
from accounts.families.guarding import keep_guarded, tell_family
from accounts.models import GuardianLink, User, relation_between
from accounts.notifications import notify

_ONLY_THE_TEEN = _("Only the young person can say yes to this, on their own device.")


def ask_link(guardian: User, teen: User) -> GuardianLink:
    """The two with a link that waits for the teenager; the same one again, whatever its state.

    Call it in a transaction. Raises `Refused` (policy.R30, policy.unreachable).
    """
    _hold(guardian.pk, teen.pk)
    if not GuardianLink.objects.standing().filter(guardian=guardian, teen=teen).exists():
        _permit(guardian, teen)
    link, is_new = GuardianLink.objects.get_or_create(guardian=guardian, teen=teen, ended_at=None)
    if is_new:
        notify("accounts.family_request", teen.pk, about=link.pk, name=guardian.name)
        tell_family(link)
    return link


def _hold(*people: UUID) -> None:
    """In the order of their keys, so that two links at once are not one too many."""
    held = User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    list(held.values_list("pk"))


def _permit(guardian: User, teen: User) -> None:
    relation = relation_between(guardian, teen)
    policy.permit(policy.guard(guardian.person, teen.person, relation))
    in_force = GuardianLink.objects.in_force()
    guardians = in_force.filter(teen=teen).count()
    wards = in_force.filter(guardian=guardian).count()
    policy.permit(policy.guard_one_more(guardians=guardians, wards=wards))


@transaction.atomic
def consent(teen: User, link: GuardianLink) -> GuardianLink:
    """The teenager's yes, from which on the link is in force; twice is fine.

    Raises `Refused` (policy.R30 also where it is not theirs to say), `Http404` where it ended.
    """
    if link.teen_id != teen.pk:
        raise Refused("policy.R30", _ONLY_THE_TEEN)
    _hold(link.guardian_id, link.teen_id)
    link = find_link(teen, link.pk)
    if not link.is_in_force:
        # As things stand now: somebody may have come of age, or two others were quicker.
        _permit(link.guardian, link.teen)
        link.consented_at = timezone.now()
        link.save(update_fields=["consented_at"])
        keep_guarded(teen)
        notify("accounts.family_linked", link.guardian_id, about=link.pk, name=teen.name)
        tell_family(link)
    return link


def find_link(person: User, link_id: UUID) -> GuardianLink:
    """One's own standing link; `Http404` for any other's."""
    link = GuardianLink.objects.standing().of(person).filter(pk=link_id).first()
    if link is None:
        raise Http404
    return link
