"""Parts of a profile as decisions take them off: the picture gives way to initials, the name to the
username, the words about oneself to none. What was there is kept to be put back (R41)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages

from accounts.actions import profile
from accounts.models import Decision, User
from accounts.models.decision import APPEAL_TIME
from accounts.moderation.acts import RESET

PICTURE = "avatar"
TOGETHER = 200


def closed_storage() -> Storage:
    """Where pictures lie that were taken off: no door serves them."""
    return storages["held"]


def settle(decision: Decision) -> None:
    """Take off what a decision in force names, or put it back where nothing else wants it off and
    the person filled in nothing since. Call it in the decision's transaction."""
    person = User.objects.select_for_update(no_key=True).filter(pk=decision.person_id).first()
    if person is None:
        return
    before = decision.options_of(RESET)["before"]
    if decision.is_in_force:
        _take_off(person, decision, before)
    else:
        _put_back(person, decision, before)


def _take_off(person: User, decision: Decision, before: dict[str, str]) -> None:
    standing = {part for part, value in before.items() if value and getattr(person, part) == value}
    if PICTURE in standing:
        _keep(decision, person.avatar)
        profile.remove_avatar(person)
    if words := standing - {PICTURE}:
        profile.update_profile(person, **dict.fromkeys(words, ""))


def _put_back(person: User, decision: Decision, before: dict[str, str]) -> None:
    others = _resets(Decision.objects.in_force().filter(person=person).exclude(pk=decision.pk))
    wanted_off = {part for each in others for part in each.options_of(RESET)["parts"]}
    free = {part for part in before if not getattr(person, part)} - wanted_off
    if PICTURE in free and closed_storage().exists(_place(decision)):
        with closed_storage().open(_place(decision)) as file:
            profile.put_back_avatar(person, file.read())
    if words := free - {PICTURE}:
        profile.update_profile(person, **{part: before[part] for part in words})


def _keep(decision: Decision, name: str) -> None:
    """A copy under the decision's name; the file itself goes with the picture."""
    if default_storage.exists(name) and not closed_storage().exists(_place(decision)):
        with default_storage.open(name) as file:
            closed_storage().save(_place(decision), ContentFile(file.read()))


def _place(decision: Decision) -> str:
    return f"profiles/{decision.pk}"


# --- Not for ever ---------------------------------------------------------------------------------


def let_go(now: datetime) -> int:
    """Forget what nobody can appeal for any more; answers of how many decisions."""
    over = Decision.objects.filter(made_at__lte=now - 2 * APPEAL_TIME, acts__icontains=RESET)
    return _forget(over.filter(acts__icontains='"before": {"'))


def let_go_of(person: Any) -> int:
    """The same of all about one person, whose account is deleted."""
    theirs = Decision.objects.filter(person=person, acts__icontains=RESET)
    return _forget(theirs.filter(acts__icontains='"before": {"'))


def _forget(decisions: Any) -> int:
    some = _resets(decisions[:TOGETHER])
    for decision in some:
        closed_storage().delete(_place(decision))
        decision.options_of(RESET)["before"] = {}
        decision.save(update_fields=["acts"])
    return len(some)


def _resets(decisions: Iterable[Decision]) -> list[Decision]:
    return [decision for decision in decisions if decision.has(RESET)]
