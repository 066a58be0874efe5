"""The pages of chat: who sees what, in how many queries, and what a form without script does."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from chat import actions
from chat.models import Conversation, Membership
from chat.pages import MESSAGES, OPENED
from tests.factories import befriend, block, follow, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)

QUERIES = 10  # a page, session and person included


def say(author: User, conversation: Conversation, body: str = "hello", **options):
    return actions.send_message(author, conversation, body=body, client_id=uuid4(), **options)


@pytest.fixture
def direct(ana, ben) -> Conversation:
    return actions.start_direct(ana, ben)


@pytest.fixture
def group(ana, ben) -> Conversation:
    return actions.create_group(ana, title="Sunday crew", members=[ben])


@pytest.fixture
def request_to_ana(ana, zoe) -> Conversation:
    conversation = actions.start_direct(zoe, ana)
    say(zoe, conversation, "loved your film")
    return conversation


# --- Inbox ----------------------------------------------------------------------------------------


def test_inbox_shows_the_last_words_and_who_said_them(browser, ana, ben, group):
    say(ben, group, "who brings the projector")

    page = browser(ana).get(reverse("chat:inbox")).content.decode()

    assert "Sunday crew" in page
    assert "<bdi>Ben</bdi>: <bdi>who brings the projector</bdi>" in page


def test_inbox_needs_the_same_queries_however_many_rows(
    browser, ana, django_assert_max_num_queries
):
    for number in range(15):
        friend = make_user(f"friend{number}")
        befriend(ana, friend)
        say(friend, actions.start_direct(friend, ana))
    client = browser(ana)

    with django_assert_max_num_queries(QUERIES):
        page = client.get(reverse("chat:inbox"))

    assert len(page.context["rows"]) == 15


def test_inbox_finds_people_by_name_and_offers_those_one_never_wrote_to(browser, ana, ben, direct):
    say(ben, direct)
    make_user("benedict")

    page = browser(ana).get(reverse("chat:inbox"), {"q": "ben"}, headers={"HX-Request": "true"})

    assert [row.card["username"] for row in page.context["rows"]] == ["ben"]
    assert [person.username for person in page.context["people"]] == ["benedict"]
    assert b"<html" not in page.content


def test_unread_shows_only_what_waits(browser, ana, ben, direct, group):
    say(ben, direct)
    actions.mark_read(ana, group, seq=group.last_seq + 1)

    page = browser(ana).get(reverse("chat:inbox"), {"show": "unread"})

    assert [row.conversation for row in page.context["rows"]] == [direct]
    assert page.context["rows"][0].unread == 1


def test_an_empty_inbox_suggests_a_friend(browser, ana, ben):
    page = browser(ana).get(reverse("chat:inbox"))

    assert "Nobody here yet. Start with Ben?" in page.content.decode()


def test_the_rail_counts_what_waits(browser, ana, ben, direct):
    say(ben, direct)
    say(ben, direct)

    answer = browser(ana).get(reverse("chat:unread"))

    assert answer.json() == {"unread": 2}


def test_pages_are_closed_to_those_under_sixteen(browser, kid):
    assert browser(kid).get(reverse("chat:inbox")).status_code == 403


def test_signed_out_people_are_asked_to_sign_in(client, db):
    page = client.get(reverse("chat:inbox"))

    assert page.status_code == 302
    assert page.url.startswith(reverse("account_login"))


# --- A conversation -------------------------------------------------------------------------------


def test_a_conversation_of_others_does_not_exist(browser, zoe, group):
    client = browser(zoe)
    pages = [
        client.get(group.get_absolute_url()),
        client.post(group.get_absolute_url(), {"body": "hi"}),
        client.get(reverse("chat:history", args=[group.pk]), {"before": 5}),
        client.get(reverse("chat:info", args=[group.pk])),
        client.post(reverse("chat:accept", args=[group.pk])),
        client.post(reverse("chat:leave", args=[group.pk])),
    ]

    assert {page.status_code for page in pages} == {404}


def test_a_conversation_needs_the_same_queries_however_much_was_said(
    browser, ana, ben, group, django_assert_max_num_queries
):
    first = say(ben, group, "first")
    for number in range(60):
        said = say(ana if number % 2 else ben, group, f"words {number}", reply_to=first.seq)
        actions.add_reaction(ana, group, seq=said.seq, emoji="🔥")
    client = browser(ana)

    with django_assert_max_num_queries(QUERIES):
        page = client.get(group.get_absolute_url())

    assert len(page.context["talk"].messages) == OPENED
    assert page.context["talk"].has_older


def test_words_are_escaped_and_only_web_addresses_become_links(browser, ana, ben, direct):
    say(ben, direct, 'see https://example.com/?a=1&b="2". <script>alert(1)</script> javascript:x')

    page = browser(ana).get(direct.get_absolute_url()).content.decode()

    body = re.search(r'<p class="message__body"[^>]*>(.*?)</p>', page)
    assert body is not None
    assert body.group(1) == (
        'see <a class="outside" dir="ltr" href="https://example.com/?a=1&amp;b=&quot;2&quot;" '
        'rel="noopener noreferrer nofollow ugc" target="_blank">'
        "https://example.com/?a=1&amp;b=&quot;2&quot;</a>. "
        "&lt;script&gt;alert(1)&lt;/script&gt; javascript:x"
    )


def test_unsent_words_are_nowhere_on_the_page(browser, ana, ben, direct):
    said = say(ben, direct, "a secret slip")
    actions.unsend_message(ben, direct, seq=said.seq)

    page = browser(ana).get(direct.get_absolute_url()).content.decode()

    assert "a secret slip" not in page
    assert "Message unsent" in page


@rule("R15", "page")
def test_a_blocked_person_s_words_are_folded_away_in_a_shared_group(browser, ana, ben, group):
    say(ben, group, "still here")
    block(ana, ben)

    page = browser(ana).get(group.get_absolute_url())

    shown = [item for item in page.context["talk"].messages if not item.notice]
    assert [item.is_folded for item in shown] == [True]


@rule("R48", "page")
def test_the_privacy_line_says_what_encryption_there_is(browser, ana, direct):
    page = browser(ana).get(direct.get_absolute_url()).content.decode()

    assert "Not end-to-end encrypted." in page


def test_earlier_messages_come_as_items_with_their_days(browser, ana, ben, direct):
    for number in range(MESSAGES + 5):
        say(ben, direct, f"words {number}")

    page = browser(ana).get(reverse("chat:history", args=[direct.pk]), {"before": 6})

    assert re.findall(r'data-seq="(\d+)"', page.content.decode()) == ["1", "2", "3", "4", "5"]
    assert page["X-Has-Older"] == "0"
    assert b"<html" not in page.content


def test_a_message_can_be_sent_without_script_and_twice_is_once(browser, ana, ben, direct):
    client = browser(ana)
    form = {"body": "hello from a form", "client_id": str(uuid4())}

    first, second = (client.post(direct.get_absolute_url(), form) for _press in range(2))

    assert first.status_code == second.status_code == 302
    assert [message.body for message in direct.messages.all()] == ["hello from a form"]


def test_words_that_are_too_long_are_refused_and_kept(browser, ana, direct):
    words = "a" * 10_001

    page = browser(ana).post(direct.get_absolute_url(), {"body": words})

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not direct.messages.exists()


def test_a_refused_send_shows_the_sentence_and_keeps_the_words(browser, ana, ben, direct):
    User.objects.filter(pk=ben.pk).update(messages_from=User.MessagesFrom.NO_ONE)
    Membership.objects.filter(conversation=direct, user=ana).update(
        send_refusal="policy.unreachable"
    )

    page = browser(ana).post(direct.get_absolute_url(), {"body": "are you there"})

    assert page.status_code == 403
    assert "are you there" in page.content.decode()
    assert "This person cannot be reached." in page.content.decode()


# --- Requests and invitations ---------------------------------------------------------------------


def test_a_request_waits_in_the_tray_and_not_in_the_inbox(browser, ana, request_to_ana):
    client = browser(ana)

    inbox, tray = client.get(reverse("chat:inbox")), client.get(reverse("chat:requests"))

    assert inbox.context["rows"] == []
    assert inbox.context["waiting"] == 1
    assert [row.preview for row in tray.context["requests"]] == ["loved your film"]


def test_a_request_can_be_read_and_accepted(browser, ana, request_to_ana):
    client = browser(ana)

    page = client.get(request_to_ana.get_absolute_url()).content.decode()
    answer = client.post(reverse("chat:accept", args=[request_to_ana.pk]))

    assert "loved your film" in page
    assert "Decline and block" in page
    assert answer.url == request_to_ana.get_absolute_url()
    assert Membership.objects.get(conversation=request_to_ana, user=ana).is_active


def test_declining_can_block(browser, ana, zoe, request_to_ana):
    client = browser(ana)

    client.post(reverse("chat:decline", args=[request_to_ana.pk]), {"block": "1"})

    assert ana.blocks_made.filter(blocked=zoe).exists()
    assert client.get(request_to_ana.get_absolute_url()).status_code == 404


def test_whoever_waits_for_an_answer_is_told_so(browser, zoe, request_to_ana):
    page = browser(zoe).get(request_to_ana.get_absolute_url())

    assert page.context["talk"].is_waiting
    assert page.context["talk"].is_closed


@rule("R20", "page")
def test_an_invitation_tells_nothing_of_the_group(browser, ana, ben):
    ben.asks_before_groups = True
    ben.save(update_fields=["asks_before_groups"])
    group = actions.create_group(ana, title="Secret plans", members=[ben, _friend_of(ana)])
    say(ana, group, "the hidden words")
    client = browser(ben)

    pages = [
        client.get(group.get_absolute_url()).content.decode(),
        client.get(reverse("chat:requests")).content.decode(),
    ]

    assert all("Ana" in page for page in pages)
    assert not any("Secret plans" in page or "hidden words" in page for page in pages)
    assert client.get(reverse("chat:history", args=[group.pk]), {"before": 9}).status_code == 404


def _friend_of(person: User) -> User:
    friend = make_user()
    befriend(person, friend)
    return friend


# --- Beginning ------------------------------------------------------------------------------------


def test_message_on_a_profile_opens_the_one_conversation(browser, ana, ben, direct):
    answer = browser(ana).post(reverse("chat:with", args=["ben"]))

    assert answer.url == direct.get_absolute_url()


def test_a_person_behind_a_block_does_not_exist(browser, ana, zoe):
    block(zoe, ana)

    assert browser(ana).post(reverse("chat:with", args=["zoe"])).status_code == 404


def test_one_person_chosen_makes_a_direct_conversation_several_a_group(browser, ana, ben):
    third = _friend_of(ana)
    client = browser(ana)
    url = reverse("chat:new")

    client.post(url, {"people": ["ben"]})
    nameless = client.post(url, {"people": ["ben", third.username]})
    client.post(url, {"people": ["ben", third.username], "title": "Trio"})

    assert nameless.status_code == 422
    kinds = Conversation.objects.order_by("created_at").values_list("kind", "title")
    assert list(kinds) == [("direct", ""), ("group", "Trio")]


def test_the_picker_says_why_somebody_cannot_come_into_a_group(browser, ana, ben, zoe):
    client = browser(ana)

    alone = client.get(reverse("chat:people"), {"q": "zoe"}).context["candidates"]
    friends = client.get(reverse("chat:people")).context["candidates"]

    assert [(c.card["username"], c.reason, bool(c.group_reason)) for c in alone] == [
        ("zoe", "", True)
    ]
    assert [(c.card["username"], c.is_friend) for c in friends] == [("ben", True)]


# --- A group's own page ---------------------------------------------------------------------------


def test_a_member_renames_adds_and_leaves(browser, ana, ben, group):
    third = _friend_of(ana)
    client = browser(ana)

    client.post(reverse("chat:info", args=[group.pk]), {"title": "Monday crew"})
    client.post(reverse("chat:add_people", args=[group.pk]), {"people": [third.username]})
    client.post(reverse("chat:leave", args=[group.pk]))

    group.refresh_from_db()
    members = group.memberships.active().values_list("user__username", flat=True)
    assert group.title == "Monday crew"
    assert set(members) == {"ben", third.username}


@rule("R20", "page")
def test_only_friends_are_added(browser, ana, zoe, group):
    client = browser(ana)

    answer = client.post(
        reverse("chat:add_people", args=[group.pk]), {"people": ["zoe"]}, follow=True
    )

    assert not group.memberships.filter(user=zoe).exists()
    assert "You can add friends only" in answer.content.decode()


def test_owners_remove_members_and_members_do_not(browser, ana, ben, group):
    browser(ben).post(reverse("chat:remove_person", args=[group.pk, "ana"]))
    still_there = group.memberships.active().filter(user=ana).exists()
    browser(ana).post(reverse("chat:remove_person", args=[group.pk, "ben"]))

    assert still_there
    assert not group.memberships.active().filter(user=ben).exists()


def test_no_page_changes_anything_on_get(browser, ana, direct, group):
    client = browser(ana)
    urls = [
        reverse("chat:with", args=["ben"]),
        reverse("chat:accept", args=[group.pk]),
        reverse("chat:decline", args=[group.pk]),
        reverse("chat:leave", args=[group.pk]),
        reverse("chat:remove_person", args=[group.pk, "ben"]),
    ]

    assert {client.get(url).status_code for url in urls} == {405}


def test_followed_strangers_are_no_friends(browser, ana, zoe):
    follow(ana, zoe)

    page = browser(ana).get(reverse("chat:new"))

    assert page.context["candidates"] == []
