"""`?fields=`: an app reads the members that it shows, and no more."""

import pytest

from tests.factories import befriend

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(ana, ben, api):
    befriend(ana, ben)

    def read(path: str, fields: str):
        return api(ana).get(f"/api/v1/{path}", {"fields": fields})

    return read


def test_a_thing_has_only_the_members_that_were_named(read):
    assert read("users/ben/", "username, name").json() == {"username": "ben", "name": "Ben"}


def test_each_of_a_page_has_them_and_the_page_stays_one(read):
    page = read("users/ben/followers/", "username").json()

    assert page["results"] == [{"username": "ana"}]
    assert {"next", "previous"} < page.keys()


def test_a_member_of_a_member_is_named_with_a_dot(read):
    told = read("capabilities/", "server.version,features.messages").json()

    assert told["server"] == {"version": "1"}
    assert list(told["features"]) == ["messages"]
    assert len(told) == 2


@pytest.mark.parametrize("fields", ["shoe_size", "username.first", "username,shoe_size"])
def test_a_name_that_nothing_has_is_refused(read, fields):
    refused = read("users/ben/", fields)

    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "fields.unknown"
    assert refused.json()["errors"][0]["field"] == "fields"


def test_of_an_empty_page_any_member_may_be_named(read):
    assert read("users/ben/videos/", "caption").json()["results"] == []


@pytest.mark.parametrize("fields", ["", ","])
def test_no_name_narrows_nothing(read, fields):
    assert "bio" in read("users/ben/", fields).json()


def test_refusals_are_told_whole(api, read):
    refused = read("users/nobody/", "username")

    assert refused.status_code == 404
    assert {"code", "detail", "errors"} < refused.json().keys()
