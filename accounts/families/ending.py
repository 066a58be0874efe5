"""A link ends: by either side, or at 18; and what grew old about families goes."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.families.guarding import keep_guarded, tell_family
from accounts.families.linking import find_link
from accounts.models import (
    GuardianLink,
    GuardianLook,
    Guesses,
    PairingCode,
    ScreenDay,
    TimeRequest,
    User,
)
from accounts.notifications import notify


@transaction.atomic
def end_link(actor: User, link: GuardianLink) -> None:
    """Decline what was asked, or end what is in force; the other side is told.

    Raises `Http404` where it is not theirs or ended before.
    """
    User.objects.select_for_update(no_key=True).get(pk=link.teen_id)
    link = find_link(actor, link.pk)
    _end(link)
    other = link.other(actor)
    notify("accounts.family_ended", other.pk, about=link.pk, by="other", name=actor.name)


def end_grown_up_links() -> int:
    """End the links of those who are 18 by now; what their guardian set becomes their own setting,
    which they loosen when they want to (R10). Answers how many."""
    links = GuardianLink.objects.standing().select_related("guardian", "teen")
    grown = [link for link in links.iterator() if not link.teen.person.is_minor]
    for link in grown:
        with transaction.atomic():
            _grow_up(link)
    return len(grown)


def _grow_up(link: GuardianLink) -> None:
    teen = User.objects.select_for_update(no_key=True).get(pk=link.teen_id)
    if teen.person.ward is not None:
        _make_own(teen)
    _end(link)
    for one, other in ((link.guardian, teen), (teen, link.guardian)):
        notify("accounts.family_ended", one.pk, about=link.pk, by="age", name=other.name)


def _make_own(teen: User) -> None:
    """Until the last link is gone the day and the senders stay as narrow as they were."""
    kept: dict[str, Any] = {"messages_from": teen.person.reachable_by}
    minutes = teen.person.ward.minutes if teen.person.ward else None
    chosen = teen.chosen_limit(teen.day_at(timezone.now()))
    if minutes is not None and (chosen is None or minutes < chosen):
        kept |= {"screen_limit": minutes, "screen_limit_next": None, "screen_limit_from": None}
    User.objects.filter(pk=teen.pk).update(**kept)


def _end(link: GuardianLink) -> None:
    link.ended_at = timezone.now()
    link.save(update_fields=["ended_at"])
    keep_guarded(link.teen)
    if link.teen.guarded is None:  # nobody is left to answer
        TimeRequest.objects.filter(teen=link.teen, answered_at=None).delete()
    tell_family(link)


def forget_old() -> None:
    """Delete days, looks, codes and questions that nobody needs any more."""
    now = timezone.now()
    ScreenDay.objects.filter(day__lt=(now - ScreenDay.KEPT).date()).delete()
    old: list[QuerySet[Any]] = [
        GuardianLook.objects.filter(at__lt=now - GuardianLook.KEPT),
        PairingCode.objects.filter(expires_at__lt=now),
        Guesses.objects.filter(since__lt=now - GuardianLook.KEPT),
        TimeRequest.objects.filter(asked_at__lt=now - ScreenDay.KEPT),
    ]
    for rows in old:
        rows.delete()
