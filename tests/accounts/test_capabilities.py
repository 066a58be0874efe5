"""What apps are told that can be done: by age, by region, and in which numbers."""

import pytest
from rest_framework.test import APIClient

from accounts import actions
from accounts.models import User
from accounts.regions import table
from chat.actions import start_direct
from tests.factories import make_user

URL = "/api/v1/capabilities/"


def told(api, person=None) -> dict:
    return api(person).get(URL).json()


def test_each_age_is_told_what_it_may_do(api, ana, teo):
    kid = make_user("kid", age=14)

    may = {person.username: told(api, person)["may"] for person in (ana, teo, kid)}

    assert set(may["ana"].values()) == {True}
    assert {verb for verb, allowed in may["teo"].items() if allowed} == {"write_messages", "search"}
    assert {verb for verb, allowed in may["kid"].items() if allowed} == {"search"}


@pytest.mark.django_db
def test_whoever_is_signed_out_learns_what_is_here_and_nothing_of_themselves(api):
    found = told(api)

    assert found["may"] is None
    assert found["server"]["version"] == "1"
    assert found["server"]["languages"] == ["en", "es"]
    assert found["server"]["direct_uploads"] is False
    assert set(found["limits"]) == {"accounts", "videos", "chat", "commerce"}


def test_what_is_off_in_a_region_is_said_there_with_all_that_is_a_part_of_it(api, ana, ben, mod):
    User.objects.filter(pk=ana.pk).update(region="IN")
    actions.switch_off(mod, region="IN", feature="messages", reasons={"en": "A court said so."})
    table.forget()

    here, there = (told(api, User.objects.get(pk=one.pk))["features"] for one in (ana, ben))

    off = {feature for feature, is_on in here.items() if not is_on}
    assert off == {"messages", "groups", "channels"}
    assert all(there.values())


@pytest.mark.django_db(transaction=True)
def test_the_numbers_are_those_that_are_enforced(api, ana, ben):
    limits = told(api, ana)["limits"]["chat"]
    talk = start_direct(ana, ben)
    url = f"/api/v1/conversations/{talk.pk}/messages/"
    client: APIClient = api(ana)

    def say(length: int) -> int:
        words = {"body": "x" * length, "client_id": f"00000000-0000-4000-8000-{length:012}"}
        return client.post(url, words, format="json").status_code

    assert say(limits["message_length"]) == 201
    assert say(limits["message_length"] + 1) == 400


def test_it_takes_one_query_for_the_account(client, ana, django_assert_num_queries):
    client.force_login(ana)
    client.get(URL)

    with django_assert_num_queries(1):
        client.get(URL)
