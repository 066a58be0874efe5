"""The REST door of accounts: shapes, codes, sign-in by app, and what it never tells."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts import actions
from accounts.models import AgeRefusal, Follow, SocketTicket, User, relation_between
from tests.accounts.staff import suspend
from tests.factories import PASSWORD, block, follow, make_user
from tests.rules import rule

API = "/api/v1"
AUTH = "/_allauth/app/v1/auth"


def names(response) -> list[str]:
    return [person["username"] for person in response.json()["results"]]


# --- People ---------------------------------------------------------------------------------------


def test_profile_has_card_counts_and_relation(api, ana, ben, zoe):
    follow(zoe, ben)

    profile = api(ana).get(f"{API}/users/BEN/").json()

    assert profile == {
        **ben.card(),
        "bio": "",
        "blocked_hosts": [],
        "is_private": False,
        "followers": 2,
        "following": 1,
        "url": "/@ben/",
        "relation": {
            "follows": True,
            "requested": False,
            "followed_by": True,
            "friends": True,
            "bell": True,
        },
        "can_message": True,
        "can_see_posts": True,
    }


def test_nobody_signed_in_is_401_with_a_problem(api):
    response = api().get(f"{API}/users/ana/")

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "X-Session-Token")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_authenticated"


@rule("R15", "api")
@pytest.mark.parametrize("blocker_is_viewer", [True, False])
def test_blocked_and_missing_profiles_answer_alike(api, ana, zoe, blocker_is_viewer):
    block(*((ana, zoe) if blocker_is_viewer else (zoe, ana)))

    blocked = api(ana).get(f"{API}/users/zoe/")
    missing = api(ana).get(f"{API}/users/nobody.here/")

    assert blocked.status_code == missing.status_code == 404
    assert blocked.content == missing.content


def test_inactive_profile_is_404(api, ana, zoe):
    User.objects.filter(pk=zoe.pk).update(is_active=False)

    assert api(ana).get(f"{API}/users/zoe/").status_code == 404


def test_follow_and_unfollow(api, ana, zoe):
    followed = api(ana).post(f"{API}/users/zoe/follow/")
    assert followed.json() == {
        "follows": True,
        "requested": False,
        "followed_by": False,
        "friends": False,
        "bell": False,
    }

    assert api(ana).delete(f"{API}/users/zoe/follow/").status_code == 204
    assert not Follow.objects.exists()


@rule("R15", "api")
def test_follow_across_a_block_is_unreachable(api, ana, zoe):
    block(zoe, ana)

    response = api(ana).post(f"{API}/users/zoe/follow/")

    assert (response.status_code, response.json()["code"]) == (403, "policy.unreachable")


def test_following_oneself_is_400_with_a_code(api, ana):
    response = api(ana).post(f"{API}/users/ana/follow/")

    assert (response.status_code, response.json()["code"]) == (400, "relation.self")


def test_private_account_answers_requests(api, ana, kid):
    assert api(ana).post(f"{API}/users/kid/follow/").json()["requested"] is True
    assert names(api(kid).get(f"{API}/me/follow-requests/")) == ["ana"]

    accepted = api(kid).post(f"{API}/me/follow-requests/ana/accept/")
    again = api(kid).post(f"{API}/me/follow-requests/ana/decline/")

    assert (accepted.status_code, again.status_code) == (204, 404)
    assert relation_between(ana, kid).follows
    assert names(api(kid).get(f"{API}/me/follow-requests/")) == []


def test_block_and_unblock(api, ana, ben):
    assert api(ana).post(f"{API}/users/ben/block/").status_code == 204
    assert names(api(ana).get(f"{API}/me/blocks/")) == ["ben"]
    assert not Follow.objects.exists()

    assert api(ana).delete(f"{API}/users/ben/block/").status_code == 204
    assert names(api(ana).get(f"{API}/me/blocks/")) == []


@rule("R15", "query")
def test_search_finds_by_either_name_and_hides_the_blocked(api, ana, ben, zoe):
    actions.update_profile(zoe, display_name="Benedicta")
    assert names(api(ana).get(f"{API}/users/?search=@BEN")) == ["ben", "zoe"]
    assert names(api(ana).get(f"{API}/users/")) == []

    block(zoe, ana)
    assert names(api(ana).get(f"{API}/users/?search=ben")) == ["ben"]


def test_lists_of_a_private_account_are_for_its_followers(api, ana, ben, kid):
    follow(ben, kid)

    assert api(ana).get(f"{API}/users/kid/followers/").status_code == 404
    assert names(api(ben).get(f"{API}/users/kid/followers/")) == ["ben"]
    assert names(api(kid).get(f"{API}/users/kid/followers/")) == ["ben"]


def test_lists_are_paged_and_show_relations(api, ana, ben, django_assert_max_num_queries):
    for number in range(5):
        follow(make_user(f"fan{number}"), ana)

    with django_assert_max_num_queries(8):
        page = api(ana).get(f"{API}/users/ana/followers/?limit=4").json()

    assert len(page["results"]) == 4
    rest = api(ana).get(page["next"]).json()["results"]
    assert {person["username"]: person["relation"] for person in rest}["ben"] == {
        "follows": True,
        "followed_by": True,
    }


def test_removed_follower_is_gone(api, ana, zoe):
    follow(zoe, ana)

    assert api(ana).delete(f"{API}/me/followers/zoe/").status_code == 204
    assert not relation_between(zoe, ana).follows


# --- Me -------------------------------------------------------------------------------------------


def test_me_tells_what_age_allows(api, ana, kid):
    assert api(ana).get(f"{API}/me/").json()["capabilities"] == {
        "can_dm": True,
        "can_create_group": True,
        "can_loosen_privacy": True,
    }
    assert set(api(kid).get(f"{API}/me/").json()["capabilities"].values()) == {False}


def test_patch_changes_profile_and_privacy_together(api, ana):
    wanted = {"display_name": "Ana Silva", "messages_from": "friends", "theme": "dark"}

    changed = api(ana).patch(f"{API}/me/", wanted).json()

    assert {key: changed[key] for key in wanted} == wanted
    assert changed["name"] == "Ana Silva"


def test_patch_never_touches_who_somebody_is(api, ana):
    before = ana.birth_date

    response = api(ana).patch(
        f"{API}/me/",
        {"birth_date": "1950-01-01", "username": "root", "is_staff": True, "email": "x@y.example"},
    )

    ana.refresh_from_db()
    assert response.status_code == 200
    assert (ana.birth_date, ana.username, ana.is_staff) == (before, "ana", False)
    assert ana.email == "ana@example.com"


@pytest.mark.parametrize(
    ("wanted", "status", "code", "field"),
    [
        ({"display_name": "\u200b\u200d"}, 400, "name.blank", "display_name"),
        ({"time_zone": "Mars/Olympus"}, 400, "time_zone.unknown", "time_zone"),
        ({"messages_from": "aliens"}, 400, "invalid_choice", "messages_from"),
        ({"bio": "x" * 161}, 400, "max_length", "bio"),
    ],
)
def test_bad_values_are_problems_with_code_and_field(api, ana, wanted, status, code, field):
    response = api(ana).patch(f"{API}/me/", wanted)

    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert [(error["code"], error["field"]) for error in response.json()["errors"]] == [
        (code, field)
    ]


def test_one_refused_field_changes_none(api, kid):
    response = api(kid).patch(f"{API}/me/", {"bio": "hello", "messages_from": "everyone"})

    kid.refresh_from_db()
    assert (response.status_code, response.json()["code"]) == (403, "policy.R2")
    assert (kid.bio, kid.messages_from) == ("", "no_one")


def test_avatar_is_put_and_taken_away(api, ana, client):
    file = BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    upload = SimpleUploadedFile("me.png", file.getvalue(), "image/png")

    card = api(ana).put(f"{API}/me/avatar/", {"file": upload}, format="multipart").json()
    picture = client.get(card["avatar"])

    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert "immutable" in picture["Cache-Control"]
    assert api(ana).delete(f"{API}/me/avatar/").status_code == 204
    assert User.objects.get(pk=ana.pk).avatar == ""


def test_svg_is_no_avatar(api, ana):
    upload = SimpleUploadedFile("me.png", b"<svg onload='alert(1)'/>", "image/png")

    response = api(ana).put(f"{API}/me/avatar/", {"file": upload}, format="multipart")

    assert (response.status_code, response.json()["code"]) == (400, "avatar.type")


# --- Apps: sign-up, sign-in, sign-out, tickets ------------------


def sign_up(client: Client, username: str, birth_date: str, **more):
    fields = {
        "email": f"{username}@example.com",
        "username": username,
        "password": "a long sentence 7",
        "birth_date": birth_date,
        **more,
    }
    return client.post(f"{AUTH}/signup", fields, content_type="application/json")


def born(age: int) -> str:
    return (datetime.date.today() - datetime.timedelta(days=int(age * 365.25) + 30)).isoformat()


def test_app_signs_up_with_a_birth_date(client, db):
    response = sign_up(client, "lea", born(16), time_zone="Europe/Madrid")

    lea = User.objects.get(username="lea")
    assert response.status_code == 200
    assert response.json()["meta"]["session_token"]
    assert (lea.age, lea.is_private, lea.messages_from) == (16, True, "no_one")
    assert lea.time_zone == "Europe/Madrid"


@pytest.mark.parametrize("wrong", ["", "yesterday", "1850-01-01", "2999-01-01"])
def test_app_sign_up_needs_a_real_birth_date(client, db, wrong):
    response = sign_up(client, "lea", wrong)

    assert response.status_code == 400
    assert [error["param"] for error in response.json()["errors"]] == ["birth_date"]


@rule("R1", "api")
def test_r1_app_is_refused_for_a_day_whatever_it_says_next(client, db):
    first = sign_up(client, "lea", born(12))
    second = sign_up(client, "lea", born(30))
    other_device = sign_up(Client(headers={"user-agent": "another"}), "may", born(30))

    codes = [response.json()["errors"][0]["code"] for response in (first, second)]
    assert codes == ["policy.R1", "policy.R1"]
    assert first.json()["errors"] == second.json()["errors"]
    assert other_device.status_code == 200

    AgeRefusal.objects.update(expires_at=datetime.datetime.now(datetime.UTC))
    assert sign_up(client, "lea", born(30)).status_code == 200


def sign_in(client: Client, username: str = "ana", password: str = PASSWORD):
    return client.post(
        f"{AUTH}/login",
        {"username": username, "password": password},
        content_type="application/json",
    )


def token_of(client: Client) -> dict[str, str]:
    return {"X-Session-Token": sign_in(client).json()["meta"]["session_token"]}


def test_token_opens_the_api_until_sign_out(client, ana):
    token = token_of(client)
    assert client.get(f"{API}/me/", headers=token).json()["username"] == "ana"

    client.delete(f"{AUTH}/session", headers=token)

    assert client.get(f"{API}/me/", headers=token).status_code == 401


def test_token_ends_with_a_suspension_and_with_all_sessions(client, ana):
    first, second = token_of(Client()), token_of(Client())
    assert client.get(f"{API}/me/", headers=first).status_code == 200

    actions.end_sessions(User.objects.get(pk=ana.pk))
    assert client.get(f"{API}/me/", headers=first).status_code == 401
    assert client.get(f"{API}/me/", headers=second).status_code == 401

    third = token_of(Client())
    suspend(User.objects.get(pk=ana.pk))
    assert client.get(f"{API}/me/", headers=third).status_code == 401


def test_wrong_token_is_401(client, db):
    assert client.get(f"{API}/me/", headers={"X-Session-Token": "guess"}).status_code == 401


def test_cookie_needs_the_csrf_token(ana):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana)

    assert browser.post(f"{API}/users/ben/follow/").status_code == 403


def test_socket_ticket_belongs_to_the_session_and_works_once(client, ana):
    token = token_of(client)

    response = client.post(f"{API}/socket-tickets/", headers=token)
    row = SocketTicket.objects.redeem(response.json()["ticket"])

    assert response.status_code == 201
    assert row is not None
    assert (row.user, row.session_key) == (ana, token["X-Session-Token"])
    assert SocketTicket.objects.redeem(response.json()["ticket"]) is None


def test_socket_ticket_of_a_browser_holds_its_session(browser, ana):
    client = browser(ana)

    ticket = client.post(f"{API}/socket-tickets/").json()["ticket"]

    row = SocketTicket.objects.redeem(ticket)
    assert row is not None
    assert row.session_key == client.session.session_key


def test_socket_ticket_needs_sign_in(client, db):
    assert client.post(f"{API}/socket-tickets/").status_code == 401
