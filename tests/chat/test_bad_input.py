"""Whatever one client sends to a real server, it gets a code or is closed with a reason, within a
second, and the others talk on."""

import asyncio
import contextlib
import time
import zlib
from collections.abc import AsyncIterator, Iterator

import pytest
from websockets.exceptions import ConnectionClosed

from tests.chat.bystanders import SOON, others_talking
from tests.chat.fuzz import Fuzz
from tests.chat.servers import Client, Frame, Server, connected, dialled, serving, world
from tests.websocket_frames import BINARY, CONTINUATION, PING, frame

__all__ = ["world"]  # a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("live_hub")]

KIB = 1024


@pytest.fixture(scope="module")
def server(django_db_setup, tmp_path_factory) -> Iterator[Server]:
    with serving("daphne", tmp_path_factory.mktemp("server")) as running:
        yield running
        assert "Traceback" not in running.log.read_text()


@pytest.fixture
async def intruder(server, world) -> AsyncIterator[Client]:
    """Zoe's socket, while Ana and Ben talk on: quickly, and without the server growing."""
    async with others_talking(server, world), connected(server, world.keys["zoe"]) as client:
        yield client


async def answer_to(client: Client, said: Frame | str | bytes) -> tuple[str, str]:
    """What is said to bad input: its type and code."""
    await client.say(said)
    async with asyncio.timeout(SOON):
        answer = await client.hear("ack", "refused", "error")
    return answer["type"], answer["code"]


async def end_after(client: Client, raw: bytes) -> tuple[int | None, list[str]]:
    """The close code after bytes that no WebSocket library writes, and the codes said before."""
    client.socket.transport.write(raw)
    async with asyncio.timeout(SOON):
        code, said = await client.ended()
    return code, [each["code"] for each in said if each["type"] == "error"]


# --- Answered with a code -------------------------------------------------------------------------

NO_FRAMES: list[Frame | str | bytes] = [
    "",
    "{",
    '"hello"',
    "[" * 60_000,
    '{"a":' * 12_000,
    '{"type":"pong","id":"\\ud800"}',
    b"{}",
    b"\x00\xff",
    {},
    {"type": None},
    {"type": ["message.send"]},
]


async def test_what_is_no_frame_is_malformed(intruder, world):
    answers = [(said, await answer_to(intruder, said)) for said in NO_FRAMES]

    assert answers == [(said, ("error", "frame.malformed")) for said in NO_FRAMES]
    assert (await intruder.send(world.elsewhere, "still here"))["type"] == "ack"


async def test_unknown_types_are_named_so(intruder):
    kinds = ["", "message.explode", "__class__", "ack", "type\0"]

    answers = [await answer_to(intruder, {"type": kind}) for kind in kinds]

    assert answers == [("error", "frame.unknown_type")] * len(kinds)


SEND: Frame = {
    "type": "message.send",
    "client_id": "7d3c2ba4-5b0c-4a4e-9d55-0e6a33f8ac7b",
    "body": "x",
}
WRONG_FIELDS: list[tuple[Frame, str]] = [
    (SEND | {"body": 5}, "frame.malformed"),
    (SEND | {"body": None}, "message.empty"),
    (SEND | {"body": ["x"]}, "frame.malformed"),
    (SEND | {"body": "x" * 10_001}, "message.too_long"),
    (SEND | {"client_id": {}}, "client_id.malformed"),
    (SEND | {"client_id": "7"}, "client_id.malformed"),
    (SEND | {"conversation": []}, "frame.malformed"),
    (SEND | {"conversation": 7}, "frame.malformed"),
    (SEND | {"conversation": "7"}, "frame.malformed"),
    (SEND | {"reply_to": "first"}, "reply.unknown"),
    (SEND | {"reply_to": 2**70}, "reply.unknown"),
    (SEND | {"mentions": "everybody"}, "mentions.malformed"),
    (SEND | {"mentions": [1, {}]}, "mentions.malformed"),
    (SEND | {"media": "all"}, "media.unknown"),
    (SEND | {"share": {"video": 1}}, "share.unknown"),
    ({"type": "message.edit", "seq": "one", "body": "x"}, "frame.malformed"),
    ({"type": "message.edit", "seq": -1, "body": "x"}, "frame.malformed"),
    ({"type": "message.unsend", "seq": 1.5}, "frame.malformed"),
    ({"type": "reaction.add", "seq": True, "emoji": "👍"}, "frame.malformed"),
    ({"type": "read", "seq": None}, "frame.malformed"),
    ({"type": "read", "seq": 2**80}, "frame.malformed"),
    ({"type": "typing", "conversation": {}}, "frame.malformed"),
    ({"type": "hello", "cursors": [1]}, "frame.malformed"),
    ({"type": "hello", "cursors": {"x": 1}}, "frame.malformed"),
]


async def test_fields_of_the_wrong_type_are_refused(intruder, world):
    here = {"conversation": world.elsewhere}
    before = await intruder.send(world.elsewhere, "here I am")

    codes = [(said, (await answer_to(intruder, here | said))[1]) for said, _code in WRONG_FIELDS]

    assert codes == WRONG_FIELDS
    assert (await intruder.send(world.elsewhere, "still here"))["seq"] == before["seq"] + 1


async def test_a_conversation_of_others_is_not_there(intruder, world):
    theirs = {"conversation": world.group, "seq": 1}
    frames: list[Frame] = [
        SEND,
        {"type": "message.edit", "body": "x"},
        {"type": "message.unsend"},
        {"type": "reaction.add", "emoji": "👍"},
        {"type": "reaction.remove", "emoji": "👍"},
        {"type": "read"},
        {"type": "typing"},
    ]

    answers = [await answer_to(intruder, theirs | said) for said in frames]

    assert answers == [("refused", "not_found")] * len(frames)


# --- Closed with a reason -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "close", "said"),
    [
        (frame(b"x" * (64 * KIB + 1)), 4000, ["frame.too_large"]),
        (frame(b"x" * 40 * KIB, fin=False) + frame(b"x" * 40 * KIB, CONTINUATION), 4000, None),
        (frame(b"x" * 2048 * KIB), 1009, []),
        (frame(b"x", fin=False) + frame(b"x" * 100 * KIB, CONTINUATION, fin=False) * 20, 1009, []),
        (b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"mask", 1009, []),
        (frame(zlib.compress(b"\0" * 2**24)[2:-4], rsv=4), 1002, []),
        (frame(b"\xc3\x28"), 1007, []),
        (frame(b"{}", mask=None), 1002, []),
        (frame(b"{}", opcode=5), 1002, []),
        (frame(b"x" * 126, PING), 1002, []),
        (frame(b"again", CONTINUATION), 1002, []),
        (frame(b"?", PING) * 1000, 4009, []),
        (frame(b"", fin=False) + frame(b"", CONTINUATION, fin=False) * 1000, 4009, []),
        (frame(b'{"type":"pong"}') * 1000, 4009, ["rate.flood"]),
        (frame(b"{}", BINARY) * 1000, 4009, None),
    ],
    ids=[
        "64 KiB + 1",
        "80 KiB in pieces",
        "2 MiB",
        "2 MiB in pieces",
        "2^63 bytes announced",
        "compressed bomb",
        "not UTF-8",
        "not masked",
        "reserved opcode",
        "long ping",
        "piece of nothing",
        "1,000 pings",
        "1,000 empty pieces",
        "1,000 frames",
        "1,000 bad frames",
    ],
)
async def test_what_no_client_should_send_ends_its_connection(intruder, raw, close, said):
    code, codes = await end_after(intruder, raw)

    assert code == close
    assert said is None or codes == said


async def test_a_thousand_frames_a_second_end_the_connection(intruder):
    begun = time.monotonic()
    with contextlib.suppress(ConnectionClosed):
        for n in range(1000):
            await intruder.say({"type": "pong"})
            await asyncio.sleep(begun + n / 1000 - time.monotonic())

    assert (await intruder.ended())[0] == 4009
    assert time.monotonic() - begun < SOON


async def test_deflate_is_not_negotiated(server, world):
    async with dialled(server, world.keys["zoe"], compression="deflate") as client:
        response = client.socket.response

        assert response is not None
        assert "Sec-WebSocket-Extensions" not in response.headers


# --- Anything -------------------------------------------------------------------------------------

SEED, TURNS, AT_ONCE, FRAMES_EACH = 2026, 25, 5, 80  # each connection below what is a flood


async def test_ten_thousand_fuzzed_frames_hurt_nobody(server, world):
    fuzz = Fuzz(SEED, [world.group, world.elsewhere])
    async with others_talking(server, world):
        for _ in range(TURNS):
            turn = [talk_nonsense(server, world.keys["zoe"], fuzz) for _ in range(AT_ONCE)]
            await asyncio.gather(*turn)

        async with connected(server, world.keys["zoe"]) as client:
            assert (await client.send(world.elsewhere, "still here"))["type"] == "ack"
    assert "Traceback" not in server.log.read_text()


async def talk_nonsense(server: Server, key: str, fuzz: Fuzz) -> None:
    """One connection: proper messages of nonsense, all answered, and at last bytes of any kind."""
    proper = b"".join(fuzz.well_framed() for _ in range(FRAMES_EACH - 2))
    async with connected(server, key) as client:
        client.socket.transport.write(proper + frame(b'{"type":"none","id":"last"}'))
        while (await client.hear("error", "refused")).get("id") != "last":
            pass
        client.socket.transport.write(fuzz.ill_framed())
