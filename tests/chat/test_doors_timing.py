"""What happens by the clock, through every door: the same yes, the same no, the same code."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from django.utils import timezone

from accounts import actions as people
from accounts.models import User
from accounts.pool import in_thread
from chat import actions
from chat.models import Conversation, KeptWords, Reminder, ScheduledMessage
from tests.chat.doors import OK, RestDoor, SocketDoor
from tests.chat.factories import say
from tests.factories import befriend

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]
DAY = 24 * 60 * 60
ANYWHERE = Conversation(pk=UUID(int=7))  # where a frame names something else


def ahead(**delta: float) -> str:
    return (timezone.now() + timedelta(**delta)).isoformat()


class TimingByRest(RestDoor):
    """The verbs of this file over REST."""

    async def timer(self, user: User, conversation: Conversation, seconds: Any) -> str:
        return await self.call(user, "put", conversation, "timer/", {"seconds": seconds})

    async def streaks(self, user: User, conversation: Conversation) -> str:
        return await self.call(user, "put", conversation, "streaks/", {"on": True})

    async def schedule(self, user: User, conversation: Conversation, **said: Any) -> str:
        return await self.call(user, "post", conversation, "scheduled/", said)

    async def remind(self, user: User, conversation: Conversation, seq: int, at: str) -> str:
        path = f"messages/{seq}/reminder/"
        return await self.call(user, "put", conversation, path, {"remind_at": at})

    async def keep(self, user: User, conversation: Conversation, **words: Any) -> str:
        return await self.call(user, "put", conversation, "draft/", words)

    async def change(
        self, user: User, verb: str, scheduled: ScheduledMessage, **wanted: Any
    ) -> str:
        method, path = {
            "edit": ("patch", ""), "cancel": ("delete", ""), "send": ("post", "send/"),
        }[verb]  # fmt: skip
        return await self.direct(user, method, f"scheduled/{scheduled.pk}/{path}", wanted)

    async def finish(self, user: User, reminder: Reminder) -> str:
        return await self.direct(user, "delete", f"reminders/{reminder.pk}/", {})

    async def move(self, user: User, reminder: Reminder, at: str) -> str:
        return await self.direct(user, "patch", f"reminders/{reminder.pk}/", {"remind_at": at})

    async def direct(self, user: User, method: str, path: str, fields: dict[str, Any]) -> str:
        answer = await in_thread(getattr(self.api(user), method), f"/api/v1/{path}", fields)
        return OK if answer.status_code < 300 else answer.json()["code"]


class TimingBySocket(SocketDoor):
    """The same over the socket."""

    async def timer(self, user: User, conversation: Conversation, seconds: Any) -> str:
        return await self.call(user, "timer.set", conversation, seconds=seconds)

    async def streaks(self, user: User, conversation: Conversation) -> str:
        return await self.call(user, "streaks.set", conversation, on=True)

    async def schedule(self, user: User, conversation: Conversation, **said: Any) -> str:
        return await self.call(user, "schedule.add", conversation, **said)

    async def remind(self, user: User, conversation: Conversation, seq: int, at: str) -> str:
        return await self.call(user, "reminder.set", conversation, seq=seq, remind_at=at)

    async def keep(self, user: User, conversation: Conversation, **words: Any) -> str:
        return await self.call(user, "draft.set", conversation, **words)

    async def change(
        self, user: User, verb: str, scheduled: ScheduledMessage, **wanted: Any
    ) -> str:
        wanted["scheduled"] = str(scheduled.pk)
        return await self.call(user, f"schedule.{verb}", ANYWHERE, **wanted)

    async def finish(self, user: User, reminder: Reminder) -> str:
        return await self.call(user, "reminder.finish", ANYWHERE, reminder=str(reminder.pk))

    async def move(self, user: User, reminder: Reminder, at: str) -> str:
        fields = {"reminder": str(reminder.pk), "remind_at": at}
        return await self.call(user, "reminder.move", ANYWHERE, **fields)


@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: TimingByRest(api), "socket": TimingBySocket}[request.param]()


def later(author: User, conversation: Conversation) -> ScheduledMessage:
    return actions.schedule_message(author, conversation, body="later", send_at=ahead(hours=1))


def remembered(person: User, conversation: Conversation) -> Reminder:
    stored = say(person, conversation)
    return actions.remind(person, conversation, seq=stored.seq, remind_at=ahead(hours=1))


# --- Disappearing messages ------------------------------------------------------------------------


async def test_the_timer_is_the_right_of_those_who_run_the_group(door, ana, ben, zoe, kid, group):
    assert await door.timer(ana, group, DAY) == OK
    assert await door.timer(ben, group, DAY) == "role.missing"
    assert await door.timer(zoe, group, DAY) == "not_found"
    assert await door.timer(kid, group, DAY) == "policy.R2"
    assert await door.timer(ana, group, 17) == "timer.unknown"


async def test_both_of_a_pair_set_the_timer_unless_a_block_stands_between(door, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)

    assert await door.timer(ben, direct, 7 * DAY) == OK
    await in_thread(people.block, ana, ben)
    assert await door.timer(ben, direct, 0) == "policy.unreachable"


async def test_a_request_has_no_timer(door, ben, zoe):
    request = await in_thread(actions.start_direct, zoe, ben)

    assert await door.timer(zoe, request, DAY) == "policy.R13"


async def test_invited_and_removed_people_set_nothing(door, ana, ben, zoe, group):
    def invite():
        befriend(ana, zoe)
        zoe.asks_before_groups = True
        zoe.save()
        actions.add_member(ana, group, zoe)
        actions.remove_member(ana, group, ben)

    await in_thread(invite)

    for person in (zoe, ben):
        assert await door.timer(person, group, DAY) == "not_found"
        assert await door.streaks(person, group) == "not_found"
        assert await door.schedule(person, group, body="x", send_at=ahead(hours=1)) == "not_found"
        assert await door.keep(person, group, body="x", edited_at=ahead()) == "not_found"


# --- Scheduled messages ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"body": "x", "send_at": {"hours": 1}}, OK),
        ({"body": "x", "send_at": {"days": 365}}, OK),
        ({"body": "x", "send_at": {"seconds": -1}}, "schedule.past"),
        ({"body": "x", "send_at": {"days": 370}}, "schedule.too_far"),
        ({"body": "x", "send_at": "tomorrow"}, "time.malformed"),
        ({"body": "x", "send_at": "2030-02-30T10:00:00Z"}, "time.malformed"),
        ({"body": "x", "send_at": "2030-01-01T10:00:00"}, "time.malformed"),
        ({"body": "", "send_at": {"hours": 1}}, "message.empty"),
        ({"body": "x" * 10_001, "send_at": {"hours": 1}}, "message.too_long"),
        ({"share": "cat:7", "send_at": {"hours": 1}}, "share.unknown"),
        ({"body": "x", "client_id": "seven", "send_at": {"hours": 1}}, "client_id.malformed"),
    ],
)
async def test_what_can_be_scheduled(door, ana, group, said, code):
    if isinstance(said["send_at"], dict):
        said = said | {"send_at": ahead(**said["send_at"])}

    assert await door.schedule(ana, group, **said) == code


async def test_a_hundred_wait_in_a_conversation_and_no_more(door, ana, ben, group):
    def fill():
        ScheduledMessage.objects.bulk_create(
            ScheduledMessage(
                conversation=group,
                author=ana,
                client_id=uuid4(),
                body="later",
                send_at=timezone.now() + timedelta(hours=1),
            )
            for _ in range(100)
        )

    await in_thread(fill)

    said = {"body": "one more", "send_at": ahead(hours=1)}
    assert await door.schedule(ana, group, **said) == "schedule.too_many"
    assert await door.schedule(ben, group, **said) == OK


async def test_strangers_and_children_schedule_nothing(door, zoe, kid, group):
    said = {"body": "x", "send_at": ahead(hours=1)}

    assert await door.schedule(zoe, group, **said) == "not_found"
    assert await door.schedule(kid, group, **said) == "policy.R2"


@pytest.mark.parametrize("verb", ["edit", "cancel", "send"])
async def test_a_scheduled_message_is_its_authors_alone(door, ana, ben, zoe, kid, group, verb):
    scheduled = await in_thread(later, ana, group)

    for person in (ben, zoe):
        assert await door.change(person, verb, scheduled) == "not_found"
    assert await door.change(kid, verb, scheduled) == "policy.R2"
    assert await door.change(ana, verb, scheduled) == OK


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"body": "other words"}, OK),
        ({"body": " "}, "message.empty"),
        ({"send_at": {"hours": -1}}, "schedule.past"),
        ({"send_at": {"days": 370}}, "schedule.too_far"),
        ({"send_at": "noon"}, "time.malformed"),
    ],
)
async def test_what_can_be_changed(door, ana, group, wanted, code):
    scheduled = await in_thread(later, ana, group)
    if isinstance(wanted.get("send_at"), dict):
        wanted = wanted | {"send_at": ahead(**wanted["send_at"])}

    assert await door.change(ana, "edit", scheduled, **wanted) == code


@pytest.mark.parametrize("verb", ["edit", "cancel", "send"])
async def test_what_is_being_sent_is_left_alone(door, ana, group, verb):
    scheduled = await in_thread(later, ana, group)
    await in_thread(ScheduledMessage.objects.update, taken_at=timezone.now())

    assert await door.change(ana, verb, scheduled) == "schedule.leaving"


# --- Reminders ------------------------------------------------------------------------------------


async def test_who_may_be_reminded_of_what(door, ana, ben, zoe, kid, group):
    seq = (await in_thread(say, ana, group)).seq

    assert await door.remind(ben, group, seq, ahead(hours=1)) == OK
    assert await door.remind(ben, group, 99, ahead(hours=1)) == "not_found"
    assert await door.remind(zoe, group, seq, ahead(hours=1)) == "not_found"
    assert await door.remind(kid, group, seq, ahead(hours=1)) == "policy.R2"
    assert await door.remind(ben, group, seq, ahead(hours=-1)) == "reminder.past"
    assert await door.remind(ben, group, seq, ahead(days=370)) == "reminder.too_far"
    assert await door.remind(ben, group, seq, "soon") == "time.malformed"


async def test_reminders_have_a_limit(door, ana, group, monkeypatch):
    monkeypatch.setattr("chat.actions.reminders.LIMIT", 1)
    await in_thread(remembered, ana, group)
    seq = (await in_thread(say, ana, group)).seq

    assert await door.remind(ana, group, seq, ahead(hours=1)) == "reminder.too_many"


async def test_a_reminder_is_its_owners_alone(door, ana, ben, zoe, kid, group):
    reminder = await in_thread(remembered, ana, group)

    for person in (ben, zoe):
        assert await door.move(person, reminder, ahead(hours=2)) == "not_found"
        assert await door.finish(person, reminder) == "not_found"
    assert await door.finish(kid, reminder) == "policy.R2"
    assert await door.move(ana, reminder, ahead(hours=-2)) == "reminder.past"
    assert await door.move(ana, reminder, ahead(hours=2)) == OK
    assert await door.finish(ana, reminder) == OK


# --- Words not sent yet ---------------------------------------------------------------------------


async def test_who_keeps_words_where(door, ana, zoe, kid, group):
    words = {"body": "half a thou", "edited_at": ahead()}

    assert await door.keep(ana, group, **words) == OK
    assert await door.keep(zoe, group, **words) == "not_found"
    assert await door.keep(kid, group, **words) == "policy.R2"
    assert await door.keep(ana, group, body="x" * 10_001, edited_at=ahead()) == "message.too_long"
    assert await door.keep(ana, group, body="x", edited_at="now") == "time.malformed"
    assert await in_thread(KeptWords.objects.count) == 1


# --- Streaks --------------------------------------------------------------------------------------


async def test_who_takes_part_in_streaks(door, ana, zoe, kid, group):
    assert await door.streaks(ana, group) == OK
    assert await door.streaks(zoe, group) == "not_found"
    assert await door.streaks(kid, group) == "policy.R2"


# --- Lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["scheduled/", "reminders/", "conversations/drafts/"])
def test_lists_hold_ones_own_and_are_not_for_children(api, ana, ben, kid, group, path):
    later(ana, group)
    remembered(ana, group)
    actions.keep_words(ana, group, body="half a", edited_at=timezone.now())

    assert len(api(ana).get(f"/api/v1/{path}").json()) == 1
    assert api(ben).get(f"/api/v1/{path}").json() == []
    assert api(kid).get(f"/api/v1/{path}").json()["code"] == "policy.R2"
    assert api().get(f"/api/v1/{path}").status_code == 401


def test_a_conversations_list_is_for_those_in_it(api, ana, zoe, group):
    later(ana, group)
    url = f"/api/v1/conversations/{group.pk}/scheduled/"

    assert [card["body"] for card in api(ana).get(url).json()] == ["later"]
    assert api(zoe).get(url).status_code == 404
