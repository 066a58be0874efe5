"""A pretended internet: names with public addresses, served by threads of this process.

Nothing of Medley is switched to another way for it. What is pretended lies below: what the system's
resolver answers, and where a connection to one of the pretended addresses ends. Whatever passes our
own checks meets the same code as everywhere, and `reached` tells to which addresses it went.
"""

import contextlib
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
import urllib3.util.connection

ADDRESS = "93.184.216.34"
OTHER_ADDRESS = "151.101.1.69"
_NUMERIC = re.compile(r"[\da-fx.:\[\]%]+", re.IGNORECASE)

Answer = Callable[["Request", socket.socket], None]


@dataclass(frozen=True)
class Request:
    """What arrived: path with query, headers by lower-case name."""

    host: str
    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


def answer(
    content: str | bytes = "",
    content_type: str = "text/html; charset=utf-8",
    *,
    status: int = 200,
    **headers: str,
) -> Answer:
    """A plain answer; `cache_control="x"` is the header Cache-Control."""
    body = content.encode() if isinstance(content, str) else content
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"Content-Type": content_type, "Content-Length": str(len(body)), **named}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())

    def write(_request: Request, to: socket.socket) -> None:
        to.sendall(f"HTTP/1.1 {status} Said\r\n{head}Connection: close\r\n\r\n".encode() + body)

    return write


def redirect(to: str, status: int = 302) -> Answer:
    return answer(status=status, location=to)


def head(*tags: str) -> str:
    """A page with these tags in its head."""
    return f"<!doctype html><html><head>{''.join(tags)}</head><body><p>Words.</p></body></html>"


def og(**properties: str) -> str:
    """A page that describes itself in Open Graph."""
    return head(
        *(f'<meta property="og:{name}" content="{value}">' for name, value in properties.items())
    )


@dataclass
class Web:
    """`web.serve("a.example", {"/": answer("...")})`; what is not served is 404."""

    port: int
    hosts: dict[str, dict[str, Answer]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=lambda: {ADDRESS, OTHER_ADDRESS})
    reached: list[tuple[str, int]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def serve(self, host: str, pages: dict[str, Answer], *, at: str = ADDRESS) -> None:
        self.hosts.setdefault(host, {}).update(pages)
        self.names.setdefault(host, [at])

    def resolves(self, host: str, *addresses: str) -> None:
        """Each asking takes the next of these, the last one stays."""
        self.names[host] = list(addresses)

    @property
    def pages(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [one for one in self.asked if not one.endswith("/robots.txt")]

    def handle(self, request: Request, connection: socket.socket) -> None:
        self.asked.append(request.host + request.path)
        found = self.hosts.get(request.host, {}).get(request.path)
        (found or answer("not here", status=404))(request, connection)

    def opened(self, connection: socket.socket) -> socket.socket:
        """With TLS where whoever comes begins with that, and there is a certificate."""
        begins_tls = connection.recv(1, socket.MSG_PEEK) == b"\x16"
        if not (begins_tls and self.tls):
            return connection
        return self.tls.wrap_socket(connection, server_side=True)

    def getaddrinfo(self, real, host, port, *rest, **options):
        if host in self.names:
            known = self.names[host]
            address = known.pop(0) if len(known) > 1 else known[0]
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (address, port))]
        if host is None or host == "localhost" or _NUMERIC.fullmatch(str(host)):
            return real(host, port, *rest, **options)
        raise socket.gaierror(socket.EAI_NONAME, "nobody is asked in tests")

    def connect(self, real, address, *rest, **options):
        self.reached.append(address)
        if address[0] not in self.addresses:
            raise ConnectionRefusedError(address)
        return real(("127.0.0.1", self.port), *rest, **options)


@contextlib.contextmanager
def served() -> Iterator[Web]:
    """A web whose server runs for a `with` block."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                connection = served_web.opened(self.request)
                if request := _read(connection):
                    served_web.handle(request, connection)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        served_web = Web(server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield served_web
        server.shutdown()


def _read(connection: socket.socket) -> Request | None:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(4096)
        if not chunk:
            return None
        received += chunk
    begun, _blank, body = received.partition(b"\r\n\r\n")
    first, *lines = begun.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value for name, _colon, value in (one.partition(": ") for one in lines)
    }
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    method, path, _version = first.split(" ")
    return Request(headers.get("host", "").partition(":")[0], path, headers, method, body)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """The only internet there is for a test."""
    with served() as web:
        resolve, connect = socket.getaddrinfo, urllib3.util.connection.create_connection
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda *args, **options: web.getaddrinfo(resolve, *args, **options),
        )
        monkeypatch.setattr(
            urllib3.util.connection,
            "create_connection",
            lambda *args, **options: web.connect(connect, *args, **options),
        )
        yield web
