"""A decision takes off a picture, a name or words about oneself; undone, they are back (R41)."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Decision, User
from accounts.models.decision import APPEAL_TIME
from accounts.moderation import appeals, deciding, profiles
from tests.accounts.pictures import png
from tests.accounts.staff import desk_of, hold, make_case, make_staff
from tests.accounts.test_decisions import SAID, told
from tests.rules import rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(db):
    return make_staff("mia", "moderator")


@pytest.fixture
def nasty(zoe) -> User:
    """Zoe with a picture, a name and words."""
    actions.set_avatar(zoe, BytesIO(png(64, 64)))
    return actions.update_profile(zoe, display_name="Zoe the Worst", bio="Buy here.")


def reset(moderator, person, *parts) -> Decision:
    acts = [("reset_profile", {"parts": parts})]
    return deciding.decide(moderator, make_case(person), acts=acts, **SAID)


def shown(person) -> tuple[bool, str, str]:
    person.refresh_from_db()
    return bool(person.avatar), person.name, person.bio


@rule("R41", "admin", "page", "api")
def test_a_desk_takes_parts_off_and_the_person_reads_why(
    moderator, nasty, api, browser, django_capture_on_commit_callbacks
):
    case = hold(moderator, make_case(nasty))
    form = {"acts": "reset_profile", "parts": ["avatar", "bio"], "limit_days": 7}
    form |= {"suspend_days": 7, "is_strike": "on", "decide": "1", **SAID}
    before = nasty.avatar

    with django_capture_on_commit_callbacks(execute=True):
        desk_of(moderator).post(reverse("admin:accounts_case_decide", args=[case.pk]), form)

    assert shown(nasty) == (False, "Zoe the Worst", "")
    assert told(nasty) == ["accounts.decision"]
    assert not default_storage.exists(before)
    measure = api(nasty).get("/api/v1/me/decisions/").json()["results"][0]["measures"][0]
    assert (measure["name"], measure["parts"]) == (
        "reset_profile",
        ["Picture", "Words about oneself"],
    )
    page = browser(nasty).get(Decision.objects.get().get_absolute_url()).text
    assert "Picture · Words about oneself" in page
    assert "Send the appeal" in page
    assert nasty.strikes.count() == 1


@rule("R41", "page")
def test_an_appeal_that_is_right_brings_all_of_it_back(moderator, nasty):
    decision = reset(moderator, nasty, "avatar", "display_name", "bio")
    assert shown(nasty) == (False, "zoe", "")

    made = appeals.appeal(nasty, decision, "That is satire.")
    appeals.answer(make_staff("sue", "senior"), made, overturn=True, words="It is.")

    assert shown(nasty) == (True, "Zoe the Worst", "Buy here.")
    assert default_storage.exists(nasty.avatar)


def test_what_the_person_filled_in_since_stays_and_what_another_decision_took_off(moderator, nasty):
    first = reset(moderator, nasty, "display_name", "bio")
    actions.update_profile(nasty, bio="I am sorry.", display_name="Zoe the Second")
    reset(moderator, nasty, "display_name")

    deciding.undo(moderator, first, "Wrong.")

    assert shown(nasty) == (True, "zoe", "I am sorry.")


@pytest.mark.parametrize("parts", [(), ("username",), ("bio",)])
def test_what_is_not_there_is_not_taken_off(moderator, zoe, parts):
    with pytest.raises(ValidationError) as refusal:
        reset(moderator, zoe, *parts)
    assert refusal.value.code == "decision.parts"


def test_what_was_taken_off_is_forgotten_a_year_later_or_with_the_account(moderator, nasty):
    old = reset(moderator, nasty, "avatar", "bio")
    assert profiles.let_go(timezone.now()) == 0

    assert profiles.let_go(timezone.now() + 2 * APPEAL_TIME) == 1

    old.refresh_from_db()
    assert (old.options_of("reset_profile")["before"], profiles.let_go_of(nasty.pk)) == ({}, 0)
    assert not profiles.closed_storage().exists(f"profiles/{old.pk}")
    actions.update_profile(nasty, bio="Buy there.")
    reset(moderator, nasty, "bio")
    assert profiles.let_go_of(nasty.pk) == 1
