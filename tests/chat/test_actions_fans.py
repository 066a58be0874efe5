"""Fan groups: who meets the rules joins, and is told what is missing otherwise (R27)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.errors import Refused
from accounts.models import Entitlement, Follow
from chat import actions
from chat.models import Conversation, JoinRule, Membership
from tests.factories import befriend, block, follow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


def make(owner, *rules) -> Conversation:
    return actions.create_fan_group(owner, title="Inner circle", rules=rules)


def follow_since(person, creator, **ago) -> None:
    follow(person, creator)
    moment = timezone.now() - timedelta(**ago)
    Follow.objects.filter(follower=person, followed=creator).update(accepted_at=moment)


def missing(person, group) -> list[str | None]:
    return [condition.missing for condition in actions.join_conditions(person, group)]


def test_who_follows_long_enough_joins(ana, zoe):
    group = make(ana, {"kind": "follows", "days": 7})
    follow_since(zoe, ana, days=8)

    membership = actions.join_fan_group(zoe, group)

    assert isinstance(membership, Membership)
    assert membership.is_active
    assert group.messages.filter(notice__code="member.joined").count() == 1
    assert actions.join_fan_group(zoe, group).pk == membership.pk


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (None, "Follow Ana for 7 days"),
        ({"days": 4, "hours": 1}, "Follow Ana for 3 more days"),
        ({"days": 6, "hours": 5}, "Follow Ana for 1 more day"),
        ({"days": 7}, None),
    ],
)
def test_what_is_missing_is_told(ana, zoe, ago, words):
    group = make(ana, {"kind": "follows", "days": 7})
    if ago is not None:
        follow_since(zoe, ana, **ago)

    assert missing(zoe, group) == [words]
    if words:
        with pytest.raises(Refused) as refusal:
            actions.join_fan_group(zoe, group)
        assert (refusal.value.code, str(refusal.value.detail)) == ("join.unmet", words)


def test_request_to_a_private_account_is_no_following(ana, zoe):
    group = make(ana, {"kind": "follows"})
    Follow.objects.create(follower=zoe, followed=ana)

    assert missing(zoe, group) == ["Follow Ana"]


def test_what_was_bought_lets_in_while_it_lasts(ana, zoe):
    group = make(ana, {"kind": "entitlement", "name": "Gold"})
    before = missing(zoe, group)
    bought = Entitlement.objects.create(holder=zoe, grantor=ana, name="Gold")

    valid = missing(zoe, group)
    Entitlement.objects.filter(pk=bought.pk).update(revoked_at=timezone.now())
    revoked = missing(zoe, group)
    Entitlement.objects.filter(pk=bought.pk).update(
        revoked_at=None, expires_at=timezone.now() - timedelta(hours=1)
    )

    assert before == revoked == missing(zoe, group) == ["Get “Gold” in Ana's shop"]
    assert valid == [None]


def test_what_another_sells_lets_nobody_in(ana, ben, zoe):
    group = make(ana, {"kind": "entitlement", "name": "Gold"})
    Entitlement.objects.create(holder=zoe, grantor=ben, name="Gold")

    assert missing(zoe, group) != [None]


def test_code_lets_in_and_is_kept_as_a_digest(ana, zoe):
    group = make(ana, {"kind": "code", "code": "open sesame"})

    with pytest.raises(Refused) as refusal:
        actions.join_fan_group(zoe, group, given={"code": "open barley"})
    joined = actions.join_fan_group(zoe, group, given={"code": " Open Sesame "})

    assert refusal.value.code == "join.unmet"
    assert isinstance(joined, Membership)
    assert joined.is_active
    assert "sesame" not in str(JoinRule.objects.get().options).lower()


def test_nobody_guesses_through_codes(ana, zoe):
    group = make(ana, {"kind": "code", "code": "open sesame"})

    codes = []
    for number in range(12):
        with pytest.raises(Refused) as refusal:
            actions.join_fan_group(zoe, group, given={"code": f"guess {number}"})
        codes.append(refusal.value.code)

    assert codes == ["join.unmet"] * 10 + ["code.tries"] * 2


def test_all_rules_have_to_be_met(ana, zoe):
    group = make(ana, {"kind": "follows"}, {"kind": "entitlement", "name": "Gold"})
    follow(zoe, ana)

    with pytest.raises(Refused):
        actions.join_fan_group(zoe, group)

    assert missing(zoe, group)[0] is None


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"kind": "magic"}, "join_rule.unknown"),
        ({"kind": "follows", "days": 366}, "join_rule.malformed"),
        ({"kind": "follows", "days": "7"}, "join_rule.malformed"),
        ({"kind": "entitlement", "name": " "}, "join_rule.malformed"),
        ({"kind": "code", "code": "short"}, "code.shape"),
    ],
)
def test_rules_make_sense(ana, rule, code):
    with pytest.raises(ValidationError) as error:
        make(ana, rule)

    assert error.value.code == code
    assert not Conversation.objects.exists()


def test_only_adults_open_a_group_to_fans(ana, teo):
    with pytest.raises(Refused) as refusal:
        make(teo, {"kind": "follows"})

    assert refusal.value.code == "policy.R7"


def test_teen_comes_by_a_friend_and_not_by_rules(ana, teo, zoe):
    group = make(ana, {"kind": "follows"})
    follow(teo, ana)
    follow(zoe, ana)

    with pytest.raises(Refused) as by_rules:
        actions.join_fan_group(teo, group)
    befriend(ana, teo)
    actions.add_member(ana, group, teo)
    with pytest.raises(Refused) as beside_a_teen:
        actions.join_fan_group(zoe, group)

    assert by_rules.value.code == "policy.R22"
    assert beside_a_teen.value.code == "policy.R21"


def test_last_place_goes_to_one(ana, ben, zoe, monkeypatch):
    monkeypatch.setattr(policy.groups, "GROUP_CAPACITY", 2)
    group = make(ana, {"kind": "follows"})
    follow(zoe, ana)
    actions.join_fan_group(zoe, group)

    with pytest.raises(Refused) as refusal:
        actions.join_fan_group(ben, group)

    assert refusal.value.code == "policy.R21"


def test_banned_and_blocked_people_do_not_find_it(ana, ben, zoe):
    group = make(ana, {"kind": "follows"})
    follow(zoe, ana)
    actions.join_fan_group(zoe, group)
    actions.ban(ana, group, zoe)
    block(ana, ben)

    for person in (zoe, ben):
        with pytest.raises(Http404):
            actions.join_fan_group(person, group)


def test_members_of_a_fan_group_do_not_add_around_the_rules(ana, ben, zoe):
    group = make(ana, {"kind": "follows"})
    actions.join_fan_group(ben, group)
    befriend(ben, zoe)

    with pytest.raises(Refused) as refusal:
        actions.add_member(ben, group, zoe)

    assert refusal.value.code == "role.missing"


def test_group_without_rules_is_found_by_nobody(ana, ben, zoe, group):
    with pytest.raises(Http404):
        actions.fan_group(zoe, group.pk)
    actions.set_join_rules(ana, group, rules=[{"kind": "follows"}])
    follow(zoe, ana)
    found = actions.fan_group(zoe, group.pk)
    with pytest.raises(Refused) as refusal:
        actions.set_join_rules(ben, group, rules=[])
    actions.set_join_rules(ana, group, rules=[])

    assert (found, refusal.value.code) == (group, "role.missing")
    with pytest.raises(Http404):
        actions.join_fan_group(zoe, group)
    assert Membership.objects.filter(conversation=group).count() == 2
