"""“15 more minutes”: a teenager asks, a guardian answers from wherever they are."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import live
from accounts.errors import Conflict, Refused
from accounts.families.day import grant_quarter
from accounts.families.guarding import tell_family
from accounts.models import GuardianLink, TimeRequest, User
from accounts.notifications import notify, withdraw

ASKED = "accounts.more_time_asked"
REFUSALS_A_DAY = 3


@transaction.atomic
def ask_for_more(teen: User) -> TimeRequest:
    """Ask one's guardians; the same question again while it waits.

    Raises `Refused` (policy.R30 without a guardian, time.asked_often after three answers of "not
    now" today).
    """
    links = list(GuardianLink.objects.in_force().filter(teen=teen))
    if not links:
        raise Refused("policy.R30", _("You have no guardian to ask."))
    today = teen.day_at(timezone.now())
    TimeRequest.objects.filter(teen=teen, answered_at=None).exclude(day=today).delete()
    if waiting := waiting_request(teen):
        return waiting
    if TimeRequest.objects.filter(teen=teen, day=today, is_granted=False).count() >= REFUSALS_A_DAY:
        raise Refused("time.asked_often", _("That was a no for today. Talk about it?"))
    request = _ask(teen, today)
    for link in links:
        notify(ASKED, link.guardian_id, actor=teen.pk, about=request.pk)
        tell_family(link)
    return request


def _ask(teen: User, today) -> TimeRequest:
    try:
        with transaction.atomic():
            return TimeRequest.objects.create(teen=teen, day=today)
    except IntegrityError:  # two presses at once
        return TimeRequest.objects.get(teen=teen, answered_at=None)


def waiting_request(teen: User) -> TimeRequest | None:
    """What they asked today and nobody answered."""
    today = teen.day_at(timezone.now())
    return TimeRequest.objects.filter(teen=teen, day=today, answered_at=None).first()


@transaction.atomic
def answer_request(guardian: User, request_id: UUID, *, grants: bool) -> TimeRequest:
    """Yes or not now, by the first of the guardians who answers; the same answer again is fine.

    Raises `Http404` for another's, `Conflict` (time.answered) where it was answered otherwise or
    the day is over.
    """
    request = TimeRequest.objects.select_for_update(of=("self",)).select_related("teen")
    found = request.filter(pk=request_id).first()
    if found is None or not _guards(guardian, found.teen):
        raise Http404
    if not found.is_waiting and found.is_granted is grants:
        return found
    is_today = found.day == found.teen.day_at(timezone.now())
    if not found.is_waiting or not is_today:
        raise Conflict("time.answered", _("That was answered already, or is of another day."))
    found.answered_at, found.answered_by, found.is_granted = timezone.now(), guardian, grants
    found.save(update_fields=["answered_at", "answered_by", "is_granted"])
    _tell(found, guardian)
    return found


def _guards(guardian: User, teen: User) -> bool:
    return GuardianLink.objects.in_force().filter(guardian=guardian, teen=teen).exists()


def _tell(request: TimeRequest, guardian: User) -> None:
    """The teenager hears at once; the other guardian need not answer any more."""
    teen = request.teen
    if request.is_granted:
        grant_quarter(teen)
    answer = "yes" if request.is_granted else "no"
    notify(
        "accounts.more_time_answered", teen.pk, actor=guardian.pk, about=request.pk, answer=answer
    )
    live.tell_user(teen.pk, {"type": "screen_time.answered", "is_granted": request.is_granted})
    links = list(GuardianLink.objects.in_force().filter(teen=teen))
    withdraw(ASKED, [link.guardian_id for link in links], actor=teen.pk, about=request.pk)
    for link in links:
        tell_family(link)
