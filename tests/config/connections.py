"""WebSocket connections of daphne without a reactor."""

# daphne.server must come before anything else of Twisted: it chooses the reactor.
import daphne.server  # isort: skip  # noqa: F401

import asyncio
from types import SimpleNamespace
from typing import Any

from daphne.ws_protocol import WebSocketFactory
from twisted.internet.address import IPv4Address
from twisted.internet.tcp import Connection
from twisted.internet.testing import MemoryReactorClock, StringTransport

from config.raw_websocket import LineProtocol

LIMIT = 1000  # bytes a frame may have in these tests
HANDSHAKE = (
    b"GET /ws/ HTTP/1.1\r\nHost: medley\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
)


class Transport(StringTransport):
    """Keeps what is written; as lenient as Twisted's real one about producers and pauses."""

    def unregisterProducer(self):
        self.producer = None

    def pauseProducing(self):
        self.producerState = "paused"


class LocalConnection(Connection):
    """Twisted's connection over one end of a socket pair, which has no address of its own."""

    def __init__(self, end: Any) -> None:
        reactor: Any = MemoryReactorClock()
        protocol: Any = None  # until the handshake
        super().__init__(end, protocol, reactor)
        self.connected = 1

    def getPeer(self):
        return IPv4Address("TCP", "127.0.0.1", 1)

    getHost = getPeer


def opened(kind: type[LineProtocol] = LineProtocol, transport: Any = None) -> LineProtocol:
    """A connection after its handshake; the application reads nothing by itself."""
    server = SimpleNamespace(
        root_path="",
        proxy_forwarded_address_header=None,
        protocol_connected=lambda protocol: None,
        protocol_disconnected=lambda protocol: None,
        create_application=lambda protocol, scope: asyncio.Queue(),
        log_action=lambda *details: None,
    )
    factory = WebSocketFactory(server, server="", reactor=MemoryReactorClock())
    factory.setProtocolOptions(maxFramePayloadSize=LIMIT, maxMessagePayloadSize=2 * LIMIT)
    factory.protocol = kind
    protocol = factory.buildProtocol(None)
    protocol._raw_query_string = b""
    protocol.makeConnection(transport or Transport())
    protocol.dataReceived(HANDSHAKE)
    protocol.serverAccept()
    assert said(protocol) == [None]  # websocket.connect
    return protocol


def said(protocol: LineProtocol) -> list[Any]:
    """What reached the application since it was asked last."""
    queue, found = protocol.application_queue, []
    while not queue.empty():
        message = queue.get_nowait()
        found.append(message.get("text", message.get("bytes")))
    return found
