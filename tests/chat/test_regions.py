"""Conversations where they are off in somebody's region (R45), on open sockets above all."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions as people
from accounts.models import User
from accounts.pool import in_thread
from accounts.regions import table
from chat import actions
from chat.actions import scheduling
from chat.models import ScheduledMessage
from tests.chat.client import communicator, connected, session_key
from tests.chat.doors import SocketDoor, words
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

REASONS = {"en": "A court decided so."}


@pytest.fixture
def looking(monkeypatch):
    """Rules are looked for at every tick, as a process of its own does."""
    monkeypatch.setattr(table, "LOOK_EVERY", 0.0)


@pytest.fixture
def indian(ana) -> User:
    User.objects.filter(pk=ana.pk).update(region="IN")
    ana.refresh_from_db()
    return ana


@pytest.fixture
def direct(indian, ben):
    return actions.start_direct(indian, ben)


def off(mod, feature="messages", **options):
    return people.switch_off(mod, region="IN", feature=feature, reasons=REASONS, **options)


@rule("R45", "socket")
async def test_whoever_is_online_is_told_and_nothing_passes_until_it_is_on_again(
    mod, indian, ben, direct
):
    async with connected(indian) as here, connected(ben) as there:
        made = await in_thread(off, mod)
        told = await here.hear_type("region")
        refused = await here.send(direct, "still there?")
        await there.send(direct, "unheard")
        assert await here.is_silent()

        await in_thread(people.switch_on, mod, made)
        open_again = await here.hear_type("region")
        joined = await here.hear_event("membership.joined")
        said = await here.send(direct, "back")

    assert told == {"type": "region", "region": "IN", "off": ["messages"]}
    assert (refused["type"], refused["code"]) == ("refused", "policy.R45")
    assert open_again["off"] == []
    assert joined["card"]["id"] == str(direct.pk)
    assert said["type"] == "ack"
    assert not [frame for frame in there.heard if frame["type"] == "region"]


@rule("R45", "socket")
async def test_a_rule_that_begins_by_the_clock_reaches_open_sockets(mod, indian, direct):
    async with connected(indian) as here:
        soon = timezone.now() + timedelta(seconds=0.7)
        await in_thread(off, mod, off_from=soon)
        told = await here.hear_type("region")
        late = (timezone.now() - soon).total_seconds()
        refused = await here.send(direct)

    assert told["off"] == ["messages"]
    assert 0 <= late < 2
    assert refused["code"] == "policy.R45"


async def test_with_all_of_medley_off_sockets_are_closed_and_none_is_opened(mod, indian, direct):
    async with connected(indian) as here:
        await in_thread(off, mod, "app")
        told = await here.hear_type("region")
        closed = await here.hear_type("closed")

    line = communicator(await in_thread(session_key, indian))
    await line.connect()
    await line.send_json_to({"type": "hello"})
    error = await line.receive_json_from()
    output = await line.receive_output()
    await line.disconnect()

    assert told["off"] == ["app"]
    assert closed["code"] == 4010
    assert error == {"type": "error", "code": "policy.R45"}
    assert (output["type"], output["code"]) == ("websocket.close", 4010)


async def test_groups_alone_are_off(mod, indian, ben, direct, group):
    async with connected(indian) as here:
        await in_thread(off, mod, "groups")
        await here.hear_type("region")
        in_group = await here.send(group)
        typing = await here.ask("typing", conversation=str(group.pk))
        alone = await here.send(direct)

    async with connected(indian, cursors={str(group.pk): 0}) as later:
        assert later.welcome["off"] == ["groups"]
        assert list(later.welcome["heads"]) == [str(direct.pk)]
        assert await later.is_silent()

    assert in_group["code"] == typing["code"] == "policy.R45"
    assert alone["type"] == "ack"


async def test_another_process_finds_out_without_being_told(mod, indian, looking, monkeypatch):
    monkeypatch.setattr(table, "_tell", lambda: table.cache.set(table.VERSION, "another"))
    async with connected(indian) as here:
        await in_thread(off, mod)
        told = await here.hear_type("region")

    assert told["off"] == ["messages"]


@pytest.mark.parametrize("feature", ["messages", "groups"])
async def test_every_door_refuses_in_the_same_words(mod, indian, group, api, feature):
    await in_thread(off, mod, feature)

    form = await in_thread(_status_of_form, indian, f"/chat/{group.pk}/")
    socket = await SocketDoor().send(indian, group, **words())
    rest = await in_thread(_answer_of_api, indian, f"/api/v1/conversations/{group.pk}/messages/")

    assert socket == "policy.R45"
    assert rest == (451, "policy.R45")
    assert form == 451


def _status_of_form(user: User, url: str) -> int:
    browser = Client()
    browser.force_login(user)
    return browser.post(url, words()).status_code


def _answer_of_api(user: User, url: str) -> tuple[int, str]:
    client = APIClient()
    client.force_login(user)
    answer = client.post(url, words())
    return answer.status_code, answer.json()["code"]


def test_no_group_is_made_where_groups_are_off(mod, indian, ben, browser):
    off(mod, "groups")
    there = browser(indian)

    group = {"kind": "group", "title": "Trip", "members": ["ben"]}
    refused = there.post("/api/v1/conversations/", group, content_type="application/json")
    direct = {"kind": "direct", "members": ["ben"]}
    begun = there.post("/api/v1/conversations/", direct, content_type="application/json")
    page = there.post("/chat/new/", {"people": ["ben"], "title": "Trip"})

    assert (refused.status_code, refused.json()["code"]) == (403, "policy.R45")
    assert begun.status_code == 201
    assert "Groups are not available" in page.content.decode()


def test_what_was_planned_waits_until_it_is_on_again(mod, indian, direct):
    moment = timezone.now() + timedelta(minutes=5)
    scheduling.schedule_message(indian, direct, body="later", send_at=moment)
    made = off(mod)

    assert scheduling.send_due(moment) == 0
    waiting = ScheduledMessage.objects.get()
    assert (waiting.refusal, waiting.taken_at) == ("", None)

    people.switch_on(mod, made)
    assert scheduling.send_due(moment) == 1
