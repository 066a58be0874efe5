"""Ages change by birthdays, which loosen nothing, and by staff, on record (R10)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import actions
from accounts.errors import Conflict, Refused
from accounts.models import AuditEntry, Case, CaseNote, Decision, User
from accounts.moderation import ages, deciding
from tests.accounts.staff import desk_of
from tests.factories import make_user, years_ago
from tests.rules import rule


@pytest.fixture
def support(db):
    return staff("sue", "support")


def staff(name: str, role: str) -> User:
    person = make_user(name, is_staff=True)
    person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def correct(actor, person, years: int, **said) -> Decision:
    said = {"words": "You sent us your papers.", "evidence": "Passport, seen 2 March."} | said
    return ages.correct_birth_date(actor, person, birth_date=years_ago(years), **said)


def settings_of(person) -> tuple[str, bool, bool]:
    person.refresh_from_db()
    return person.messages_from, person.is_private, person.suggests_account


# --- Staff ----------------------------------------------------------------------------------------


@rule("R10", "admin")
@pytest.mark.parametrize(
    ("before", "after", "settings"),
    [
        (25, 40, ("everyone", False, True)),
        (25, 17, ("no_one", True, True)),
        (25, 14, ("no_one", True, False)),
    ],
)
def test_settings_are_as_narrow_as_the_age_begins_with(support, before, after, settings):
    person = make_user("max", age=before, messages_from="everyone")

    correct(support, person, after)

    assert settings_of(person) == settings
    assert person.age == after


@rule("R10", "admin")
def test_whoever_is_older_keeps_what_is_narrow(support, kid):
    before = settings_of(kid)

    correct(support, kid, 25)

    assert settings_of(kid) == before
    assert kid.age == 25


@rule("R10", "admin")
def test_it_is_on_record_told_and_can_be_appealed_against(support, zoe):
    decision = correct(support, zoe, 17)

    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.actor_id) == ("person.age_corrected", support.pk)
    assert (entry.facts["age_before"], entry.facts["age"]) == (25, 17)
    assert str(years_ago(17)) not in str(entry.facts)
    assert CaseNote.objects.get(case=decision.case).words == "Passport, seen 2 March."
    assert ages.answers(zoe) == [decision]
    assert decision.words == "You sent us your papers."
    assert not Case.objects.open().exists()


def test_a_correction_that_is_taken_back_leaves_settings_narrow(support, zoe):
    decision = correct(support, zoe, 14)

    deciding.undo(staff("sam", "senior"), decision, "We looked at the wrong papers.")

    zoe.refresh_from_db()
    assert zoe.age == 25
    assert settings_of(zoe) == ("no_one", True, False)


@rule("R10", "admin")
def test_whoever_is_under_13_is_kept_out_until_they_are_13(support, zoe):
    decision = correct(support, zoe, 11)

    zoe.refresh_from_db()
    born = zoe.birth_date
    birthday = born.replace(year=born.year + 13)
    assert decision.has("suspend")
    assert not zoe.is_active
    assert zoe.suspended_until is not None
    assert 0 <= (zoe.suspended_until.date() - birthday).days <= 1


@pytest.mark.parametrize("role", ["moderator", "legal", None])
def test_others_may_not(role, zoe):
    person = staff("max", role) if role else make_user("max")

    with pytest.raises(Refused):
        correct(person, zoe, 17)

    zoe.refresh_from_db()
    assert zoe.age == 25


def test_nobody_corrects_their_own_or_a_superusers_age(support, mod):
    with pytest.raises(ValidationError):
        correct(support, support, 17)
    with pytest.raises(Refused):
        correct(support, mod, 17)


def test_what_makes_no_sense_is_refused(support, zoe):
    for birth_date in (timezone.now().date() + timedelta(days=2), date(1850, 1, 1), zoe.birth_date):
        with pytest.raises(ValidationError):
            ages.correct_birth_date(
                support, zoe, birth_date=birth_date, words="Why.", evidence="What."
            )
    for missing in ({"words": " "}, {"evidence": ""}):
        with pytest.raises(ValidationError):
            correct(support, zoe, 17, **missing)

    assert not Decision.objects.exists()


# --- Asking ---------------------------------------------------------------------------------------


def test_a_person_asks_and_is_answered(support, zoe):
    case = ages.ask_for_correction(zoe, birth_date=years_ago(30), words="I mistyped the year.")

    assert ages.waiting_request(zoe) == case
    with pytest.raises(Conflict):
        ages.ask_for_correction(zoe, birth_date=years_ago(31), words="Again.")
    decision = ages.keep_birth_date(support, zoe, words="Send your papers.", evidence="No papers.")

    case.refresh_from_db()
    assert (decision.case, case.state) == (case, Case.State.DECIDED)
    assert ages.waiting_request(zoe) is None
    zoe.refresh_from_db()
    assert zoe.age == 25
    with pytest.raises(Conflict):
        ages.keep_birth_date(support, zoe, words="Again.", evidence="Nothing.")


# --- Birthdays ------------------------------------------------------------------------------------


@rule("R10", "job")
@pytest.mark.parametrize("age", [16, 18])
def test_a_birthday_has_the_rules_asked_anew_and_loosens_nothing(db, age, monkeypatch):
    today = timezone.now().date()
    born = today.replace(year=today.year - age)
    person = make_user("max", messages_from="no_one", is_private=True)
    User.objects.filter(pk=person.pk).update(birth_date=born, suggests_account=False)
    asked: list = []
    monkeypatch.setattr(actions.people.ports, "relation_changed", asked.append)
    before = settings_of(person)

    assert actions.keep_birthdays() == 1

    assert asked == [person.pk]
    assert settings_of(person) == before == ("no_one", True, False)


# --- Doors ----------------------------------------------------------------------------------------


def test_the_page_asks_and_says_what_became_of_it(support, zoe, browser):
    there = browser(zoe)
    wanted = {"birth_date": years_ago(30).isoformat(), "words": "I mistyped the year."}

    assert there.post("/settings/age/", {"birth_date": "soon"}).status_code == 422
    assert there.post("/settings/age/", wanted).status_code == 302
    assert "Somebody looks at it" in there.get("/settings/age/").content.decode()
    decision = ages.keep_birth_date(support, zoe, words="Send your papers.", evidence="None.")

    page = there.get("/settings/age/").content.decode()
    assert f'href="/settings/decisions/{decision.pk}/"' in page
    told = there.get(f"/settings/decisions/{decision.pk}/").content.decode()
    assert "Your birth date stays as it is." in told
    assert "Send your papers." in told


def test_an_app_asks_by_rest(zoe, api):
    wanted = {"birth_date": years_ago(30).isoformat(), "words": "I mistyped the year."}

    asked = api(zoe).post("/api/v1/me/age-correction/", wanted)
    again = api(zoe).post("/api/v1/me/age-correction/", wanted)
    same = api(zoe).post(
        "/api/v1/me/age-correction/", wanted | {"birth_date": zoe.birth_date.isoformat()}
    )

    assert (asked.status_code, asked.json()["waiting"]) == (202, True)
    assert (again.status_code, again.json()["code"]) == (409, "age.asked")
    assert (same.status_code, same.json()["code"]) == (400, "birth_date.same")
    assert api().get("/api/v1/me/age-correction/").status_code == 401


@rule("R10", "admin")
def test_support_corrects_it_in_the_admin_and_a_moderator_does_not(support, zoe):
    said = {
        "birth_date": years_ago(17).isoformat(),
        "words": "You sent us your papers.",
        "evidence": "Passport, seen 2 March.",
    }
    path = f"/admin/accounts/user/{zoe.pk}/age/"

    assert desk_of(staff("max", "moderator")).post(path, said).status_code == 403
    assert desk_of(support).get(path).status_code == 200
    assert desk_of(support).post(path, said).status_code == 302

    zoe.refresh_from_db()
    assert zoe.age == 17
