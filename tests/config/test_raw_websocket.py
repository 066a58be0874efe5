"""The raw line: ready-made frames out in order, listeners in the callback, everything bounded."""

import socket
from collections.abc import Iterator

import pytest

from config import raw_websocket
from config.raw_websocket import Line, LineProtocol
from tests.config.connections import LIMIT, LocalConnection, opened, said
from tests.websocket_frames import BINARY, PING, frame

CLOSING, CLOSED = LineProtocol.STATE_CLOSING, LineProtocol.STATE_CLOSED


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A socket pair: the server's end and the client's."""
    server, client = socket.socketpair()
    client.settimeout(2)
    with server, client:
        yield server, client


@pytest.fixture
def client(ends) -> socket.socket:
    return ends[1]


@pytest.fixture
def protocol(ends, client) -> LineProtocol:
    """An open connection over Twisted's real transport."""
    transport = LocalConnection(ends[0])
    transport.protocol = protocol = opened(transport=transport)
    transport.doWrite()
    assert client.recv(4096).endswith(b"\r\n\r\n")
    return protocol


def line_of(protocol: LineProtocol) -> Line:
    return protocol.extensions()["medley.line"]


# --- In -------------------------------------------------------------------------------------------


def test_a_client_that_speaks_need_not_answer_the_ping():
    protocol = opened()
    protocol.autoPingTimeout = 10
    protocol._sendAutoPing()
    protocol.last_ping = 0

    protocol.dataReceived(frame(b"I am here"))

    assert protocol.autoPingTimeoutCall is None
    assert protocol.last_ping > 0


def test_a_listener_takes_texts_in_the_callback_and_leaves_others_to_the_application(protocol):
    heard = []

    def take(text: str) -> bool:
        heard.append(text)
        return text != "later"

    line_of(protocol).listen(take)

    protocol.dataReceived(frame(b"now") + frame(b"later") + frame(b"bytes", BINARY))
    protocol.dataReceived(frame(b"in ", fin=False) + frame(b"pieces", 0))

    assert heard == ["now", "later", "in pieces"]
    assert said(protocol) == ["later", b"bytes"]


def test_without_its_listener_a_line_speaks_to_the_application_again(protocol):
    line_of(protocol).listen(lambda text: True)
    line_of(protocol).listen(None)

    protocol.dataReceived(frame(b"hello"))

    assert said(protocol) == ["hello"]


def test_a_listener_that_fails_closes_its_own_connection(protocol, caplog):
    line_of(protocol).listen(lambda text: bool(1 / 0))

    protocol.dataReceived(frame(b"one") + frame(b"two"))

    assert (protocol.state, protocol.localCloseCode) == (CLOSING, 1011)
    assert [record.message for record in caplog.records] == ["a listener failed"]


def test_what_is_said_after_our_close_is_not_heard():
    protocol = opened()
    protocol.serverClose(1012)

    protocol.dataReceived(frame(b"late") + frame(b"later", fin=False) + frame(b"", 0))

    assert said(protocol) == []
    assert protocol.localCloseCode == 1012


def test_an_application_that_does_not_read_ends_its_client():
    protocol = opened()
    much = frame(b"x" * LIMIT)

    for _ in range(2000):
        protocol.dataReceived(much)

    assert (protocol.state, protocol.localCloseCode) == (CLOSING, raw_websocket.FLOOD)
    assert sum(map(len, said(protocol))) < raw_websocket.UNREAD_LIMIT
    assert protocol.transport.producerState == "paused"


def test_an_application_that_reads_may_have_any_number_of_messages():
    protocol = opened()

    heard = 0
    for _ in range(2000):
        protocol.dataReceived(frame(b"x" * LIMIT))
        heard += len(said(protocol))

    assert heard == 2000


@pytest.mark.parametrize("odd", [frame(b"", PING), frame(b"", 10), frame(b"", 0, fin=False)])
def test_frames_that_nobody_counts_are_counted(odd):
    protocol = opened()
    protocol.dataReceived(frame(b"", fin=False) if odd[0] == 0 else b"")

    for _ in range(raw_websocket.CONTROL_BURST + 20):
        protocol.dataReceived(odd)

    assert (protocol.state, protocol.localCloseCode) == (CLOSING, raw_websocket.FLOOD)


# --- Out ------------------------------------------------------------------------------------------


def received(client: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        found += client.recv(size - len(found))
    return found


def test_a_line_writes_at_once_to_a_client_that_keeps_up(protocol, client):
    waiting = line_of(protocol).write(b"\x81\x02hi\x81\x00")

    assert waiting == 0
    assert client.recv(100) == b"\x81\x02hi\x81\x00"


def test_a_line_keeps_what_does_not_fit_and_its_order(protocol, client):
    write = line_of(protocol).write
    blocks = [bytes((n % 256,)) * 10_007 for n in range(200)]

    waited = [write(block) for block in blocks[:100]]
    protocol.serverSend("through ASGI")
    waited += [write(block) for block in blocks[100:]]

    assert waited[0] == 0
    assert waited[-1] == waited[-2] + 10_007 == protocol.extensions()["medley.unsent"]()
    expected = b"".join([*blocks[:100], b"\x81\x0cthrough ASGI", *blocks[100:]])
    got = b""
    while len(got) < len(expected):
        protocol.transport.doWrite()
        got += client.recv(2**20)
    assert got == expected
    assert write(b"\x81\x00") == 0


def test_a_pong_and_a_close_stay_behind_what_was_written_before(protocol, client):
    line_of(protocol).write(b"\x81\x01a")
    protocol.dataReceived(frame(b"?", PING))
    protocol.transport.doWrite()
    line_of(protocol).write(b"\x81\x01b")
    protocol.serverClose(4008)
    protocol.transport.doWrite()

    expected = b"\x81\x01a" + b"\x8a\x01?" + b"\x81\x01b" + b"\x88\x02\x0f\xa8"
    assert received(client, len(expected)) == expected


def test_a_client_that_does_not_read_gets_no_more_pongs(protocol):
    line_of(protocol).write(b"x" * 2**22)
    before = raw_websocket.unsent_bytes(protocol.transport)

    protocol.dataReceived(frame(b"?", PING))

    assert before > raw_websocket.PONG_LIMIT
    assert raw_websocket.unsent_bytes(protocol.transport) == before


def test_a_closing_line_takes_nothing_more(protocol, client):
    line = line_of(protocol)

    protocol.serverClose(1000)

    assert line.write(b"\x81\x00") == -1
    protocol.serverSend("after the end")
    protocol.transport.doWrite()
    assert client.recv(100) == b"\x88\x02\x03\xe8"


def test_a_vanished_client_is_told_by_the_answer_only(protocol, client):
    line = line_of(protocol)
    client.close()

    answers = {line.write(b"\x81\x00") for _ in range(3)}
    protocol.transport.reactor.advance(1)

    assert answers == {-1}
    assert protocol.state == CLOSED
    assert line.write(b"\x81\x00") == -1


def test_a_muted_connection_takes_nothing(protocol):
    protocol.muted = True

    assert line_of(protocol).write(b"\x81\x00") == -1


def test_deflate_is_never_negotiated():
    assert b"sec-websocket-extensions" not in opened().transport.value().lower()


def test_a_line_is_offered_on_plain_sockets_only(protocol):
    assert set(protocol.extensions()) == {"medley.line", "medley.unsent"}

    protocol.transport.TLS = True

    assert set(protocol.extensions()) == {"medley.unsent"}
    assert set(opened().extensions()) == {"medley.unsent"}
