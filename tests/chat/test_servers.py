"""The same conversation under daphne (`manage.py serve`), uvicorn and granian: real processes."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.chat.servers import COMMANDS, Server, connected, dialled, serving, world

__all__ = ["world"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", params=COMMANDS)
def server(request, django_db_setup, tmp_path_factory) -> Iterator[Server]:
    with serving(request.param, tmp_path_factory.mktemp("server")) as running:
        yield running


async def test_two_members_talk_live(server, world):
    async with (
        connected(server, world.keys["ana"]) as ana,
        connected(server, world.keys["ben"]) as ben,
    ):
        ack = await ana.send(world.group, "¿Qué tal? 👋")
        heard = await ben.hear_event()
        answer = await ben.send(world.group, "fine")

        assert ack["type"] == answer["type"] == "ack"
        assert (heard["seq"], heard["body"]) == (ack["seq"], "¿Qué tal? 👋")
        assert answer["seq"] == ack["seq"] + 1
        assert (await ana.hear_event())["body"] == "¿Qué tal? 👋"
        assert (await ana.hear_event())["body"] == "fine"


async def test_a_member_sees_who_types(server, world):
    async with (
        connected(server, world.keys["ana"]) as ana,
        connected(server, world.keys["ben"]) as ben,
    ):
        await ana.say({"type": "typing", "conversation": world.group})

        hint = await ben.hear("typing")

        assert (hint["conversation"], hint["user"]) == (world.group, ana.welcome["user"])


async def test_a_member_who_comes_back_gets_what_was_missed(server, world):
    async with connected(server, world.keys["ben"]) as ben:
        cursors = ben.welcome["heads"]
    async with connected(server, world.keys["ana"]) as ana:
        acks = [await ana.send(world.group, body) for body in ("one", "two")]

    async with connected(server, world.keys["ben"], cursors) as ben:
        missed = [await ben.hear_event() for _ack in acks]

    assert [(event["seq"], event["body"]) for event in missed] == [
        (acks[0]["seq"], "one"),
        (acks[1]["seq"], "two"),
    ]


async def test_a_long_message_arrives_whole(server, world):
    body = "ñ" * 10_000
    async with (
        connected(server, world.keys["ana"]) as ana,
        connected(server, world.keys["ben"]) as ben,
    ):
        await ana.send(world.group, body)

        assert (await ben.hear_event())["body"] == body


async def test_who_is_not_signed_in_is_sent_away(server, world):
    async with dialled(server) as stranger:
        await stranger.say({"type": "hello"})

        assert (await stranger.ended())[0] == 4001


async def test_a_first_frame_that_is_no_hello_is_sent_away(server, world):
    async with dialled(server, world.keys["ana"]) as client:
        await client.say({"type": "pong"})

        assert (await client.ended())[0] == 4000


async def test_a_flood_is_sent_away(server, world):
    async with connected(server, world.keys["ana"]) as client:
        for _ in range(4 * settings.SOCKET_FRAMES_PER_SECOND + 20):
            await client.say({"type": "pong"})

        assert (await client.ended())[0] == 4009


async def test_a_stopping_process_sends_its_clients_elsewhere(world, tmp_path):
    with serving("daphne", tmp_path) as server:
        async with (
            connected(server, world.keys["ana"]) as ana,
            connected(server, world.keys["ben"]) as ben,
        ):
            server.process.terminate()

            assert [(await each.ended())[0] for each in (ana, ben)] == [1012, 1012]
        assert server.process.wait(10) == 0
        assert "Traceback" not in server.log.read_text()
