"""Daphne's WebSocket with two short cuts: ready-made frames out, whole text frames in."""

import logging
import time
from collections.abc import Callable
from typing import Any

from daphne.ws_protocol import WebSocketProtocol
from twisted.internet.tcp import Connection

from chat.live.bucket import Bucket
from config.masked_frames import leading_texts

logger = logging.getLogger(__name__)

FLOOD = 4009

# What a client may have said that the application has not read yet. Daphne's queue has no end of
# its own; a message is counted with what Python needs around it.
UNREAD_LIMIT = 2**20  # bytes
MESSAGE_COST = 512  # bytes
# Control frames and fragments, which no application counts: a second, and at once.
CONTROL_RATE, CONTROL_BURST = 50, 250
PONG_LIMIT = 64 * 1024  # bytes unsent, from where on pings get no answer

OPEN = WebSocketProtocol.STATE_OPEN

Listener = Callable[[str], bool]


def is_plain(transport: Any) -> bool:
    """Whether what is sent on the transport's socket is what the client reads: TCP or a unix
    socket, without TLS in this process."""
    return isinstance(transport, Connection) and not transport.TLS


def unsent_bytes(transport: Any) -> int:
    """What waits in Twisted's buffers for this client; 0 where the transport cannot tell (TLS)."""
    # Private names, here and in Line.write(): Twisted offers no other way to see whether something
    # waits, and raw bytes must not overtake it. requirements.lock pins the version,
    # tests/config/test_raw_websocket.py fills a buffer and sees it counted.
    waiting = len(getattr(transport, "dataBuffer", b"")) - getattr(transport, "offset", 0)
    return waiting + getattr(transport, "_tempDataLen", 0)


class Line:
    """A client's socket for whoever has frames ready: `scope["extensions"]["medley.line"]`."""

    __slots__ = ("_protocol", "_send", "_transport")

    def __init__(self, protocol: "LineProtocol") -> None:
        self._protocol, self._transport = protocol, protocol.transport
        # The socket's own method, not its number: after the end it raises and cannot reach the
        # next connection that is given the same number.
        self._send = protocol.transport.socket.send

    def write(self, frames: bytes) -> int:
        """Send whole server frames now, in order with everything else that is sent.

        Answers how many bytes wait in this process for this client afterwards (0 for one who keeps
        up), or -1 when the connection is not open or no longer is. Never raises, never blocks.
        """
        protocol, transport = self._protocol, self._transport
        if protocol.state != OPEN or protocol.muted:
            return -1
        if transport.dataBuffer or transport._tempDataLen:
            transport.write(frames)
            return unsent_bytes(transport)
        try:
            sent = self._send(frames)
        except BlockingIOError:
            sent = 0
        except OSError:
            transport.abortConnection()
            return -1
        left = len(frames) - sent
        if left:
            transport.write(frames[sent:])
        return left

    def listen(self, listener: Listener | None) -> None:
        """From now on offer each complete text message to `listener`, inside the data callback.

        True says that it was taken; otherwise it goes to the application's queue as usual, and
        that order is the listener's care.
        """
        self._protocol.listener = listener


class LineProtocol(WebSocketProtocol):
    """One WebSocket connection of daphne, safe to be written to through a `Line`.

    Bounded in memory whatever the client does: too much that the application has not read, or too
    many frames that it never sees, end in a close (4009); who does not read gets no pongs.
    """

    listener: Listener | None = None

    # autobahn takes an option from its class before its factory's.
    # With a close frame the client learns why (1002, 1007, 1009); the default drops the line.
    failByDrop = False
    # Deflate doubles the cost of a message, and would make ready-made frames wrong.
    perMessageCompressionAccept = staticmethod(lambda offers: None)

    def connectionMade(self) -> None:
        super().connectionMade()
        self.unread = 0
        self.control = Bucket(CONTROL_RATE, CONTROL_BURST)
        limits = [self.maxFramePayloadSize, self.maxMessagePayloadSize]
        self.text_limit = min(filter(None, limits), default=2**16)

    def extensions(self) -> dict[str, Any]:
        """What the ASGI scope offers beyond the specification."""
        transport = self.transport
        offered: dict[str, Any] = {"medley.unsent": lambda: unsent_bytes(transport)}
        if is_plain(transport):
            offered["medley.line"] = Line(self)
        return offered

    # --- In -------------------------------------------------------------------------------------

    def dataReceived(self, data: bytes) -> None:
        """Take the plain text frames; leave the rest, and all that follows it, to autobahn."""
        if self.state == OPEN and self.is_between_messages:
            texts, size = leading_texts(data, self.text_limit)
            for text in texts:
                self.hear(text)
            if size:
                self.note_traffic()
                data = data[size:]
        if data:
            super().dataReceived(data)

    @property
    def is_between_messages(self) -> bool:
        """Whether the next byte begins a message: autobahn holds no part of a frame or message."""
        return not self.data and self.current_frame is None and not self.inside_message

    def note_traffic(self) -> None:
        """As autobahn does after its own frames: who speaks need not answer the last ping."""
        if self.autoPingTimeoutCall:
            self._cancelAutoPingTimeoutCall()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """A message that autobahn put together; it has checked the UTF-8 of a text."""
        self.hear(payload if isBinary else payload.decode())

    def hear(self, message: str | bytes) -> None:
        """Offer a text to the listener; whatever it does not take goes to the application."""
        if self.state != OPEN or self.muted:
            return  # said after our close: nobody waits for it
        self.last_ping = time.time()
        if not (isinstance(message, str) and self.is_taken(message)):
            self.queue(message)

    def is_taken(self, text: str) -> bool:
        """The listener's answer; one that fails closes its client's connection (1011)."""
        if self.listener is None:
            return False
        try:
            return self.listener(text)
        except Exception as error:
            logger.exception("a listener failed")
            self.handle_exception(error)
            return True

    def queue(self, message: str | bytes) -> None:
        """Hand a message to the application, unless it has too much to read already."""
        if self.application_queue.empty():
            self.unread = 0
        self.unread += len(message) + MESSAGE_COST
        if self.unread > UNREAD_LIMIT:
            self.refuse("too many messages")
        else:
            kind = "text" if isinstance(message, str) else "bytes"
            self.application_queue.put_nowait({"type": "websocket.receive", kind: message})

    # --- What no application counts -------------------------------------------------------------

    def onPing(self, payload: bytes) -> None:
        self.count_control()
        if unsent_bytes(self.transport) < PONG_LIMIT:
            super().onPing(payload)

    def onPong(self, payload: bytes) -> None:
        self.count_control()
        super().onPong(payload)

    def onMessageFrameBegin(self, length: int) -> None:
        """Of a fragmented message each frame counts: empty ones cost the client nothing."""
        super().onMessageFrameBegin(length)
        if not (self.current_frame.fin and self.current_frame.opcode):
            self.count_control()

    def count_control(self) -> None:
        if not self.control.take():
            self.refuse("too many frames")

    def refuse(self, reason: str) -> None:
        """Close with 4009 and read nothing more; autobahn ends the connection a second later."""
        self.sendClose(FLOOD, reason)
        self.transport.pauseProducing()

    # --- Out ------------------------------------------------------------------------------------

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:
        """Send one message; after the end it goes nowhere, as ASGI wants it.

        Daphne's own raises then, and for a message above the size allowed to clients.
        """
        if self.state == OPEN:
            payload = content.encode() if isinstance(content, str) else content
            self.sendFrame(opcode=2 if binary else 1, payload=payload)

    def serverClose(self, code: int | None = None) -> None:
        """Close with any code; daphne's own raises for 1012 (restart)."""
        self.sendCloseFrame(code=1000 if code is None else code)

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        self.listener = None
        super().onClose(wasClean, code, reason)
