"""Request bodies between daphne and the application: on the disk until they are read, a piece at a
time. A film of 200 MB, or ten of them at once, costs no memory.

Daphne waits for a whole body in a temporary file, and would then lay all of it into its queue.
"""

from io import BytesIO
from typing import IO, Any

from daphne.http_protocol import WebRequest
from django.conf import settings

PIECE = 256 * 2**10
# What of a broken body is worth keeping (accounts/api/uploads.py).
KEPT = b"application/offset+octet-stream"
OVERHEAD = 2**20  # what forms have around a file
TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class FrugalRequest(WebRequest):
    """One HTTP request. A piece of an upload whose line broke goes to the application all the same,
    as far as it came."""

    def __init__(self, *args: Any, **options: Any) -> None:
        # Twisted would read forms too, and whole files in them, for nobody.
        super().__init__(*args, **options, parsePOSTFormSubmission=False)

    def gotLength(self, length: int | None) -> None:
        super().gotLength(length)
        if length and length > largest_body():
            self.refuse()

    def handleContentChunk(self, data: bytes) -> None:
        if self.content.tell() + len(data) > largest_body():
            self.refuse()
        else:
            super().handleContentChunk(data)

    def refuse(self) -> None:
        """Before the disk is full: whoever sends that much would never stop."""
        self.channel.transport.write(TOO_LARGE)
        self.channel.transport.loseConnection()

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        """The body is here. One that came in chunks has its length only now, and WSGI wants it."""
        if self.requestHeaders.hasHeader(b"transfer-encoding"):
            self.requestHeaders.removeHeader(b"transfer-encoding")
            self.requestHeaders.setRawHeaders(b"content-length", [b"%d" % self.content.tell()])
        super().requestReceived(command, path, version)

    def connectionLost(self, reason: Any) -> None:
        if self.is_broken_piece():
            # Private names: Twisted tells a request its first line only behind its body.
            # requirements.lock pins the version, tests/config/test_request_bodies.py breaks a line.
            line = self.channel
            self.requestReceived(line._command, line._path, line._version)
        super().connectionLost(reason)

    def is_broken_piece(self) -> bool:
        kinds = self.requestHeaders.getRawHeaders(b"content-type", [])
        return bool(self.path is None and self.content and self.content.tell() and kinds == [KEPT])


def largest_body() -> int:
    return settings.VIDEO_MAX_BYTES + OVERHEAD


def take_body(request: WebRequest) -> IO[bytes]:
    """The request's body, from its start; daphne finds none any more."""
    body, request.content = request.content, BytesIO()
    return body


class BodiesFromDisk:
    """An ASGI application: reads what `take_body` took only as fast as `application` asks."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = scope.get("extensions", {}).pop("medley.body", None)
        if body is None:
            await self.application(scope, receive, send)
        else:
            with body:
                await self.application(scope, _Reader(body, receive).receive, send)


class _Reader:
    def __init__(self, body: IO[bytes], receive: Any) -> None:
        self.body, self.later, self.has_more = body, receive, True

    async def receive(self) -> dict[str, Any]:
        if self.has_more:
            chunk = self.body.read(PIECE)
            self.has_more = len(chunk) == PIECE
            return {"type": "http.request", "body": chunk, "more_body": self.has_more}
        while (message := await self.later())["type"] == "http.request":
            pass  # the empty one that daphne makes of no body
        return message
