"""The services that carry pushes to apps, on this machine: Google's (FCM) and Apple's (APNs). They
keep what they were asked, and answer as a test wants; what they accept is as their documents say.
"""

import json
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, RequestReceived, StreamEnded

PROJECT = "medley-tests"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TOKEN_AUDIENCE = "https://oauth2.googleapis.com/token"  # wherever the tokens come from


@dataclass
class Asked:
    """One request: its headers by lower-case name."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Mobile:
    """What a service was asked, and what it says the next times instead of yes."""

    origin: str
    secret: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    tokens_given: int = 0

    def will_answer(self, status: int, said: Any = None, **headers: str) -> None:
        """Once; `headers` with underscores for dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, said, named))

    def answer(self, asked: Asked, yes: Any) -> tuple[int, Any, dict[str, str]]:
        """What to say to this."""
        self.asked.append(asked)
        return self.answers.pop(0) if self.answers else (200, yes, {})


# --- Google's -------------------------------------------------------------------------------------


def service_account(origin: str, key: rsa.RSAPrivateKey) -> str:
    """The JSON of a service account whose access tokens come from this machine."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return json.dumps(
        {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "1",
            "private_key": pem,
            "client_email": f"push@{PROJECT}.iam.gserviceaccount.com",
            "token_uri": f"{origin}/token",
        }
    )


class _Google(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, service: Mobile, key: rsa.RSAPrivateKey, *args: Any) -> None:
        self.service, self.key = service, key
        super().__init__(*args)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = self._token(body) if self.path == "/token" else self._message(body)
        self._say(*answer)

    def _token(self, body: bytes) -> tuple[int, Any, dict[str, str]]:
        """An access token for a signed assertion (RFC 7523, section 2.1)."""
        said = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        assert said["grant_type"] == JWT_GRANT
        claims = jwt.decode(
            said["assertion"], self.key.public_key(), algorithms=["RS256"], audience=TOKEN_AUDIENCE
        )
        assert claims["scope"] == "https://www.googleapis.com/auth/firebase.messaging"
        self.service.tokens_given += 1
        token = f"token-{self.service.tokens_given}"
        return 200, {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}, {}

    def _message(self, body: bytes) -> tuple[int, Any, dict[str, str]]:
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.path, headers, json.loads(body))
        return self.service.answer(asked, {"name": f"projects/{PROJECT}/messages/1"})

    def _say(self, status: int, said: Any, headers: dict[str, str]) -> None:
        content = json.dumps(said).encode() if said is not None else b""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """A test says what it found by itself."""


@contextmanager
def google() -> Iterator[Mobile]:
    """FCM; `secret` is a service account's key that it trusts."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    service = Mobile(f"http://127.0.0.1:{server.server_address[1]}")
    service.secret = service_account(service.origin, key)
    server.RequestHandlerClass = partial(_Google, service, key)
    with _serving(server):
        yield service


# --- Apple's --------------------------------------------------------------------------------------

TEAM, KEY_ID, TOPIC = "TEAM123456", "KEY1234567", "example.medley"


class _Apple(socketserver.BaseRequestHandler):
    """HTTP/2 and nothing else, without the TLS around it: clients know that beforehand."""

    def __init__(self, service: Mobile, key: ec.EllipticCurvePrivateKey, *args: Any) -> None:
        self.service, self.key = service, key
        self.streams: dict[int, tuple[dict[str, str], bytearray]] = {}
        super().__init__(*args)

    def handle(self) -> None:
        connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        self.request.sendall(connection.data_to_send())
        while received := self._received():
            for event in connection.receive_data(received):
                match event:
                    case RequestReceived():
                        headers = {str(name): str(value) for name, value in event.headers}
                        self.streams[event.stream_id] = (headers, bytearray())
                    case DataReceived():
                        self.streams[event.stream_id][1].extend(event.data)
                        length = event.flow_controlled_length
                        connection.acknowledge_received_data(length, event.stream_id)
                    case StreamEnded():
                        self._answer(connection, event.stream_id)
                    case ConnectionTerminated():
                        return
            self.request.sendall(connection.data_to_send())

    def _received(self) -> bytes:
        try:
            return self.request.recv(65536)
        except OSError:
            return b""

    def _answer(self, connection: H2Connection, stream: int) -> None:
        headers, body = self.streams.pop(stream)
        self._check(headers)
        asked = Asked(headers[":path"], headers, json.loads(bytes(body)))
        status, said, more = self.service.answer(asked, None)
        shown = [(":status", str(status)), ("apns-id", "1"), *more.items()]
        connection.send_headers(stream, shown, end_stream=said is None)
        if said is not None:
            connection.send_data(stream, json.dumps(said).encode(), end_stream=True)

    def _check(self, headers: dict[str, str]) -> None:
        assert headers[":method"] == "POST"
        assert re.fullmatch(r"/3/device/[0-9a-f]+", headers[":path"])
        scheme, _, token = headers["authorization"].partition(" ")
        assert scheme == "bearer"
        assert jwt.get_unverified_header(token) == {"alg": "ES256", "kid": KEY_ID, "typ": "JWT"}
        assert jwt.decode(token, self.key.public_key(), algorithms=["ES256"])["iss"] == TEAM


@contextmanager
def apple() -> Iterator[Mobile]:
    """APNs; `secret` is a signing key that it trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler)
    server.daemon_threads = True
    service = Mobile(f"http://127.0.0.1:{server.server_address[1]}")
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    service.secret = pem.decode()
    server.RequestHandlerClass = partial(_Apple, service, key)
    with _serving(server):
        yield service


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
