"""The same rules through every door: page, REST and socket give the same answer to the same
question.

A door is a way to do something as somebody; it answers "ok" or the stable code of the refusal. The
three answers are then what the doors must agree on: who may, what is stored, and how a no is
called.
"""

from uuid import UUID

import pytest
import pytest_asyncio

from accounts import actions as people
from accounts.pool import in_thread
from chat import actions
from chat.models import Conversation, Message
from tests.chat.doors import OK, FormDoor, RestDoor, SocketDoor, stored, words
from tests.chat.factories import say
from tests.rules import rule

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]


# A further door is one class with these four methods and one word here.
@pytest_asyncio.fixture(params=["rest", "socket"])
async def door(request, api):
    return {"rest": lambda: RestDoor(api), "socket": SocketDoor}[request.param]()


@pytest_asyncio.fixture(params=["rest", "socket", "form"])
async def sending_door(request, api):
    doors = {"rest": lambda: RestDoor(api), "socket": SocketDoor, "form": FormDoor}
    return doors[request.param]()


# --- Who may write --------------------------------------------------------------------------------


async def test_member_writes(sending_door, ana, group):
    assert await sending_door.send(ana, group, **words("  hello ")) == OK
    assert await stored(group) == ["hello"]


async def test_stranger_does_not_know_that_it_exists(sending_door, zoe, group):
    unknown = Conversation(pk=UUID(int=7))

    assert await sending_door.send(zoe, group, **words()) == "not_found"
    assert await sending_door.send(zoe, unknown, **words()) == "not_found"
    assert await stored(group) == []


@rule("R28", "page", "api", "socket")
async def test_removed_member_is_a_stranger(sending_door, ana, ben, group):
    await in_thread(actions.remove_member, ana, group, ben)

    assert await sending_door.send(ben, group, **words()) == "not_found"


async def test_invited_person_joins_first(door, ana, zoe, group):
    def invite():
        from tests.factories import befriend

        befriend(ana, zoe)
        zoe.asks_before_groups = True
        zoe.save()
        actions.add_member(ana, group, zoe)

    await in_thread(invite)
    assert await door.send(zoe, group, **words()) == "member.only"


@rule("R2", "page", "api", "socket")
async def test_children_have_no_messages(sending_door, kid, group):
    assert await sending_door.send(kid, group, **words()) == "policy.R2"


@rule("R15", "page", "api", "socket")
async def test_block_is_not_told(sending_door, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)
    await in_thread(people.block, ben, ana)

    assert await sending_door.send(ana, direct, **words()) == "policy.unreachable"
    assert await sending_door.send(ben, direct, **words()) == "policy.unreachable"


@rule("R13", "page", "api", "socket")
async def test_request_holds_one_message_without_links(sending_door, ben, zoe):
    request = await in_thread(actions.start_direct, zoe, ben)

    assert await sending_door.send(zoe, request, **words("see https://x.example")) == "policy.R13"
    assert await sending_door.send(zoe, request, **words("may I?")) == OK
    assert await sending_door.send(zoe, request, **words("hello?")) == "policy.R13"


async def test_answering_a_request_accepts_it(sending_door, ben, zoe):
    request = await in_thread(actions.start_direct, zoe, ben)
    await in_thread(say, zoe, request, "may I?")

    assert await sending_door.send(ben, request, **words("yes")) == OK
    assert await sending_door.send(zoe, request, **words("great")) == OK


@rule("R12", "page", "api", "socket")
async def test_declined_request_looks_like_a_waiting_one(sending_door, ben, zoe):
    request = await in_thread(actions.start_direct, zoe, ben)
    await in_thread(say, zoe, request, "may I?")
    await in_thread(actions.decline, ben, request)

    assert await sending_door.send(zoe, request, **words("hello?")) == "policy.R13"


# --- What may be written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"body": ""}, "message.empty"),
        ({"client_id": "seven"}, "client_id.malformed"),
        ({"reply_to": 99}, "reply.unknown"),
        ({"reply_to": 1}, OK),
        ({"share": "cat:7"}, "share.unknown"),
        ({"mentions": ["ana"]}, "mentions.malformed"),
    ],
)
async def test_message_has_its_limits(door, ana, group, said, code):
    assert await door.send(ana, group, **words() | said) == code


@pytest.mark.parametrize(
    ("body", "code"),
    [(" \n ", "message.empty"), ("x" * 10_001, "message.too_long"), ("x" * 10_000, OK)],
)
async def test_body_has_its_limits(sending_door, ana, group, body, code):
    assert await sending_door.send(ana, group, **words(body)) == code


async def test_said_twice_is_stored_once(sending_door, ana, group):
    said = words("once")

    assert [await sending_door.send(ana, group, **said) for _ in range(3)] == [OK] * 3
    assert await sending_door.send(ana, group, **said | {"body": "other"}) == "client_id.conflict"
    assert await stored(group) == ["once"]


async def test_doors_know_of_each_other(api, ana, group):
    """Sent over the socket, repeated by REST: one row."""
    said = words("once")

    answers = [await each.send(ana, group, **said) for each in (SocketDoor(), RestDoor(api))]

    assert answers == [OK, OK]
    assert await stored(group) == ["once"]


# --- Changing what was said -----------------------------------------------------------------------


async def test_author_edits_and_unsends(door, ana, group):
    seq = (await in_thread(say, ana, group, "frist")).seq

    assert await door.edit(ana, group, seq, "first") == OK
    assert await stored(group) == ["first"]
    assert await door.unsend(ana, group, seq) == OK
    assert await door.edit(ana, group, seq, "again") == "message.unsent"
    assert await stored(group) == [""]


async def test_others_do_not(door, ana, ben, zoe, group):
    seq = (await in_thread(say, ana, group, "mine")).seq

    assert await door.edit(ben, group, seq, "yours") == "message.not_yours"
    assert await door.unsend(ben, group, seq) == "message.not_yours"
    assert await door.edit(zoe, group, seq, "yours") == "not_found"
    assert await door.unsend(zoe, group, seq) == "not_found"
    assert await stored(group) == ["mine"]


async def test_late_edit_is_refused(door, ana, group):
    from datetime import timedelta

    from django.utils import timezone

    made = await in_thread(say, ana, group, "old")
    long_ago = timezone.now() - timedelta(hours=1)
    await in_thread(Message.objects.filter(pk=made.id).update, created_at=long_ago)

    assert await door.edit(ana, group, made.seq, "new") == "edit.too_late"


async def test_reactions_are_one_emoji_of_a_member(door, ana, zoe, group):
    seq = (await in_thread(say, ana, group)).seq

    assert await door.react(ana, group, seq, "🔥") == OK
    assert await door.react(ana, group, seq, "fire") == "emoji.unknown"
    assert await door.react(zoe, group, seq, "🔥") == "not_found"
    assert await door.react(ana, group, 99, "🔥") == "not_found"


async def test_children_react_to_nothing(door, kid, group):
    assert await door.react(kid, group, 1, "🔥") == "policy.R2"
