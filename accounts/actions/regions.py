"""Switching features off in a region, and on again (R45): by those whose role it is, on record."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import Conflict, Refused
from accounts.models import RegionRule, User
from accounts.models.region_rule import REASON_LIMIT
from accounts.moderation import roles
from accounts.regions import table


@transaction.atomic
def switch_off(
    actor: User,
    *,
    region: str,
    feature: str,
    reasons: Mapping[str, str],
    legal_reference: str = "",
    off_from: datetime | None = None,
    off_until: datetime | None = None,
) -> RegionRule:
    """Take a feature away from a region, from now or later on, until then or until somebody gives
    it back. Whoever is online there is told within two seconds of its beginning.

    `reasons` are what people there read, by language. Raises `Refused` (region.not_yours),
    `ValidationError` (region.unknown, region.no_reason, region.in_the_past and those of the model).
    """
    _permit(actor)
    now = timezone.now()
    if off_until is not None and off_until <= now:
        raise ValidationError(_("That is over already."), code="region.in_the_past")
    rule = RegionRule(
        region=region,
        feature=feature,
        off_from=max(off_from or now, now),
        off_until=off_until,
        reasons=_clean_reasons(reasons),
        legal_reference=legal_reference.strip(),
        made_by=actor,
    )
    rule.full_clean()
    rule.save(force_insert=True)
    _tell(actor, "region.switched_off", rule)
    return rule


@transaction.atomic
def switch_on(actor: User, rule: RegionRule) -> None:
    """Give a feature back now; what was to begin later never does.

    Raises `Refused` (region.not_yours), `Conflict` (region.ended).
    """
    _permit(actor)
    rule = RegionRule.objects.select_for_update().get(pk=rule.pk)
    now = timezone.now()
    if rule.off_until is not None and rule.off_until <= now:
        raise Conflict("region.ended", _("This ended already."))
    rule.off_until = max(now, rule.off_from)
    rule.save(update_fields=["off_until"])
    _tell(actor, "region.switched_on", rule)


def _permit(actor: User) -> None:
    if not roles.may_switch_regions(actor):
        raise Refused("region.not_yours", _("Regions are for legal and senior moderators."))


def _clean_reasons(reasons: Mapping[str, str]) -> dict[str, str]:
    said = {language: words.strip()[:REASON_LIMIT] for language, words in reasons.items()}
    said = {language: words for language, words in said.items() if words}
    if not said:
        raise ValidationError(_("Say why, for those who live there."), code="region.no_reason")
    return said


def _tell(actor: User, verb: str, rule: RegionRule) -> None:
    table.changed()
    audit.record(
        actor,
        verb,
        kind="region",
        object_id=rule.pk,
        region=rule.region,
        feature=rule.feature,
        off_from=rule.off_from,
        off_until=rule.off_until,
        legal_reference=rule.legal_reference,
    )
