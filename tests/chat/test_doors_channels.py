"""What channels and fan groups refuse, by the same code through every door."""

from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from django.core.cache import cache
from django.test import Client

from accounts.pool import in_thread
from chat import actions
from chat.models import Conversation, Message, Reply
from chat.refusals import SENTENCES
from tests.chat.channels import make_channel
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor, stored, words
from tests.chat.factories import say
from tests.factories import befriend, follow
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

POST = 2


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


@pytest.fixture
def channel(ana, ben, zoe):
    channel = make_channel(ana, ben, zoe)
    say(ana, channel, "look")
    return channel


@pytest_asyncio.fixture(params=["rest", "socket", "form"])
async def sending_door(request, api):
    doors = {"rest": lambda: RestDoor(api), "socket": SocketDoor, "form": FormDoor}
    return doors[request.param]()


@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: RestDoor(api), "socket": SocketDoor}[request.param]()


# --- Posting and reacting -------------------------------------------------------------------------


@rule("R27", "page", "api", "socket")
async def test_hosts_post_and_followers_do_not(sending_door, ana, ben, channel):
    assert await sending_door.send(ana, channel, **words("news")) == OK
    assert await sending_door.send(ben, channel, **words("me too")) == "channel.read_only"
    assert await stored(channel) == ["look", "news"]


@rule("R28", "page", "api", "socket")
async def test_stranger_and_removed_follower_do_not_know_it(sending_door, ana, ben, teo, channel):
    await in_thread(actions.remove_follower, ana, channel, ben)

    assert await sending_door.send(teo, channel, **words()) == "not_found"
    assert await sending_door.send(ben, channel, **words()) == "not_found"


@rule("R27", "api", "socket")
async def test_followers_react_and_strangers_do_not(door, ben, teo, channel):
    assert await door.react(ben, channel, POST, "🔥") == OK
    assert await door.react(teo, channel, POST, "🔥") == "not_found"


async def test_hosts_have_no_verb_that_shows_followers_to_each_other(door, ana, channel):
    video = str(uuid4())
    if isinstance(door, RestDoor):
        code = await door.call(ana, "post", channel, "watch/", {"video": video})
        timer = await door.call(ana, "put", channel, "timer/", {"seconds": 86400})
        assert timer == "role.missing"
    else:
        code = await door.call(ana, "watch.start", channel, video=video)
    assert code in {"role.missing", "watch.unknown_video"}


# --- The page and REST say no alike ---------------------------------------------------------------


def by_rest(user, method, path, fields, api) -> str:
    answer = getattr(api(user), method)(f"/api/v1/{path}", fields)
    return OK if answer.status_code < 300 else answer.json()["code"]


def by_page(user, path, fields) -> str:
    """The page's sentence, as its code; pages that redirect say it on the next one."""
    browser = Client()
    browser.force_login(user)
    answer = browser.post(path, fields, follow=True)
    page = unescape(answer.content.decode())
    if answer.status_code == 404:
        return "not_found"
    found = [code for code, sentence in SENTENCES.items() if f">{sentence}<" in page]
    return found[0] if found else OK


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "x" * 81}, "title.too_long"),
        ({"handle": "a b"}, "handle.shape"),
        ({"handle": "admin"}, "handle.reserved"),
        ({"handle": "MEADOW"}, "handle.taken"),
        ({}, OK),
    ],
)
def test_channel_is_made_alike(api, ana, channel, fields, code):
    wanted = {"title": "Dawn", "handle": "dawn", "description": "", **fields}

    rest = by_rest(ana, "post", "conversations/", {"kind": "channel", **wanted}, api)
    if code == OK:
        Conversation.objects.filter(title="Dawn").delete()
    page = by_page(ana, "/chat/new/channel/", wanted)

    assert rest == code
    assert page == code or code == "title.too_long"  # the form's own limit, in its own words
    assert Conversation.objects.filter(title="Dawn").exists() is (code == OK)


@rule("R7", "page", "api")
def test_minor_makes_none_by_any_door(api, teo):
    wanted = {"title": "Dawn", "handle": "dawn", "description": ""}

    assert by_rest(teo, "post", "conversations/", {"kind": "channel", **wanted}, api) == "policy.R7"
    by_page(teo, "/chat/new/channel/", wanted)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("is_page", [True, False])
def test_following_alike(api, ana, teo, kid, channel, is_page):
    def do(user) -> str:
        if is_page:
            return by_page(user, "/channels/meadow/follow/", {})
        return by_rest(user, "post", "channels/meadow/follow/", {}, api)

    do(teo)
    do(kid)

    assert channel.memberships.active().filter(user=teo).exists()
    assert channel.membership_of(kid) is None


@rule("R28", "page", "api")
def test_banned_follower_is_told_alike(api, ana, ben, channel):
    actions.remove_follower(ana, channel, ben, bans=True)

    assert by_rest(ben, "post", "channels/meadow/follow/", {}, api) == "member.banned"
    assert by_page(ben, "/channels/meadow/follow/", {}) == "member.banned"
    assert channel.membership_of(ben) is None


def test_reply_is_refused_alike(api, ana, ben, channel, monkeypatch):
    monkeypatch.setattr("chat.actions.replies.REPLY_EVERY", timedelta(hours=1))
    rest, page = f"conversations/{channel.pk}/messages/2/replies/", replies_page(channel)

    def both(body: str) -> set[str]:
        def said() -> dict[str, str]:
            return {"body": body, "client_id": str(uuid4())}

        return {by_rest(ben, "post", rest, said(), api), by_page(ben, page, said())}

    assert both("hello") == {"replies.closed"}
    actions.change_channel(ana, channel, opens_replies=True)
    assert both(" ") == {"message.empty"}
    assert both("x" * 1001) == {"reply.too_long"}
    assert both("hello") == {OK, "rate.flood"}
    assert Reply.objects.count() == 1
    assert Message.objects.get(conversation=channel, seq=POST).reply_count == 1


def replies_page(channel) -> str:
    return f"/chat/{channel.pk}/posts/{POST}/replies/"


def test_fan_group_tells_what_is_missing_alike(api, ana, zoe):
    group = actions.create_fan_group(ana, title="Inner", rules=[{"kind": "follows", "days": 3}])
    follow(zoe, ana)
    rest = api(zoe).post(f"/api/v1/fan-groups/{group.pk}/", {})
    browser = Client()
    browser.force_login(zoe)

    page = browser.post(f"/fan-groups/{group.pk}/")

    assert (rest.status_code, rest.json()["code"]) == (403, "join.unmet")
    assert rest.json()["detail"] == "Follow Ana for 3 more days"
    assert page.status_code == 403
    assert "Follow Ana for 3 more days" in page.content.decode()


@pytest.mark.parametrize("is_page", [True, False])
def test_fan_joins_with_the_code_through_both_doors(api, ana, zoe, is_page):
    group = actions.create_fan_group(
        ana, title="Inner", rules=[{"kind": "code", "code": "open sesame"}]
    )

    if is_page:
        wrong = by_page(zoe, f"/fan-groups/{group.pk}/", {"given-code": "open barley"})
        by_page(zoe, f"/fan-groups/{group.pk}/", {"given-code": "open sesame"})
    else:
        path = f"fan-groups/{group.pk}/"
        wrong = by_rest(zoe, "post", path, {"given": {"code": "open barley"}}, api)
        by_rest(zoe, "post", path, {"given": {"code": "open sesame"}}, api)

    assert wrong == (OK if is_page else "join.unmet")  # the page says it in the rule's own words
    assert group.memberships.active().filter(user=zoe).exists()


def test_unknown_places_are_not_there(api, ana, zoe, channel, group):
    nowhere = UUID(int=7)

    for path in ("channels/nobody/", f"fan-groups/{nowhere}/", f"fan-groups/{group.pk}/"):
        assert api(zoe).get(f"/api/v1/{path}").status_code == 404
    for path in ("/channels/nobody/", f"/fan-groups/{nowhere}/", f"/fan-groups/{group.pk}/"):
        browser = Client()
        browser.force_login(zoe)
        assert browser.get(path).status_code == 404


def test_verbs_of_channels_are_not_for_groups(api, ana, ben, group):
    base = f"conversations/{group.pk}/"
    befriend(ana, ben)

    assert by_rest(ana, "patch", f"{base}channel/", {"opens_replies": True}, api) == "channel.only"
    assert by_rest(ana, "get", f"{base}hosts/", {}, api) == "channel.only"
    assert by_rest(ana, "post", f"{base}hosts/", {"username": "ben"}, api) == "channel.only"
    assert by_rest(ana, "get", f"{base}messages/1/replies/", {}, api) == "channel.only"
