"""Guardians and their young people (R30): linked with consent, narrowing only, seeing no word."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts import families, policy
from accounts.errors import Refused
from accounts.models import GuardianLink, GuardianLook, PairingCode, User
from tests.accounts.told import lines_of, run_jobs, told
from tests.factories import block, follow, make_user, years_ago
from tests.rules import rule

pytestmark = pytest.mark.django_db


def linked(guardian: User, teen: User, **narrowed) -> GuardianLink:
    """A link in force, made as people make it."""
    asked = families.enter_code(teen, families.make_code(guardian).digits)
    link = families.consent(teen, asked)
    return families.tighten(guardian, link, **narrowed) if narrowed else link


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# --- Pairing --------------------------------------------------------------------------------------


@rule("R30", "page")
def test_a_code_links_nobody_before_the_teenager_says_yes(ana, teo):
    asked = families.enter_code(teo, families.make_code(ana).digits)

    assert (asked.guardian, asked.teen, asked.is_in_force) == (ana, teo, False)
    assert fresh(teo).guarded is None
    families.consent(teo, asked)
    assert fresh(teo).guarded == {}


def test_the_teenager_may_show_the_code_too_and_still_consents(ana, teo):
    asked = families.enter_code(ana, families.make_code(teo).digits)
    run_jobs()

    assert (asked.guardian, asked.teen, asked.is_asked) == (ana, teo, True)
    assert told(teo) == ["Ana wants to be your guardian here. Nothing happens before you say yes"]


def test_a_guardian_cannot_say_the_teenagers_yes(ana, teo):
    asked = families.enter_code(teo, families.make_code(ana).digits)

    with pytest.raises(Refused) as refused:
        families.consent(ana, asked)

    assert (refused.value.code, fresh(teo).guarded) == ("policy.R30", None)


def test_a_code_is_good_once_for_a_quarter_of_an_hour_and_stored_as_a_digest(ana, teo, kid):
    code = families.make_code(ana)
    row = PairingCode.objects.get()
    assert code.digits not in row.digest
    assert len(code.digits) == 8
    families.enter_code(teo, code.spaced)

    with pytest.raises(ValidationError):
        families.enter_code(kid, code.digits)
    late = families.make_code(ana)
    PairingCode.objects.update(expires_at=timezone.now())
    with pytest.raises(ValidationError) as refused:
        families.enter_code(kid, late.digits)
    assert refused.value.code == "family.code"


def test_codes_cannot_be_tried_out(ana, teo):
    code = families.make_code(ana)
    for _again in range(5):
        with pytest.raises(ValidationError):
            families.enter_code(teo, "00000000")

    with pytest.raises(Refused) as refused:
        families.enter_code(teo, code.digits)

    assert refused.value.code == "guess.too_many"


@pytest.mark.parametrize(("one", "other"), [("ana", "ben"), ("teo", "kid")])
def test_guardians_are_adults_and_wards_are_not(request, one, other):
    maker, enterer = request.getfixturevalue(one), request.getfixturevalue(other)

    with pytest.raises(Refused) as refused:
        families.enter_code(enterer, families.make_code(maker).digits)

    assert refused.value.code == "policy.R30"


def test_no_link_across_a_block(ana, teo):
    block(teo, ana)

    with pytest.raises(Refused) as refused:
        families.enter_code(teo, families.make_code(ana).digits)

    assert refused.value.code == "policy.unreachable"


def test_a_teenager_has_two_guardians_at_most(ana, ben, zoe, teo):
    linked(ana, teo)
    linked(ben, teo)

    with pytest.raises(Refused) as refused:
        families.enter_code(teo, families.make_code(zoe).digits)

    assert refused.value.code == "policy.R30"


def test_a_third_guardian_asked_before_is_refused_at_the_yes(ana, ben, zoe, teo):
    third = families.enter_code(teo, families.make_code(zoe).digits)
    linked(ana, teo)
    linked(ben, teo)

    with pytest.raises(Refused) as refused:
        families.consent(teo, third)

    assert refused.value.code == "policy.R30"


def test_a_guardian_has_ten_young_people_at_most(ana, teo):
    for _each in range(10):
        linked(ana, make_user(age=15))

    with pytest.raises(Refused) as refused:
        families.enter_code(teo, families.make_code(ana).digits)

    assert refused.value.code == "policy.R30"


# --- Ending ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", "teo"])
def test_either_ends_it_and_the_other_is_told(ana, teo, who):
    link = linked(ana, teo, minutes=20, messages_from="no_one")
    actor, other = (ana, teo) if who == "ana" else (teo, ana)

    families.end_link(actor, link)
    run_jobs()

    assert fresh(teo).guarded is None
    assert told(other)[0] == f"{actor.name} ended your family pairing"
    assert lines_of(actor)[:1] == [] or "ended" not in told(actor)[0]
    with pytest.raises(Http404):
        families.find_link(other, link.pk)


def test_nobody_else_ends_or_sees_a_link(ana, ben, teo):
    link = linked(ana, teo)

    for act in (families.end_link, families.see):
        with pytest.raises(Http404):
            families.find_link(ben, link.pk)
            act(ben, link)
    assert fresh(teo).guarded == {}


@rule("R10", "job")
def test_at_eighteen_it_ends_by_itself_and_loosens_nothing(ana, teo):
    teo.messages_from = "everyone"
    teo.save(update_fields=["messages_from"])
    linked(ana, teo, minutes=25, messages_from="friends")
    User.objects.filter(pk=teo.pk).update(birth_date=years_ago(18))

    assert families.end_grown_up_links() == 1
    run_jobs()

    grown = fresh(teo)
    assert grown.guarded is None
    assert (grown.messages_from, grown.allowance().limit) == ("friends", 25)
    assert told(ana)[0] == "Your family pairing with Teo ended: it is there until 18"
    assert told(teo)[0] == "Your family pairing with Ana ended: it is there until 18"
    assert families.end_grown_up_links() == 0


# --- Narrowing ------------------------------------------------------------------------------------


def test_the_stricter_of_own_setting_and_guardians_holds(ana, ben, teo):
    linked(ana, teo, minutes=40, messages_from="friends")
    linked(ben, teo, minutes=20, is_restricted=True, is_search_off=True)

    person = fresh(teo).person

    assert person.ward == policy.Ward(
        messages_from="friends", minutes=20, restricted=True, search=False
    )
    assert person.reachable_by == "friends"
    assert policy.search(person) is not None
    assert fresh(teo).allowance().limit == 20


def test_taking_one_guardians_word_back_leaves_the_others(ana, ben, teo):
    link = linked(ana, teo, minutes=20)
    linked(ben, teo, minutes=40)

    families.tighten(ana, link, minutes=None)

    assert fresh(teo).allowance().limit == 40


@pytest.mark.parametrize("minutes", [0, 61, 500])
def test_a_guardian_only_tightens(ana, teo, minutes):
    link = linked(ana, teo)

    with pytest.raises(Refused) as refused:
        families.tighten(ana, link, minutes=minutes)

    assert (refused.value.code, fresh(teo).guarded) == ("policy.R30", {})


def test_a_teenager_does_not_narrow_for_the_guardian(ana, teo):
    link = linked(ana, teo, minutes=20)

    with pytest.raises(Refused):
        families.tighten(teo, link, minutes=60)

    assert fresh(teo).allowance().limit == 20


def test_under_sixteen_there_are_no_messages_to_narrow(ana, kid):
    link = linked(ana, kid)

    with pytest.raises(Refused):
        families.tighten(ana, link, messages_from="friends")


def test_quiet_hours_of_guardians_join_those_of_the_night(ana, ben, teo):
    linked(ana, teo, quiet_from=datetime.time(13), quiet_until=datetime.time(15))
    linked(ben, teo, quiet_from=datetime.time(17), quiet_until=datetime.time(18))
    ward = fresh(teo).person.ward
    assert ward is not None

    quiet = [
        hour for hour in range(24) if policy.is_quiet(16, datetime.time(hour), None, ward.quiet)
    ]

    assert quiet == [0, 1, 2, 3, 4, 5, 6, 13, 14, 17, 22, 23]


@pytest.mark.parametrize(
    "hours",
    [
        {"quiet_from": datetime.time(9)},
        {"quiet_from": datetime.time(9), "quiet_until": datetime.time(9)},
    ],
)
def test_quiet_hours_are_whole(ana, teo, hours):
    link = linked(ana, teo)

    with pytest.raises(ValidationError):
        families.tighten(ana, link, **hours)


def test_the_teenagers_own_setting_is_no_wider_than_the_guardians(ana, teo):
    from accounts import actions

    linked(ana, teo, messages_from="friends")

    with pytest.raises(Refused) as refused:
        actions.update_privacy(fresh(teo), messages_from="everyone")

    assert refused.value.code == "policy.R30"
    actions.update_privacy(fresh(teo), messages_from="no_one")
    assert fresh(teo).messages_from == "no_one"


# --- Seeing ---------------------------------------------------------------------------------------


def test_a_guardian_sees_people_and_minutes_and_each_look_is_kept(ana, ben, zoe, teo):
    link = linked(ana, teo)
    follow(ben, teo)
    follow(teo, zoe)
    block(teo, ben)

    seen = families.see(ana, link)

    assert [list(each.shown) for each in (seen.followers, seen.following, seen.blocked)] == [
        [ben],
        [zoe],
        [ben],
    ]
    assert len(seen.days) == 7
    assert GuardianLook.objects.filter(link=link).count() == 1
    families.see(teo, link)
    assert GuardianLook.objects.filter(link=link).count() == 1


def test_what_is_seen_takes_few_queries(ana, teo, django_assert_num_queries):
    link = linked(ana, teo)
    for _each in range(5):
        follow(make_user(), teo)
    link = families.find_link(ana, link.pk)

    with django_assert_num_queries(8):
        families.see(ana, link)


def test_nothing_is_seen_before_the_yes(ana, teo):
    asked = families.enter_code(teo, families.make_code(ana).digits)

    with pytest.raises(Http404):
        families.see(ana, asked)
