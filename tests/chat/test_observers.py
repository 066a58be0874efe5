"""Membership remembers what policy decides, from the moment a relation changes."""

import pytest

from accounts import actions as people
from accounts import ports
from chat import actions
from chat.models import Membership
from tests.factories import befriend, follow, make_user, years_ago

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(conversation) -> dict[str, str | None]:
    rows = Membership.objects.filter(conversation=conversation)
    return dict(rows.values_list("user__username", "send_refusal"))


def set_messages_from(user, setting) -> None:
    user.messages_from = setting
    user.save()
    ports.relation_changed(user.pk)


def test_block_bars_both_ways_and_lifting_it_opens_again(ana, ben):
    direct = actions.start_direct(ana, ben)

    people.block(ana, ben)
    assert refusals(direct) == {"ana": "policy.unreachable", "ben": "policy.unreachable"}

    people.unblock(ana, ben)
    assert refusals(direct) == {"ana": None, "ben": None}


def test_no_one_silences_old_conversations_too(ana, ben):
    direct = actions.start_direct(ana, ben)

    set_messages_from(ben, "no_one")

    assert refusals(direct) == {"ana": "policy.unreachable", "ben": None}


def test_narrower_setting_leaves_accepted_conversations_open(ana, ben):
    direct = actions.start_direct(ana, ben)

    people.unfollow(ben, ana)
    set_messages_from(ben, "friends")

    assert refusals(direct) == {"ana": None, "ben": None}


def test_request_is_bound_by_the_rules_for_starting(ben, zoe):
    request = actions.start_direct(zoe, ben)

    set_messages_from(ben, "friends")

    assert refusals(request) == {"zoe": "policy.unreachable", "ben": None}


def test_corrected_age_ends_all_writing(ana, ben, group):
    direct = actions.start_direct(ana, ben)

    ben.birth_date = years_ago(14)
    ben.save()
    ports.relation_changed(ben.pk)

    assert refusals(direct) == {"ana": "policy.unreachable", "ben": "policy.R2"}
    assert refusals(group) == {"ana": None, "ben": "policy.R2"}
    assert list(Membership.objects.reaching([ben.pk])) == []


def test_others_are_left_alone(ana, ben, zoe):
    befriend(ana, zoe)
    direct = actions.start_direct(ana, zoe)

    people.block(ben, zoe)

    assert refusals(direct) == {"ana": None, "zoe": None}


def test_group_outlives_a_block(ana, ben, group):
    people.block(ana, ben)

    assert refusals(group) == {"ana": None, "ben": None}


def test_many_conversations_cost_few_queries(ana, django_assert_max_num_queries):
    for _ in range(8):
        friend = make_user()
        follow(friend, ana)
        actions.start_direct(ana, friend)

    with django_assert_max_num_queries(9):
        ports.relation_changed(ana.pk)
