"""REST adds several people at once: each by their own rules, all with the queries of one (R20)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import actions
from tests.factories import befriend, block, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(ana, ben):
    return actions.create_group(ana, title="Films", members=[ben])


def add(client, group, *usernames: str):
    url = f"/api/v1/conversations/{group.pk}/additions/"
    return client.post(url, {"usernames": usernames}, format="json")


def friends(person, count: int, **facts) -> list[str]:
    found = [make_user(**facts) for _ in range(count)]
    for each in found:
        befriend(person, each)
    return [each.username for each in found]


@rule("R20", "api")
def test_each_is_answered_for_on_their_own(api, ana, ben, zoe, group):
    joining, asking = friends(ana, 1)[0], friends(ana, 1, asks_before_groups=True)[0]
    gone = make_user("gone")
    block(gone, ana)

    answer = add(api(ana), group, joining.upper(), asking, "ben", "zoe", "gone")

    assert answer.status_code == 200
    said = answer.json()
    assert [(each["username"], each["state"]) for each in said["added"]] == [
        (joining, "active"),
        (asking, "invited"),
        ("ben", "active"),
    ]
    # That somebody blocks one reads as that somebody is nobody's friend does.
    kept_out = {each.pop("username"): each for each in said["not_added"]}
    assert kept_out["gone"]["code"] == "policy.unreachable"
    assert set(kept_out) == {"zoe", "gone"}
    assert said["waiting"] == []


def test_a_name_that_nobody_has_adds_nobody(api, ana, group):
    answer = add(api(ana), group, *friends(ana, 1), "nobody.of.that.name")

    assert answer.status_code == 404
    assert group.memberships.active().count() == 2


@pytest.mark.parametrize("count", [0, 33])
def test_one_to_thirty_two_at_a_time(api, ana, group, count):
    assert add(api(ana), group, *(["ben"] * count)).status_code == 400


def test_thirty_two_cost_what_two_do(api, ana, ben, group):
    other = actions.create_group(ana, title="Other", members=[ben])
    app, costs = api(ana), []
    add(app, other, "ben")  # what is asked once is known by then

    for place, count in ((group, 2), (other, 32)):
        names = friends(ana, count)
        with CaptureQueriesContext(connection) as asked:
            assert add(app, place, *names).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]
    assert other.memberships.active().count() == 34
