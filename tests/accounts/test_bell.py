"""The bell on a profile: being told of somebody's new videos, or not."""

import pytest
from django.http import Http404
from django.urls import reverse

from accounts import actions
from accounts.models import Follow, standing_between
from tests.factories import befriend, block, follow

pytestmark = pytest.mark.django_db


def bell_of(follower, followed) -> bool | None:
    return Follow.objects.get(follower=follower, followed=followed).bell


def test_friends_are_told_and_others_are_not_until_they_say_so(ana, ben, zoe):
    follow(zoe, ana)

    assert standing_between(ben, ana).bell
    assert not standing_between(zoe, ana).bell

    actions.set_bell(ben, ana, on=False)
    actions.set_bell(zoe, ana, on=True)

    assert not standing_between(ben, ana).bell
    assert standing_between(zoe, ana).bell


def test_who_does_not_follow_has_no_bell(ana, zoe, kid):
    Follow.objects.create(follower=zoe, followed=kid)  # it waits for an answer

    for person in (ana, kid):
        with pytest.raises(Http404):
            actions.set_bell(zoe, person, on=True)


def test_following_anew_begins_anew(ana, zoe):
    actions.follow(zoe, ana)
    actions.set_bell(zoe, ana, on=True)

    actions.unfollow(zoe, ana)
    actions.follow(zoe, ana)

    assert bell_of(zoe, ana) is None


def test_the_profile_shows_it_to_followers_only(browser, ana, zoe):
    page = browser(zoe).get(ana.get_absolute_url()).content.decode()
    assert reverse("accounts:bell", args=["ana"]) not in page

    follow(zoe, ana)
    page = browser(zoe).get(ana.get_absolute_url()).content.decode()

    assert reverse("accounts:bell", args=["ana"]) in page
    assert 'aria-pressed="false"' in page


def test_the_page_answers_with_the_button(browser, ana, zoe):
    follow(zoe, ana)

    answer = browser(zoe).post(
        reverse("accounts:bell", args=["ana"]), {"on": "1"}, headers={"HX-Request": "true"}
    )

    assert 'aria-pressed="true"' in answer.content.decode()
    assert bell_of(zoe, ana) is True


def test_without_a_script_the_page_comes_back(browser, ana, zoe):
    befriend(zoe, ana)

    answer = browser(zoe).post(reverse("accounts:bell", args=["ana"]), {"on": "0"})

    assert (answer.status_code, answer["Location"]) == (302, ana.get_absolute_url())
    assert bell_of(zoe, ana) is False


def test_rest_turns_it_on_and_off(api, ana, zoe):
    follow(zoe, ana)
    client = api(zoe)

    on = client.post("/api/v1/users/ana/bell/")
    off = client.delete("/api/v1/users/ana/bell/")

    assert (on.status_code, on.json()["bell"]) == (200, True)
    assert (off.status_code, off.json()["bell"]) == (200, False)
    assert client.get("/api/v1/users/ana/").json()["relation"]["bell"] is False


@pytest.mark.parametrize("door", ["page", "rest"])
def test_nobody_rings_where_they_may_not(door, api, browser, ana, zoe, kid):
    """A stranger, who asked and waits, somebody across a block, and who is not signed in."""
    block(ana, zoe)
    Follow.objects.create(follower=zoe, followed=kid)
    for name in ("ana", "kid", "nobody"):
        if door == "rest":
            assert api(zoe).post(f"/api/v1/users/{name}/bell/").status_code == 404
        else:
            asked = reverse("accounts:bell", args=[name])
            assert browser(zoe).post(asked, {"on": "1"}).status_code == 404
    if door == "rest":
        assert api().post("/api/v1/users/ana/bell/").status_code in {401, 403}
