"""Who reaches what of a channel: creator, co-host, follower, stranger, somebody the creator blocks,
somebody removed, a child; through pages and REST."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chat import actions
from chat.models import Conversation
from tests.chat.channels import make_channel
from tests.chat.factories import say
from tests.factories import befriend, block, follow, make_user

pytestmark = pytest.mark.django_db(transaction=True)

POST = 3  # behind what tells that the channel was made and the co-host came
WHO = ("creator", "cohost", "follower", "stranger", "blocked", "removed", "kid")


@pytest.fixture
def cast(ana, ben, zoe, teo, kid) -> dict[str, Any]:
    blocked, removed = make_user("blocked"), make_user("removed")
    return {
        "creator": ana,
        "cohost": ben,
        "follower": zoe,
        "stranger": teo,
        "blocked": blocked,
        "removed": removed,
        "kid": kid,
    }


@pytest.fixture
def channel(cast) -> Conversation:
    channel = make_channel(cast["creator"], cast["cohost"], cast["follower"], cast["removed"])
    actions.invite_host(cast["creator"], channel, cast["cohost"])
    actions.accept_hosting(cast["cohost"], channel)
    actions.change_channel(cast["creator"], channel, opens_replies=True)
    actions.remove_follower(cast["creator"], channel, cast["removed"])
    block(cast["creator"], cast["blocked"])
    say(cast["creator"], channel, "look")
    return channel


# (method, path) -> the status for each of WHO. Of what does not exist for somebody there is 404.
API = {
    ("get", "channels/meadow/"): (200, 200, 200, 200, 404, 200, 403),
    ("get", "people/ana/channels/"): (200, 200, 200, 200, 404, 200, 403),
    ("get", "conversations/{id}/"): (200, 200, 200, 404, 404, 404, 403),
    ("get", "conversations/{id}/messages/"): (200, 200, 200, 404, 404, 404, 403),
    ("get", "conversations/{id}/changes/"): (200, 200, 200, 404, 404, 404, 403),
    ("get", "conversations/{id}/members/"): (200, 200, 403, 404, 404, 404, 403),
    ("get", "conversations/{id}/hosts/"): (200, 200, 200, 404, 404, 404, 403),
    ("get", "conversations/{id}/bans/"): (200, 200, 403, 404, 404, 404, 403),
    ("get", "conversations/{id}/messages/{seq}/replies/"): (200, 200, 200, 404, 404, 404, 403),
    ("post", "conversations/{id}/messages/"): (201, 201, 403, 404, 404, 404, 403),
    ("post", "conversations/{id}/messages/{seq}/replies/"): (201, 201, 201, 404, 404, 404, 403),
    ("post", "conversations/{id}/messages/{seq}/reactions/"): (200, 200, 200, 404, 404, 404, 403),
    ("patch", "conversations/{id}/channel/"): (200, 200, 403, 404, 404, 404, 403),
    ("patch", "conversations/{id}/"): (200, 200, 403, 404, 404, 404, 403),
    ("post", "conversations/{id}/hosts/"): (201, 403, 403, 404, 404, 404, 403),
    ("delete", "conversations/{id}/hosts/asked/"): (204, 403, 403, 404, 404, 404, 403),
    ("delete", "conversations/{id}/followers/removed/"): (404, 404, 403, 404, 404, 404, 403),
    ("post", "channels/meadow/follow/"): (201, 201, 201, 201, 404, 201, 403),
    ("post", "channels/meadow/hosting/"): (404, 404, 404, 403, 404, 404, 403),
}

PAGES = {
    ("get", "/channels/"): (200, 200, 200, 200, 200, 200, 403),
    ("get", "/channels/meadow/"): (200, 200, 200, 200, 404, 200, 403),
    ("get", "/chat/{id}/"): (200, 200, 200, 404, 404, 404, 403),
    ("get", "/chat/{id}/info/"): (200, 200, 200, 404, 404, 404, 403),
    ("get", "/chat/{id}/info/followers/"): (200, 200, 403, 404, 404, 404, 403),
    ("get", "/chat/{id}/info/hosts/"): (200, 200, 403, 404, 404, 404, 403),
    ("get", "/chat/{id}/posts/{seq}/replies/"): (200, 200, 200, 404, 404, 404, 403),
    ("post", "/chat/{id}/posts/{seq}/replies/"): (302, 302, 302, 404, 404, 404, 403),
    ("post", "/chat/{id}/"): (302, 302, 403, 404, 404, 404, 403),
    ("post", "/chat/{id}/info/channel/"): (302, 302, 403, 404, 404, 404, 403),
    ("post", "/chat/{id}/info/followers/zoe/"): (302, 302, 403, 404, 404, 404, 403),
    ("post", "/channels/meadow/follow/"): (302, 302, 302, 302, 404, 302, 403),
}

FIELDS = {
    "body": "hello",
    "emoji": "🔥",
    "handle": "meadow",
    "title": "Meadow",
    "username": "asked",
}


def path_of(path: str, channel: Conversation) -> str:
    return path.format(id=channel.pk, seq=POST)


def fields() -> dict[str, str]:
    return {**FIELDS, "client_id": str(uuid4())}


def wanted(table, who: str) -> dict[str, int]:
    place = WHO.index(who)
    return {" ".join(asked): statuses[place] for asked, statuses in table.items()}


@pytest.mark.parametrize("who", WHO)
def test_rest(api, cast, channel, who):
    befriend(cast["creator"], make_user("asked"))
    client = api(cast[who])

    answers = {
        f"{method} {path}": getattr(client, method)(
            f"/api/v1/{path_of(path, channel)}", fields()
        ).status_code
        for method, path in API
    }

    assert answers == wanted(API, who)


@pytest.mark.parametrize("who", WHO)
def test_pages(cast, channel, who):
    browser = Client()
    browser.force_login(cast[who])

    answers = {
        f"{method} {path}": getattr(browser, method)(path_of(path, channel), fields()).status_code
        for method, path in PAGES
    }

    assert answers == wanted(PAGES, who)


@pytest.mark.parametrize("who", WHO)
def test_nobody_but_hosts_reads_the_name_of_a_follower(api, cast, channel, who):
    actions.add_reaction(cast["follower"], channel, seq=3, emoji="🔥")
    client, browser, names = api(cast[who]), Client(), (str(cast["follower"].pk), "Zoe", "zoe")
    browser.force_login(cast[who])
    if who == "follower":
        return

    base = f"/api/v1/conversations/{channel.pk}/"
    read = [client.get(f"{base}{path}") for path in ("", "messages/", "changes/", "hosts/")]
    read += [browser.get(f"/chat/{channel.pk}/"), browser.get(f"/chat/{channel.pk}/info/")]
    read += [client.get("/api/v1/channels/meadow/"), browser.get("/channels/meadow/")]
    read += [client.get("/api/v1/conversations/?search=zoe"), browser.get("/inbox/?q=Meadow")]

    told = [name for answer in read for name in names if name in answer.content.decode()]
    assert told == []


@pytest.mark.parametrize("who", ["follower", "stranger", "blocked", "kid"])
def test_fan_groups_page_is_for_who_may_find_it(api, cast, who):
    group = actions.create_fan_group(
        cast["creator"], title="Inner", rules=[{"kind": "follows", "days": 0}]
    )
    block(cast["creator"], cast["blocked"])
    follow(cast["follower"], cast["creator"])

    rest = api(cast[who]).get(f"/api/v1/fan-groups/{group.pk}/").status_code
    browser = Client()
    browser.force_login(cast[who])
    page = browser.get(f"/fan-groups/{group.pk}/").status_code

    wanted = {"follower": 200, "stranger": 200, "blocked": 404, "kid": 403}[who]
    assert (rest, page) == (wanted, wanted)


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/channels/", 11),
        ("/channels/meadow/", 9),
        ("/chat/{id}/", 13),
        ("/chat/{id}/info/", 10),
        ("/chat/{id}/info/followers/", 11),
        ("/chat/{id}/posts/{seq}/replies/", 13),
    ],
)
def test_pages_need_few_queries(cast, channel, path, limit, django_assert_max_num_queries):
    browser = Client()
    browser.force_login(cast["creator"])
    browser.get("/channels/")

    with django_assert_max_num_queries(limit):
        browser.get(path_of(path, channel))


def test_search_does_not_tell_who_follows(api, cast, channel):
    client = api(cast["cohost"])

    by_follower = client.get("/api/v1/conversations/?search=zoe").json()["results"]
    by_name = client.get("/api/v1/conversations/?search=meadow").json()["results"]

    assert ([row["id"] for row in by_follower], len(by_name)) == ([], 1)
