"""What one is told of, seen and read through every door: the same yes, the same no."""

from typing import Any
from uuid import uuid4

import pytest

from accounts import actions
from accounts.models import Notification, User
from accounts.notifications.telling import standing
from accounts.pool import in_thread
from tests.accounts.told import lines_of, run_jobs
from tests.chat.client import connected
from tests.factories import block

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

OK, MALFORMED = "ok", "malformed"


class Rest:
    def __init__(self, api: Any) -> None:
        self.api = api

    async def call(self, user: User, verb: str, **said: Any) -> str:
        url = f"/api/v1/notifications/{verb}/"
        answer = await in_thread(self.api(user).post, url, said, format="json")
        if answer.status_code == 200:
            assert answer.json() == await in_thread(standing, user.pk)
            return OK
        assert answer.status_code == 400, answer.content
        return MALFORMED


class Socket:
    async def call(self, user: User, verb: str, **said: Any) -> str:
        async with connected(user) as client:
            answer = await client.ask(f"notifications.{verb}", **said)
        if answer["type"] == "ack":
            now = {name: answer[name] for name in ("unread", "revision")}
            assert now == await in_thread(standing, user.pk)
            return OK
        return {"frame.malformed": MALFORMED}.get(answer["code"], answer["code"])


@pytest.fixture(params=["rest", "socket"])
def door(request, api) -> Rest | Socket:
    return Rest(api) if request.param == "rest" else Socket()


async def told_line(user: User, fan: User) -> Notification:
    def act() -> Notification:
        actions.follow(fan, user)
        run_jobs()
        return lines_of(user)[0]

    return await in_thread(act)


async def is_read(line: Notification) -> bool:
    return (await in_thread(Notification.objects.get, pk=line.pk)).is_read


async def test_the_list_is_looked_at(door, ana, zoe):
    await told_line(ana, zoe)

    assert await door.call(ana, "seen", up_to=1) == OK

    assert (await in_thread(standing, ana.pk))["unread"] == 0


async def test_a_line_is_read(door, ana, zoe):
    line = await told_line(ana, zoe)

    assert await door.call(ana, "read", ids=[str(line.pk)]) == OK

    assert await is_read(line)


async def test_all_is_read(door, ana, zoe):
    line = await told_line(ana, zoe)

    assert await door.call(ana, "read", up_to=1) == OK

    assert await is_read(line)


async def test_it_is_there_for_those_who_have_no_conversations(door, kid, zoe):
    line = await told_line(kid, zoe)

    assert await door.call(kid, "seen", up_to=1) == OK
    assert await door.call(kid, "read", ids=[str(line.pk)]) == OK

    assert await is_read(line)


async def test_others_lines_are_passed_over(door, ana, ben, zoe):
    line = await told_line(ana, zoe)
    await in_thread(block, ana, zoe)

    for other in (ben, zoe):
        assert await door.call(other, "read", ids=[str(line.pk)]) == OK
        assert await door.call(other, "read", up_to=99) == OK
        assert await door.call(other, "seen", up_to=99) == OK

    assert not await is_read(line)
    assert (await in_thread(standing, ana.pk))["unread"] == 1


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("seen", {}),
        ("seen", {"up_to": -1}),
        ("seen", {"up_to": "many"}),
        ("seen", {"up_to": 2**62 + 1}),
        ("read", {}),
        ("read", {"up_to": -1}),
        ("read", {"ids": "all"}),
        ("read", {"ids": ["x"]}),
        ("read", {"ids": [str(uuid4())] * 501}),
    ],
)
async def test_what_cannot_be_read_is_refused(door, ana, verb, said):
    assert await door.call(ana, verb, **said) == MALFORMED


async def test_the_other_device_hears_it(ana, zoe):
    async with connected(ana) as phone, connected(ana) as desk:
        line = await told_line(ana, zoe)
        for device in (phone, desk):
            came = await device.hear_type("notification")
            assert (came["notification"]["id"], came["unread"]) == (str(line.pk), 1)

        await phone.ask("notifications.read", ids=[str(line.pk)])

        read = await desk.hear_type("notifications.read")
        assert (read["ids"], read["unread"], read["revision"]) == ([str(line.pk)], 0, 2)


async def test_nobody_else_hears_it(ana, ben, zoe):
    async with connected(ben) as other:
        await told_line(ana, zoe)

        assert await other.is_silent()


# --- REST alone ---------------------------------------------------------------------------------


@pytest.fixture
def ask(api):
    """`ask(ana, "changes/?after=0")`"""
    return lambda user, path: api(user).get(f"/api/v1/notifications/{path}").json()


def follow_and_run(user: User, *fans: User) -> None:
    for fan in fans:
        actions.follow(fan, user)
    run_jobs()


def test_a_page_of_lines(ask, ana, zoe, teo):
    follow_and_run(ana, zoe, teo)

    page = ask(ana, "?limit=1&section=follows")

    assert (page["unread"], page["revision"], page["next"]) == (1, 2, None)
    assert [line["text"] for line in page["results"]] == ["Teo and 1 other follow you"]
    assert ask(ana, "?section=likes")["results"] == []
    assert ask(ana, "?section=x")["code"] == "invalid_choice"
    assert ask(zoe, "")["results"] == []


def test_what_changed_while_one_was_away(ask, ana, zoe, teo):
    follow_and_run(ana, zoe)
    actions.read_notifications(ana, [line.pk for line in lines_of(ana)])
    before = ask(ana, "")["revision"]
    follow_and_run(ana, teo)

    news = ask(ana, f"changes/?after={before}")

    assert [line["text"] for line in news["results"]] == ["Teo follows you"]
    assert (news["gone"], news["reset"], news["revision"]) == ([], False, before + 1)

    actions.unfollow(teo, ana)
    run_jobs()
    gone = ask(ana, f"changes/?after={news['revision']}")
    assert gone["gone"] == [news["results"][0]["id"]]
    assert ask(ana, f"changes/?after={gone['revision']}")["results"] == []


def test_who_was_away_for_long_begins_anew(ask, ana, zoe, monkeypatch):
    follow_and_run(ana, zoe)
    assert ask(ana, "changes/?after=0")["reset"] is False

    monkeypatch.setattr("accounts.api.notifications.CHANGES", 0)
    assert ask(ana, "changes/?after=0") == {
        "results": [], "gone": [], "reset": True, "unread": 1, "revision": 1,
    }  # fmt: skip


def test_what_was_forgotten_begins_anew(ask, ana, zoe):
    follow_and_run(ana, zoe)
    ana.notification_line.forgotten_revision = 1
    ana.notification_line.save()

    assert ask(ana, "changes/?after=0")["reset"] is True
    assert ask(ana, "changes/?after=1")["reset"] is False


@pytest.mark.parametrize("after", ["", "x", "-1", str(2**63)])
def test_a_revision_that_is_none_is_refused(ask, ana, after):
    assert "code" in ask(ana, f"changes/?after={after}")


@pytest.mark.parametrize(
    ("method", "path"), [("get", ""), ("get", "changes/"), ("post", "seen/"), ("post", "read/")]
)
def test_nobody_signed_out(api, method, path):
    assert getattr(api(), method)(f"/api/v1/notifications/{path}").status_code == 401
