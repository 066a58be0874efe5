"""Co-creators: asked, shown once they accept, gone when they, the author or a block says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import actions as people
from accounts.errors import Refused
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video
from videos import rights
from videos.actions import crediting
from videos.models import Credit, Video


@pytest.fixture
def walk(ana) -> Video:
    return make_video(ana, caption="a walk")


def accepted(video: Video, person) -> None:
    """As if it had been asked and answered."""
    Credit.objects.create(video=video, user=person, state=Credit.State.ACCEPTED)
    Video.objects.filter(pk=video.pk).update(co_creator_count=video.credits.accepted().count())


def names(video: Video, viewer) -> list[str]:
    """Who stands beside the author, as the viewer sees it."""
    shown = Video.objects.visible_to(viewer).get(pk=video.pk)
    return [person.username for person in shown.co_creators]


def refusal(call, *arguments) -> str:
    with pytest.raises(Refused) as error:
        call(*arguments)
    return error.value.code


# --- Asked and answered ---------------------------------------------------------------------------


def test_a_friend_is_asked_accepts_and_stands_beside_the_author(ana, ben, zoe, walk):
    crediting.invite_co_creator(ana, walk, ben)
    crediting.invite_co_creator(ana, walk, ben)  # a second time changes nothing
    assert names(walk, zoe) == []

    crediting.accept_credit(ben, walk)

    assert names(walk, zoe) == names(walk, ana) == ["ben"]
    assert list(Video.objects.visible_to(zoe).of(ben)) == [walk]
    assert rights.may_see_insights(ben, walk) is False  # as it was when it was read
    walk.refresh_from_db()
    assert rights.may_see_insights(ben, walk) and rights.may_see_insights(ana, walk)
    assert not rights.may_see_insights(zoe, walk)


def test_who_declines_or_leaves_is_named_no_more_and_not_asked_again(ana, ben, walk):
    crediting.invite_co_creator(ana, walk, ben)
    crediting.accept_credit(ben, walk)
    crediting.end_credit(ben, walk)

    walk.refresh_from_db()
    assert (names(walk, ana), walk.co_creator_count) == ([], 0)
    assert refusal(crediting.invite_co_creator, ana, walk, ben) == "credit.declined"
    with pytest.raises(Http404):
        crediting.accept_credit(ben, walk)
    with pytest.raises(Http404):
        crediting.remove_co_creator(ana, walk, ben)  # or it could be asked again


def test_the_author_takes_a_name_away_and_may_ask_again(ana, ben, walk):
    crediting.invite_co_creator(ana, walk, ben)
    crediting.accept_credit(ben, walk)
    crediting.remove_co_creator(ana, walk, ben)

    assert names(walk, ana) == []
    assert crediting.invite_co_creator(ana, walk, ben).state == Credit.State.INVITED


def test_five_stand_beside_the_author_and_no_more(ana, walk):
    for number in range(5):
        friend = make_user(f"friend{number}")
        befriend(ana, friend)
        crediting.invite_co_creator(ana, walk, friend)
    sixth = make_user("sixth")
    befriend(ana, sixth)

    assert refusal(crediting.invite_co_creator, ana, walk, sixth) == "credit.too_many"


# --- Who may --------------------------------------------------------------------------------------


def test_only_friends_are_asked(ana, zoe, walk):
    assert refusal(crediting.invite_co_creator, ana, walk, zoe) == "policy.R20"

    follow(zoe, ana)
    assert refusal(crediting.invite_co_creator, ana, walk, zoe) == "policy.R20"


def test_nobody_invites_into_anothers_video(ana, ben, walk):
    with pytest.raises(PermissionDenied):
        crediting.invite_co_creator(ben, walk, ana)
    with pytest.raises(PermissionDenied):
        crediting.remove_co_creator(ben, walk, ana)
    with pytest.raises(Http404):
        crediting.accept_credit(ben, walk)


def test_who_is_14_neither_asks_nor_is_named_and_nobody_learns_why(ana, kid, teo, walk):
    befriend(ana, kid)
    befriend(ana, teo)

    assert refusal(crediting.invite_co_creator, ana, walk, kid) == "policy.unreachable"
    assert refusal(crediting.invite_co_creator, kid, make_video(kid), ana) == "policy.R5"
    assert crediting.invite_co_creator(ana, walk, teo).state == Credit.State.INVITED


def test_one_is_asked_about_what_one_can_watch(ana, ben):
    own = make_video(ana, audience=Video.Audience.PRIVATE)
    draft = make_video(ana, state=Video.State.DRAFT)

    assert refusal(crediting.invite_co_creator, ana, own, ben) == "credit.unseen"
    assert refusal(crediting.invite_co_creator, ana, draft, ben) == "credit.unpublished"


def test_the_rules_are_asked_again_when_one_accepts(ana, ben, walk):
    crediting.invite_co_creator(ana, walk, ben)
    people.unfollow(ana, ben)

    assert refusal(crediting.accept_credit, ben, walk) == "policy.R20"


# --- Who is gone ----------------------------------------------------------------------------------


def test_a_block_between_the_two_ends_it_for_good(ana, ben, zoe, walk):
    accepted(walk, ben)
    people.block(ben, ana)
    people.unblock(ben, ana)

    walk.refresh_from_db()
    assert (names(walk, zoe), walk.co_creator_count) == ([], 0)
    assert not Video.objects.visible_to(zoe).of(ben).exists()


def test_whom_a_viewer_blocked_or_who_left_is_not_named(ana, ben, zoe, walk):
    accepted(walk, ben)
    block(zoe, ben)
    assert (names(walk, zoe), names(walk, ana)) == ([], ["ben"])

    ben.is_active = False
    ben.save()
    assert names(walk, ana) == []


def test_what_is_not_for_all_is_not_for_all_on_the_others_profile(ana, ben, zoe):
    theirs = make_video(ana, audience=Video.Audience.FRIENDS)
    accepted(theirs, ben)

    assert not Video.objects.visible_to(zoe).of(ben).exists()
    assert list(Video.objects.visible_to(ben).of(ben)) == [theirs]


# --- What it costs --------------------------------------------------------------------------------


def test_names_cost_one_query_and_none_where_there_are_none(
    ana, ben, zoe, walk, django_assert_num_queries
):
    for _each in range(3):
        make_video(ana)
    with django_assert_num_queries(2):  # videos, renditions
        assert all(not video.co_creators for video in Video.objects.visible_to(zoe))

    accepted(walk, ben)
    accepted(make_video(ana), zoe)
    with django_assert_num_queries(3):
        assert sum(len(video.co_creators) for video in Video.objects.visible_to(zoe)) == 2


# --- REST -----------------------------------------------------------------------------------------


def test_credits_go_round_by_rest(api, ana, ben, zoe, walk, django_assert_max_num_queries):
    path = f"/api/v1/videos/{walk.pk}/credits/"

    asked = api(ana).post(path, {"username": "Ben"})
    assert (asked.status_code, asked.json()["state"]) == (201, "invited")
    assert [one["state"] for one in api(ana).get(path).json()] == ["invited"]
    assert api(zoe).get(path).json() == api().get(path).json() == []
    mine = api(ben).get("/api/v1/me/credits/").json()["results"]
    assert [(one["title"], one["author"]["username"]) for one in mine] == [("a walk", "ana")]

    assert api(ben).put(f"{path}me/").json()["state"] == "accepted"
    shown = api(zoe).get(f"/api/v1/videos/{walk.pk}/").json()
    assert [person["username"] for person in shown["co_creators"]] == ["ben"]
    listed = api(zoe).get("/api/v1/users/ben/videos/").json()["results"]
    assert [one["id"] for one in listed] == [str(walk.pk)]
    with django_assert_max_num_queries(5):
        assert len(api(zoe).get(path).json()) == 1

    assert api(ben).delete(f"{path}me/").status_code == 204
    assert api(ana).get(path).json() == []


def test_the_rest_door_says_no(api, ana, ben, zoe, kid, walk):
    path = f"/api/v1/videos/{walk.pk}/credits/"

    assert api().post(path, {"username": "ben"}).status_code == 401
    assert api(zoe).post(path, {"username": "ana"}).status_code == 403
    assert api(zoe).put(f"{path}me/").status_code == 404
    assert api(kid).delete(f"{path}me/").status_code == 404
    assert api(zoe).delete(f"{path}ben/").status_code == 403
    assert api(ana).post(path, {"username": "nobody"}).status_code == 404
    assert api(ana).post(path, {"username": "zoe"}).json()["code"] == "policy.R20"
    block(zoe, ana)
    assert api(ana).post(path, {"username": "zoe"}).status_code == 404
    assert api(zoe).get(path).status_code == 404


# --- Pages ----------------------------------------------------------------------------------------


def test_the_author_asks_by_name_and_the_friend_answers(
    browser, ana, ben, zoe, walk, django_assert_max_num_queries
):
    path = f"/videos/{walk.pk}/credits/"
    assert browser(ana).post(path, {"username": "@Ben"}).status_code == 302
    page = browser(ana)
    with django_assert_max_num_queries(9):
        shown = page.get(path).content.decode()
    assert "asked" in shown and "Take back" in shown

    page = browser(ben)
    assert "A friend wants to name you" in page.get("/@ben/").content.decode()
    with django_assert_max_num_queries(6):
        assert "a walk" in page.get("/credits/").content.decode()
    assert browser(ben).post(f"{path}answer/", {"answer": "accept"}).status_code == 302
    clip = browser(zoe).get(f"/videos/{walk.pk}/").content.decode()
    assert '<a href="/@ben/" title="Ben">' in clip
    assert str(walk.pk) in browser(zoe).get("/@ben/").content.decode()
    assert "@ben" in browser(zoe).get("/").content.decode()

    assert browser(ana).post(f"{path}ben/remove/").status_code == 302
    assert not walk.credits.exists()


def test_the_pages_say_no(browser, client, ana, ben, zoe, kid, walk):
    path = f"/videos/{walk.pk}/credits/"
    assert client.get(path).status_code == client.get("/credits/").status_code == 302
    assert browser(ben).get(path).status_code == 404
    assert browser(ben).post(f"{path}zoe/remove/").status_code == 404
    for asked in (ben, kid):
        assert browser(asked).post(f"{path}answer/", {"answer": "accept"}).status_code == 404
    assert browser(ana).post(f"{path}answer/", {"answer": "perhaps"}).status_code == 404

    stranger = browser(ana).post(path, {"username": "zoe"})
    assert stranger.status_code == 422
    assert "follow each other first" in stranger.content.decode()
    nobody = browser(ana).post(path, {"username": "nobody"})
    assert "There is nobody of that name." in nobody.content.decode()
    block(zoe, ana)
    assert "nobody of that name" in browser(ana).post(path, {"username": "zoe"}).content.decode()
