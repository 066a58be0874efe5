"""How frames go out: straight to the socket where the server offers its line, else by ASGI."""

import asyncio
from typing import Any

from chat.live import outlets
from chat.live.outlets import AsgiOutlet, RawOutlet, outlet
from chat.live.wire import Frame, framed


class Line:
    """A server's line that notes what is written; `waiting` is what its client has not read."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.waiting = 0

    def write(self, frames: bytes) -> int:
        self.written.append(frames)
        return self.waiting


def frame(text: str) -> Frame:
    return Frame(text.encode())


async def test_the_servers_line_is_used_where_there_is_one():
    line = Line()
    sent: list[Any] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    straight = outlet(send, {"extensions": {"medley.line": line}})
    straight.write(frame("hello"))

    assert (line.written, sent) == ([framed(b"hello")], [])


async def test_answers_ride_with_the_news_of_the_same_turn():
    line = Line()
    out = RawOutlet(line.write)

    out.hold(frame("ack 1"))
    out.hold(frame("ack 2"))
    out.write(frame("news"))
    await asyncio.sleep(0)

    assert line.written == [framed(b"ack 1") + framed(b"ack 2") + framed(b"news")]


async def test_answers_without_news_go_out_at_the_end_of_the_turn():
    line = Line()
    out = RawOutlet(line.write)

    out.hold(frame("ack"))
    assert line.written == []
    await asyncio.sleep(0)

    assert line.written == [framed(b"ack")]


async def test_a_client_that_lags_256_frames_is_too_slow():
    line = Line()
    line.waiting = 10
    out = RawOutlet(line.write)

    kept_up = [out.write(frame("x")) for _ in range(outlets.EVENTS_LIMIT + 1)]

    assert kept_up == [True] * outlets.EVENTS_LIMIT + [False]


async def test_whoever_caught_up_begins_anew():
    line = Line()
    out = RawOutlet(line.write)

    for waiting in (10, 10, 0, 10):
        line.waiting = waiting
        assert out.write(frame("x"))

    assert out._behind == 1


async def test_a_megabyte_unread_is_too_slow_at_once():
    line = Line()
    line.waiting = outlets.BYTES_LIMIT + 1

    assert not RawOutlet(line.write).write(frame("x"))


async def test_a_line_that_is_gone_is_nobodys_fault():
    line = Line()
    line.waiting = -1

    assert all(RawOutlet(line.write).write(frame("x")) for _ in range(300))


async def test_asgi_sends_in_order_and_then_is_finished():
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    out = AsgiOutlet(send, lambda: 0)
    out.write(frame("one"))
    out.hold(frame("two"))
    async with asyncio.timeout(2):
        await out.finish()
    out.stop()

    assert [message["text"] for message in sent] == ["one", "two"]


async def test_a_long_greeting_is_not_held_against_its_client():
    stuck = asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        await stuck.wait()

    out = AsgiOutlet(send, lambda: 0)
    out.greet([frame("missed")] * 500)
    kept_up = [out.write(frame("news")) for _ in range(outlets.EVENTS_LIMIT + 1)]
    out.stop()

    assert kept_up == [True] * outlets.EVENTS_LIMIT + [False]


async def test_a_greeting_is_one_write_of_the_line():
    line = Line()

    RawOutlet(line.write).greet([frame("welcome"), frame("missed")])

    assert line.written == [framed(b"welcome") + framed(b"missed")]


def test_frames_have_the_header_of_their_length():
    assert framed(b"a" * 125)[:2] == b"\x81\x7d"
    assert framed(b"a" * 126)[:4] == b"\x81\x7e\x00\x7e"
    assert framed(b"a" * 65_535)[:4] == b"\x81\x7e\xff\xff"
    assert framed(b"a" * 65_536)[:10] == b"\x81\x7f" + (65_536).to_bytes(8, "big")
