"""The HTML door of accounts: who sees which page, what forms change, and what they keep."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts import actions
from accounts.models import Block, Follow, User, relation_between
from tests.factories import PASSWORD, block, follow, make_user
from tests.rules import rule

HTMX = {"HX-Request": "true"}


def page(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


# --- Profiles --------------


def test_profile_offers_follow_and_message(browser, ana, zoe):
    shown = page(browser(ana), "/@zoe/")

    assert 'Follow <span class="visually-hidden">Zoe</span>' in shown
    assert reverse("chat:with", args=["zoe"]) in shown
    assert "Block @zoe" in shown


def test_own_profile_offers_editing_and_waiting_requests(browser, ana, kid):
    actions.follow(ana, kid)

    shown = page(browser(kid), "/@kid/")

    assert "Edit profile" in shown
    assert reverse("accounts:follow_requests") in shown
    assert "Block @kid" not in shown


def test_private_profile_hides_videos_and_lists(browser, ana, kid):
    client = browser(ana)

    assert "This account is private" in page(client, "/@kid/")
    page(client, "/@kid/followers/", 404)

    follow(ana, kid)
    assert "This account is private" not in page(client, "/@kid/")
    assert "Ana" in page(client, "/@kid/followers/")


@rule("R14", "page")
def test_minor_offers_no_message_button_to_an_adult(browser, ana, teo):
    assert reverse("chat:with", args=["teo"]) not in page(browser(ana), "/@teo/")


@rule("R15", "page")
def test_blocked_person_meets_the_same_404_as_for_nobody(browser, ana, zoe):
    block(zoe, ana)
    client = browser(ana)

    page(client, "/@zoe/", 404)
    page(client, "/@zoe/followers/", 404)


def test_blocker_sees_only_the_way_back(browser, ana, zoe):
    block(ana, zoe)

    shown = page(browser(ana), "/@zoe/")

    assert "You blocked @zoe" in shown
    assert "Unblock" in shown
    assert zoe.display_name not in shown


def test_gone_and_missing_people_are_404(browser, ana, zoe):
    User.objects.filter(pk=zoe.pk).update(is_active=False)
    client = browser(ana)

    page(client, "/@zoe/", 404)
    page(client, "/@nobody/", 404)


def test_public_profile_is_open_to_everybody_and_leads_to_sign_in(client, ana):
    assert "/accounts/login/?next=/%40ana/" in page(client, "/@ana/")
    assert client.get("/@ana/followers/").status_code == 302


def test_names_are_escaped(browser, ana, zoe):
    actions.update_profile(zoe, display_name="<script>alert(1)</script>", bio="<img src=x>")

    shown = page(browser(ana), "/@zoe/")

    assert "<script>alert" not in shown
    assert "<img src=x>" not in shown


@pytest.mark.parametrize("fans", [1, 12])
def test_profile_asks_a_fixed_number_of_queries(
    browser, ana, zoe, django_assert_max_num_queries, fans
):
    for _number in range(fans):
        follow(make_user(), zoe)
    client = browser(ana)

    with django_assert_max_num_queries(15):
        client.get("/@zoe/")


def test_list_asks_a_fixed_number_of_queries(browser, ana, django_assert_max_num_queries):
    for _number in range(12):
        follow(make_user(), ana)
    client = browser(ana)

    with django_assert_max_num_queries(12):
        client.get("/@ana/followers/")


def test_long_lists_come_in_pages(browser, ana):
    for number in range(31):
        follow(make_user(f"fan{number:02}"), ana)
    client = browser(ana)

    first = page(client, "/@ana/followers/")
    second = client.get("/@ana/followers/?page=2", headers=HTMX).content.decode()

    assert "?page=2" in first
    assert "fan00" in second
    assert "<html" not in second


# --- Following and blocking --------------


def test_follow_without_htmx_returns_to_the_profile(browser, ana, zoe):
    response = browser(ana).post("/@zoe/follow/")

    assert response["Location"] == "/@zoe/"
    assert relation_between(ana, zoe).follows


def test_follow_button_answers_with_its_new_self(browser, ana, zoe):
    client = browser(ana)

    button = client.post("/@zoe/follow/", {"stop": "0"}, headers=HTMX).content.decode()
    assert "Stop following Zoe" in button
    assert "<html" not in button

    header = client.post("/@zoe/follow/", {"stop": "1", "part": "header"}, headers=HTMX)
    assert 'id="profile-head"' in header.content.decode()
    assert not relation_between(ana, zoe).follows


def test_double_press_follows_once_and_does_not_undo(browser, ana, zoe):
    client = browser(ana)

    for _press in range(2):
        client.post("/@zoe/follow/", {"stop": "0"})

    assert relation_between(ana, zoe).follows


def test_following_who_blocked_you_is_403(browser, ana, zoe):
    block(zoe, ana)

    assert browser(ana).post("/@zoe/follow/").status_code == 403


def test_block_and_unblock(browser, ana, ben):
    client = browser(ana)

    blocked = client.post("/@ben/block/", headers=HTMX)
    assert blocked["HX-Redirect"] == "/@ben/"
    assert not Follow.objects.exists()

    client.post("/@ben/block/", {"next": "settings"})
    assert not Block.objects.exists()


def test_follower_is_removed(browser, ana, zoe):
    follow(zoe, ana)

    browser(ana).post("/@zoe/remove/")

    assert not Follow.objects.exists()


@pytest.mark.parametrize(("answer", "follows"), [("accept", True), ("decline", False)])
def test_request_is_answered(browser, ana, kid, answer, follows):
    actions.follow(ana, kid)
    client = browser(kid)
    assert "Accept Ana" in page(client, "/settings/follow-requests/")

    row = client.post("/settings/follow-requests/ana/", {"answer": answer}, headers=HTMX)

    assert row.status_code == 200
    assert relation_between(ana, kid).follows is follows


@pytest.mark.parametrize(
    "url",
    [
        "/@ben/follow/",
        "/@ben/block/",
        "/@ben/remove/",
        "/settings/avatar/",
        "/settings/sessions/end/",
        "/settings/follow-requests/ben/",
    ],
)
def test_nothing_changes_on_get_without_sign_in_or_token(ana, ben, url):
    signed_in, signed_out = Client(enforce_csrf_checks=True), Client()
    signed_in.force_login(ana)

    assert signed_in.get(url).status_code == 405
    assert signed_in.post(url).status_code == 403
    assert signed_out.post(url)["Location"].startswith("/accounts/login/")


# --- Settings --------------

PARTS = ("profile", "privacy", "preferences")


@pytest.mark.parametrize("part", PARTS)
def test_no_setting_changes_without_sign_in_or_token(ana, part):
    url = f"/settings/{part}/"
    signed_in, signed_out = Client(enforce_csrf_checks=True), Client()
    signed_in.force_login(ana)

    assert signed_in.get(url).status_code == 200
    assert signed_in.post(url).status_code == 403
    assert signed_out.post(url)["Location"].startswith("/accounts/login/")


def test_the_index_leads_to_every_part(browser, ana):
    shown = page(browser(ana), "/settings/")

    for part in (*PARTS, "security", "feed", "videos", "comments", "notifications", "reports"):
        assert f'href="/settings/{part}/"' in shown


@pytest.mark.parametrize("part", ["", "profile/", "preferences/"])
def test_settings_ask_a_fixed_number_of_queries(browser, ana, django_assert_max_num_queries, part):
    client = browser(ana)

    with django_assert_max_num_queries(8):
        client.get(f"/settings/{part}")


def test_profile_is_saved(browser, ana):
    response = browser(ana).post("/settings/profile/", {"display_name": "Ana S", "bio": "Hi"})

    ana.refresh_from_db()
    assert (response.status_code, ana.display_name, ana.bio) == (302, "Ana S", "Hi")


def test_refused_profile_keeps_what_was_typed(browser, ana):
    typed = {"display_name": "\u200b", "bio": "my long story"}

    response = browser(ana).post("/settings/profile/", typed)

    assert response.status_code == 422
    assert "my long story" in response.content.decode()
    assert "Give a name that people can see." in response.content.decode()


def test_privacy_is_saved(browser, ana):
    browser(ana).post("/settings/privacy/", {"is_private": "on", "messages_from": "friends"})

    ana.refresh_from_db()
    assert (ana.is_private, ana.messages_from, ana.suggests_account) == (True, "friends", False)


@rule("R4", "page")
def test_under_16_locked_settings_cannot_be_posted(browser, kid):
    client = browser(kid)
    assert "until you are 16" in page(client, "/settings/privacy/")

    client.post("/settings/privacy/", {"messages_from": "everyone", "asks_before_groups": "on"})

    kid.refresh_from_db()
    assert (kid.is_private, kid.messages_from) == (True, "no_one")
    assert kid.asks_before_groups is True


def test_preferences_are_saved_and_hold_at_once(browser, ana):
    wanted = {"language": "es", "time_zone": "Asia/Tokyo", "region": "ES", "theme": "dark"}
    client = browser(ana)

    client.post("/settings/preferences/", wanted)

    ana.refresh_from_db()
    assert {name: getattr(ana, name) for name in wanted} == wanted
    assert '<html lang="es"' in page(client, "/settings/")


def test_picture_is_changed_and_removed(browser, ana):
    file = BytesIO()
    Image.new("RGB", (30, 30)).save(file, "PNG")
    upload = SimpleUploadedFile("me.png", file.getvalue())
    client = browser(ana)

    client.post("/settings/avatar/", {"file": upload})
    ana.refresh_from_db()
    assert client.get(ana.avatar_url)["Content-Type"] == "image/webp"

    client.post("/settings/avatar/", {"remove": "1"})
    ana.refresh_from_db()
    assert ana.avatar == ""


@pytest.mark.parametrize("files", [{}, {"file": SimpleUploadedFile("a.png", b"<svg/>")}])
def test_bad_picture_is_422_with_a_sentence(browser, ana, files):
    response = browser(ana).post("/settings/avatar/", files)

    assert response.status_code == 422
    assert "picture" in str(next(iter(response.context["messages"])))


def test_other_devices_are_signed_out_and_this_one_stays(ana):
    here, there = Client(), Client()
    for client in (here, there):
        client.login(username="ana", password=PASSWORD)

    here.post("/settings/sessions/end/")

    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302


@pytest.mark.parametrize("name", ["avatars/../settings.py", "avatars/x.svg", "avatars/none.webp"])
def test_only_pictures_are_served_as_pictures(client, db, name):
    assert client.get(f"/media/{name}").status_code == 404
