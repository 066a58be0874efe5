"""Cases: how they come into the queue, and who holds them (R41)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions
from accounts.errors import Conflict, Refused
from accounts.models import AuditEntry, Case, Report
from accounts.moderation import cases, priority
from accounts.moderation.evidence import hash_of
from tests.accounts.staff import make_staff
from tests.factories import make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(db):
    return make_staff("mia", "moderator")


@pytest.fixture
def senior(db):
    return make_staff("sam", "senior")


def report(actor, person, reason="spam"):
    return actions.report(actor, "user", person.pk, reason=reason)


# --- Coming in ------------------------------------------------------------------------------------


@rule("R41", "page", "api")
def test_reports_of_the_same_thing_share_a_case(ana, ben, zoe):
    first, second = report(ana, zoe), report(ben, zoe, "fraud")

    case = Case.objects.get()
    assert {first.case, second.case} == {case}
    assert (case.kind, case.object_id, case.owner, case.title) == ("user", zoe.pk, zoe, "@zoe")
    assert (case.reason, case.severity) == ("fraud", priority.SEVERITY["fraud"])


def test_what_is_reported_after_a_decision_is_a_new_case(ana, ben, zoe):
    first = report(ana, zoe).case
    Case.objects.update(state=Case.State.DECIDED)

    assert report(ben, zoe).case != first


def test_a_program_brings_up_what_it_found(zoe):
    facts = {"list": "known", "distance": 4}

    case = cases.flag("user", zoe.pk, origin="hash", reason="minor", severity=10, facts=facts)

    case.refresh_from_db()
    assert (case.owner, case.origin, case.is_automatic) == (zoe, "hash", True)
    assert case.evidence == {"hits": [{"origin": "hash", "reason": "minor", **facts}]}
    assert case.evidence_hash == hash_of(case.evidence)
    assert AuditEntry.objects.get().verb == "case.flagged"


def test_a_find_joins_what_people_reported_and_makes_it_graver(ana, zoe):
    case = report(ana, zoe).case

    cases.flag("user", zoe.pk, origin="nudity", reason="sexual", severity=6, facts={"score": 90})

    case.refresh_from_db()
    assert (case.origin, case.reason, case.severity) == ("report", "sexual", 6)
    assert Case.objects.count() == 1


# --- Its turn -------------------------------------------------------------------------------------


def test_priority_weighs_harm_reach_and_who_says_so():
    assert priority.priority(10, 1, 0.5) == 5
    assert priority.priority(10, 1000, 0.5) == 20
    assert priority.together([]) == priority.UNKNOWN
    assert priority.together([0.5, 0.5]) == 0.75


def test_a_second_reporter_brings_it_forward(ana, ben, zoe):
    before = report(ana, zoe).case.priority

    assert report(ben, zoe).case.priority == pytest.approx(before * 1.5)


def test_who_reports_in_vain_weighs_less_than_who_was_right(ana, ben, zoe, teo):
    _past(ana, Report.State.KEPT, 4)
    _past(ben, Report.State.ACTED, 4)

    assert report(ben, zoe).case.priority > report(ana, teo).case.priority


def _past(person, state, number):
    for _each in range(number):
        Report.objects.create(
            reporter=person,
            kind="user",
            object_id=person.pk,
            title="",
            reason="spam",
            evidence={},
            evidence_hash="",
            state=state,
        )


# --- Who works on it ------------------------------------------------------------------------------


@rule("R41", "admin")
def test_a_claim_holds_for_half_an_hour(ana, zoe, moderator):
    case = report(ana, zoe).case
    other = make_staff("max", "moderator")

    held = cases.claim(moderator, case)

    assert held.holder == moderator
    with pytest.raises(Conflict) as refusal:
        cases.claim(other, case)
    assert refusal.value.code == "case.claimed"
    Case.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert cases.claim(other, case).holder == other


def test_a_released_case_is_free(ana, zoe, moderator):
    case = cases.claim(moderator, report(ana, zoe).case)

    assert cases.release(moderator, case).holder is None
    assert cases.claim(make_staff("max", "moderator"), case).holder is not None


@rule("R41", "admin")
def test_only_staff_of_the_role_work_on_cases(ana, ben, zoe):
    case = report(ana, zoe).case
    for person in (ben, make_staff("sue", "support"), make_user("plain", age=30, is_staff=True)):
        with pytest.raises(Refused) as refusal:
            cases.claim(person, case)
        assert refusal.value.code == "moderation.role"
        with pytest.raises(Refused):
            cases.note(person, case, "Hm.")


def test_nobody_works_on_what_is_about_themselves(ana, moderator):
    case = report(ana, moderator).case

    with pytest.raises(Refused) as refusal:
        cases.claim(moderator, case)
    assert refusal.value.code == "case.own"


def test_notes_are_for_the_other_moderators(ana, zoe, moderator):
    case = report(ana, zoe).case

    cases.note(moderator, case, "  Third time this week. ")

    assert [(note.author, note.words) for note in case.notes.all()] == [
        (moderator, "Third time this week.")
    ]
    with pytest.raises(ValidationError) as refusal:
        cases.note(moderator, case, " ")
    assert refusal.value.code == "note.words"
