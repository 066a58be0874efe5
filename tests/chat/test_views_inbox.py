"""The pages of a person's own list: folders, search, library, settings; who sees what, in how many
queries."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from chat import actions, search
from chat.models import Folder, Membership
from chat.templatetags.own import muted_words
from tests.chat.channels import make_channel
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)

QUERIES = 10


def part(user, conversation) -> Membership:
    return Membership.objects.get(user=user, conversation=conversation)


@pytest.fixture
def folder(ana) -> Folder:
    return actions.make_folder(ana, name="Films")


def test_the_inbox_needs_few_queries_whatever_it_shows(
    browser, ana, ben, folder, django_assert_max_num_queries
):
    for number in range(12):
        friend = make_user(f"friend{number}")
        befriend(ana, friend)
        direct = actions.start_direct(friend, ana)
        say(friend, direct)
        if number % 3 == 0:
            actions.nickname(ana, direct, friend, name=f"Number {number}")
            actions.file_conversation(ana, folder.pk, direct, inside=True)
    client = browser(ana)
    client.get(reverse("chat:inbox"))

    with django_assert_max_num_queries(QUERIES):
        page = client.get(reverse("chat:inbox"))
    with django_assert_max_num_queries(QUERIES):
        inside = client.get(reverse("chat:inbox"), {"folder": folder.pk})

    assert len(page.context["rows"]) == 12
    assert len(inside.context["rows"]) == 4


def test_who_is_asked_to_host_a_channel_is_told_in_badge_and_tray(api, browser, ana, ben):
    channel = make_channel(ana)
    actions.invite_host(ana, channel, ben)
    client = browser(ben)

    def told() -> tuple[str, bool, list[str]]:
        tray = client.get(reverse("chat:requests")).content.decode()
        listed = api(ben).get("/api/v1/channels/", {"asked": True}).json()["results"]
        waiting = client.get(reverse("chat:inbox"))["X-Waiting"]
        return waiting, "asks you to host" in tray, [each["handle"] for each in listed]

    assert told() == ("1", True, ["meadow"])
    assert api(ana).get("/api/v1/channels/", {"asked": True}).json()["results"] == []

    actions.decline_hosting(ben, channel)

    assert told() == ("0", False, [])
    assert "No requests" in client.get(reverse("chat:requests")).content.decode()


def test_a_long_list_brings_the_rest_as_one_scrolls(browser, ana, ben, monkeypatch):
    monkeypatch.setattr("chat.pages.ROWS", 2)
    for number in range(3):
        make_group(ana, ben, title=f"Group {number}")
    client = browser(ana)

    page = client.get(reverse("chat:inbox"))
    more = client.get(reverse("chat:inbox"), {"rows": 4}, headers={"HX-Request": "true"})

    assert [len(each.context["rows"]) for each in (page, more)] == [2, 3]
    assert "rows=4" in page.content.decode()
    assert more.context["following"] == 0


# --- Search ---------------------------------------------------------------------------------------


def test_the_archive_and_archiving_are_two_words(browser, ana, group):
    with translation.override("es"):
        page = browser(ana).get(reverse("chat:inbox"), headers={"accept-language": "es"})
        words = page.content.decode()

    assert 'data-swipe-start="Archivar"' in words
    assert re.search(r'show=archive"[^>]*>\s*Archivo', words)


def test_search_finds_conversations_people_and_messages(browser, ana, ben, zoe, group):
    make_user("meadowlark")
    say(ben, group, "see you at the <b>meadow</b>")
    search.catch_up()

    page = browser(ana).get(reverse("chat:inbox"), {"q": "meadow"}, headers={"HX-Request": "true"})

    assert [person.username for person in page.context["people"]] == ["meadowlark"]
    assert "&lt;b&gt;<mark>meadow</mark>&lt;/b&gt;" in page.content.decode()
    assert f"{group.get_absolute_url()}?around=2#message-2" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "zebra"}, "Nothing found."),
        ({"q": "meadow has:unicorn"}, "There is no such kind of message."),
        ({"q": "meadow before:soon"}, "Write a date like 2026-01-31."),
    ],
)
def test_search_says_what_is_wrong_or_missing(browser, ana, group, query, words):
    page = browser(ana).get(reverse("chat:inbox"), query)

    assert page.status_code == 200
    assert words in page.content.decode()


def test_search_pages_on(browser, ana, ben, group, monkeypatch):
    for number in range(25):
        say(ben, group, f"meadow {number}")
    search.catch_up()
    client = browser(ana)

    page = client.get(reverse("chat:inbox"), {"q": "meadow"}).content.decode()
    after = re.search(r"after=([\d-]+)", page)
    assert after is not None
    rest = client.get(reverse("chat:inbox"), {"q": "meadow", "after": after.group(1)})

    assert len(rest.context["page"].found) == 5
    assert b"<html" not in rest.content


def test_bad_addresses_are_not_found(browser, ana):
    client = browser(ana)

    assert client.get(reverse("chat:inbox"), {"folder": "seven"}).status_code == 404
    assert client.get(reverse("chat:inbox"), {"q": "x", "in": "seven"}).status_code == 404


# --- Settings, library ----------------------------------------------------------------------------


def test_settings_are_kept_without_script(browser, ana, ben):
    direct = actions.start_direct(ana, ben)
    form = {"notify": "mentions", "muted": "8h", "pinned": "on", "shows_typing": "on"}

    answer = browser(ana).post(
        reverse("chat:own_settings", args=[direct.pk]),
        {**form, "colour": "moss", "wallpaper": "staves", "nickname": "Benny"},
    )

    membership = part(ana, direct)
    assert answer.url == reverse("chat:info", args=[direct.pk])
    assert (membership.notify, membership.colour, membership.wallpaper) == (
        "mentions",
        "moss",
        "staves",
    )
    assert membership.is_pinned
    assert membership.is_muted
    assert membership.shows_typing
    assert not membership.shows_reading
    assert membership.nicknames == {str(ben.pk): "Benny"}


@rule("R16", "page")
def test_until_when_it_is_muted_is_told_in_one_s_own_zone(browser, ana, ben, group, monkeypatch):
    now = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    User.objects.filter(pk=ana.pk).update(time_zone="Asia/Tokyo")
    ana.refresh_from_db()

    def told(span: str) -> str:
        actions.mute(ana, group, span=span)
        return muted_words(part(ana, group))

    with timezone.override(ZoneInfo(ana.time_zone)):
        words = [told(span) for span in ("1h", "8h", "forever", "off")]

    assert words[:3] == [
        "Muted until Monday, November 23, 00:30",
        "Muted until Monday, November 23, 07:30",
        "Muted until you unmute",
    ]
    actions.mute(ana, group, span="8h")
    page = browser(ana).get(reverse("chat:info", args=[group.pk])).content.decode()
    assert "Muted until Monday, November 23, 07:30" in page
    assert "Muted until Monday, November 23, 07:30" in browser(ana).get("/inbox/").content.decode()


def test_the_conversation_s_page_shows_what_is_set(browser, ana, ben, group):
    actions.change_settings(ana, group, colour="rose", notify="none")

    page = browser(ana).get(reverse("chat:info", args=[group.pk])).content.decode()

    assert re.search(r'name="colour" value="rose" checked', page)
    assert re.search(r'name="notify" value="none" checked', page)
    assert 'data-colour="rose"' in browser(ana).get(group.get_absolute_url()).content.decode()


@rule("R16", "page")
def test_members_are_named_and_silenced_without_script(browser, ana, ben, group):
    client = browser(ana)
    address = reverse("chat:own_person", args=[group.pk, "ben"])

    client.post(address, {"name": "Benny"})
    client.post(address, {"hush": "1"})
    page = client.get(reverse("chat:own_people", args=[group.pk])).content.decode()

    assert 'value="Benny"' in page
    assert part(ana, group).hushes(ben.pk)


def test_the_library_shows_one_kind(browser, ana, ben, group, django_assert_max_num_queries):
    say(ben, group, "see https://medley.example/meadow.")
    search.catch_up()
    client = browser(ana)
    address = reverse("chat:library", args=[group.pk])

    with django_assert_max_num_queries(QUERIES):
        links = client.get(address, {"kind": "link"}).content.decode()

    assert 'href="https://medley.example/meadow"' in links
    assert "No photos or videos yet." in client.get(address).content.decode()
    assert client.get(address, {"kind": "unicorn"}).status_code == 200


# --- Folders --------------------------------------------------------------------------------------


def test_folders_are_made_filled_moved_and_dropped_without_script(browser, ana, ben, group):
    client = browser(ana)

    client.post(reverse("chat:folders"), {"name": "Films"})
    client.post(reverse("chat:folders"), {"name": "Work"})
    films, work = Folder.objects.filter(owner=ana)
    client.post(
        reverse("chat:folder", args=[films.pk]), {"name": "Cinema", "conversations": [group.pk]}
    )
    client.post(reverse("chat:folder", args=[work.pk]), {"place": "0"})
    inside = client.get(reverse("chat:inbox"), {"folder": films.pk}).context["rows"]
    client.post(reverse("chat:folder", args=[work.pk]), {"drop": "1"})

    assert [row.conversation for row in inside] == [group]
    assert [each.name for each in Folder.objects.filter(owner=ana)] == ["Cinema"]


def test_a_bad_folder_name_is_said(browser, ana, folder):
    page = browser(ana).post(reverse("chat:folders"), {"name": "films"})

    assert page.status_code == 422
    assert "You have a folder of that name." in page.content.decode()


# --- Who may not ----------------------------------------------------------------------------------


def test_others_find_nothing_here(browser, ana, ben, zoe, kid, group, folder):
    actions.remove_member(ana, group, ben)
    paths = [
        ("get", reverse("chat:library", args=[group.pk])),
        ("get", reverse("chat:own_people", args=[group.pk])),
        ("post", reverse("chat:own_settings", args=[group.pk])),
        ("post", reverse("chat:own_person", args=[group.pk, "ana"])),
        ("get", reverse("chat:folder", args=[folder.pk])),
        ("post", reverse("chat:folder", args=[folder.pk])),
    ]

    for person, status in ((zoe, 404), (ben, 404), (kid, 403)):
        client = browser(person)
        assert {getattr(client, method)(path).status_code for method, path in paths} == {status}
    assert browser(kid).get(reverse("chat:folders")).status_code == 403
    assert browser(zoe).get(reverse("chat:inbox"), {"folder": folder.pk}).context["rows"] == []
