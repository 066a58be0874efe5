"""History around a place, over REST and on the page; and what the pages of a message cost."""

import pytest

from chat import actions
from chat.models import Conversation
from tests.chat.factories import say
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LONG = 130


@pytest.fixture
def long_talk(ana, ben, group) -> Conversation:
    for number in range(2, LONG + 1):  # the first place is a system line's
        say(ana if number % 2 else ben, group, f"message {number}")
    return group


def seqs(answer) -> list[int]:
    return [message["seq"] for message in answer.json()["results"]]


def test_history_opens_around_a_place_and_goes_on_both_ways(api, ana, long_talk):
    url = f"/api/v1/conversations/{long_talk.pk}/messages/"

    around = api(ana).get(url, {"around": 60, "limit": 10})

    assert seqs(around) == list(range(64, 54, -1))
    later = api(ana).get(around.json()["newer"])
    assert seqs(later) == list(range(74, 64, -1))
    assert seqs(api(ana).get(around.json()["next"])) == list(range(54, 44, -1))


def test_history_says_where_it_ends(api, ana, long_talk):
    url = f"/api/v1/conversations/{long_talk.pk}/messages/"

    first = api(ana).get(url, {"around": 1, "limit": 10}).json()
    last = api(ana).get(url, {"after": LONG - 3}).json()

    assert (first["next"], bool(first["newer"])) == (None, True)
    assert (bool(last["next"]), last["newer"]) == (True, None)


def test_thread_is_read_by_its_root(api, ana, ben, group):
    root = say(ana, group).seq
    say(ben, group, "beside it")
    inside = say(ben, group, "under it", thread=root).seq

    answer = api(ana).get(f"/api/v1/conversations/{group.pk}/messages/", {"thread": root})

    assert seqs(answer) == [inside, root]


def test_page_opens_around_a_place_with_a_gap_below(browser, ana, long_talk):
    page = browser(ana).get(f"/chat/{long_talk.pk}/?around=40").content.decode()

    assert 'id="message-40"' in page
    assert f'id="message-{LONG}"' not in page
    assert "data-later >" in page or "data-later>" in page


def test_stretches_tell_whether_there_is_more(browser, ana, long_talk):
    client, url = browser(ana), f"/chat/{long_talk.pk}/history/"

    newest, around = client.get(url), client.get(url, {"around": 40})
    after = client.get(url, {"after": LONG - 10})

    assert (newest["X-Has-Older"], newest["X-Has-Newer"]) == ("1", "0")
    assert (around["X-Has-Older"], around["X-Has-Newer"]) == ("1", "1")
    assert (after["X-Has-Older"], after["X-Has-Newer"]) == ("1", "0")
    assert client.get(url, {"around": "x"}).status_code == 404


def test_main_list_leaves_threads_out_and_their_page_shows_them(browser, ana, ben, group):
    root = say(ana, group, "the root").seq
    say(ben, group, "under it", thread=root)
    client = browser(ana)

    talk = client.get(f"/chat/{group.pk}/").content.decode()
    thread = client.get(f"/chat/{group.pk}/thread/{root}/").content.decode()

    assert "under it" not in talk.partition("data-list>")[2].partition("</ol>")[0]
    assert "1 reply" in talk
    assert "under it" in thread


PAGES = ["history/", "pins/", "thread/2/", "message/2/", "message/2/reactions/", "message/2/edits/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_the_same_queries_however_much_there_is(
    browser, ana, ben, group, path, django_assert_max_num_queries
):
    say(ana, group, "the root")
    friends = [make_user(f"friend{number}") for number in range(6)]
    for friend in friends:
        befriend(ana, friend)
        actions.add_member(ana, group, friend)
        say(friend, group, "@ben", thread=2, mentions=[ben.pk])
        actions.add_reaction(friend, group, seq=2, emoji="🔥")
    actions.pin_message(ana, group, seq=2)
    client = browser(ana)

    with django_assert_max_num_queries(16):
        assert client.get(f"/chat/{group.pk}/{path}").status_code == 200


def test_who_reacted_is_paged(api, ana, group, django_assert_max_num_queries):
    seq = say(ana, group).seq
    for number in range(3):
        friend = make_user(f"friend{number}")
        befriend(ana, friend)
        actions.add_member(ana, group, friend)
        actions.add_reaction(friend, group, seq=seq, emoji="🔥")
    url = f"/api/v1/conversations/{group.pk}/messages/{seq}/reactions/"

    with django_assert_max_num_queries(5):
        page = api(ana).get(url, {"limit": 2}).json()

    assert [one["user"]["username"] for one in page["results"]] == ["friend0", "friend1"]
    rest = api(ana).get(page["next"]).json()["results"]
    assert [(one["emoji"], one["user"]["username"]) for one in rest] == [("🔥", "friend2")]
