"""What a decision costs: how two stand to each other, asked for once, and nothing besides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.models.relation import relation_between, relations_of
from accounts.policy import Ward
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded(teo) -> User:
    """Teo as the database gives him, with all that a decision could ask for beside his row."""
    until = (timezone.now() + timedelta(days=3)).isoformat()
    stored = Ward(messages_from="friends", minutes=30, restricted=True).stored()
    User.objects.filter(pk=teo.pk).update(limits={"comment": until}, guarded=stored)
    return User.objects.get(pk=teo.pk)


def test_a_person_is_known_by_their_own_row(ana, guarded, django_assert_num_queries):
    with django_assert_num_queries(0):
        person = guarded.person
        policy.start_direct(ana.person, person, policy.Relation())
        policy.add_to_group(ana.person, person, policy.Relation())
        policy.comment_on(person, policy.Relation(), allowed_to="friends")
        policy.daily_minutes(person, None)

    assert (person.reachable_by, person.limited) == ("friends", frozenset({"comment"}))


@pytest.mark.parametrize("count", [1, 32])
def test_relations_to_many_cost_what_one_costs(ana, count, django_assert_num_queries):
    others = [make_user() for _ in range(count)]
    for other in others[::2]:
        befriend(ana, other)

    with django_assert_num_queries(3):
        relations = relations_of(ana, [other.pk for other in others])

    assert sum(relation.friends for relation in relations.values()) == len(others[::2])


def test_a_decision_costs_the_relation_alone(ana, ben, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert policy.start_direct(ana.person, ben.person, relation_between(ana, ben)) is None
