"""A push service on this machine, as browsers name one: it checks who pushes, reads what was meant
for the browser alone, and answers as a test wants.

    with push_service() as service:
        browser = service.subscribe()       # what a page would send to the server
        ...
        [push] = service.heard()            # the decrypted JSON, the headers, whose it was
"""

import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LARGEST = 4096  # bytes of a body; no service has to take more (RFC 8030, section 7.2)
VAPID_LIFE = 24 * 60 * 60  # seconds, at most (RFC 8292, section 2)


def _encoded(some: bytes) -> str:
    return base64.urlsafe_b64encode(some).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A subscription, with the secrets that only the browser has."""

    path: str
    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def keys(self) -> dict[str, str]:
        """As `PushSubscription.toJSON()` has them."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": _encoded(point), "auth": _encoded(self.auth)}

    @property
    def registration(self) -> dict[str, Any]:
        """What a page posts to `/api/v1/me/devices/`."""
        return {"kind": "web", "address": self.endpoint, "keys": self.keys}


@dataclass(frozen=True)
class Heard:
    """One push that the service took: what the browser reads, and what the service saw."""

    card: dict[str, Any]
    headers: dict[str, str]
    browser: Browser
    claims: dict[str, Any]
    at: float  # time.monotonic()


@dataclass
class Answer:
    """What the service says instead of 201, to the next `times` requests."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0  # seconds of silence first
    times: int = 1


class PushService:
    """What was pushed, by whom; and what to answer."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.browsers: dict[str, Browser] = {}
        self.asked = 0
        self._heard: list[Heard] = []
        self._answers: list[Answer] = []
        self._changed = threading.Condition()

    def forget(self) -> None:
        """Begin anew: a test has its own."""
        self.browsers, self.asked, self._heard, self._answers = {}, 0, [], []

    def subscribe(self) -> Browser:
        """A browser that wants to be told."""
        path = f"/push/{_encoded(os.urandom(12))}"
        browser = Browser(path, f"{self.origin}{path}")
        self.browsers[path] = browser
        return browser

    def unsubscribe(self, browser: Browser) -> None:
        """Its owner took the permission back: 410 from now on."""
        del self.browsers[browser.path]

    def will_answer(
        self, status: int, *, after: float = 0.0, times: int = 1, **headers: str
    ) -> None:
        """Not 201 the next time; `headers` with underscores for dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._answers.append(Answer(status, named, after, times))

    def heard(self) -> list[Heard]:
        """All so far, in order."""
        with self._changed:
            return list(self._heard)

    def wait_for(self, count: int, seconds: float = 10.0) -> list[Heard]:
        """Once there are so many; `TimeoutError`."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._heard) >= count, seconds):
                raise TimeoutError(f"{len(self._heard)} of {count} pushes came")
            return list(self._heard)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Judge one request as a service does, and keep what it carried."""
        self.asked += 1
        if answer := self._next_answer():
            time.sleep(answer.after)
            if answer.status != 201:
                return answer
        browser = self.browsers.get(path)
        if browser is None:
            return Answer(410)
        if len(body) > LARGEST:
            return Answer(413)
        try:
            claims = self._who(headers["authorization"])
            assert headers["content-encoding"] == "aes128gcm"
            assert int(headers["ttl"]) >= 0
            assert headers.get("urgency", "normal") in {"very-low", "low", "normal", "high"}
            assert len(headers.get("topic", "")) <= 32
            card = json.loads(self._read(browser, body))
        except (AssertionError, KeyError, ValueError, jwt.InvalidTokenError) as error:
            return Answer(400, {"X-Why": repr(error)})
        with self._changed:
            self._heard.append(Heard(card, headers, browser, claims, time.monotonic()))
            self._changed.notify_all()
        return Answer(201, {"Location": f"{self.origin}/message/{self.asked}"})

    def _next_answer(self) -> Answer | None:
        if not self._answers:
            return None
        answer = self._answers[0]
        answer.times -= 1
        if not answer.times:
            self._answers.pop(0)
        return answer

    def _who(self, authorization: str) -> dict[str, Any]:
        """The claims of a VAPID header (RFC 8292, section 3), signed by the key that it names."""
        scheme, _, parameters = authorization.partition(" ")
        assert scheme == "vapid"
        said = dict(part.strip().split("=", 1) for part in parameters.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(said["k"]))
        claims = jwt.decode(said["t"], key, algorithms=["ES256"], audience=self.origin)
        assert claims["exp"] <= time.time() + VAPID_LIFE
        assert claims["sub"].startswith(("mailto:", "https:"))
        return {**claims, "key": said["k"]}

    def _read(self, browser: Browser, body: bytes) -> bytes:
        """What only the browser can (RFC 8291)."""
        return http_ece.decrypt(
            body, private_key=browser.key, auth_secret=browser.auth, version="aes128gcm"
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, service: PushService, *args: Any) -> None:
        self.service = service
        super().__init__(*args)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.service.take(self.path, headers, body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """A test says what it found by itself."""


@contextmanager
def push_service() -> Iterator[PushService]:
    """One that listens on this machine, for a `with` block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    service = PushService(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = partial(_Handler, service)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
