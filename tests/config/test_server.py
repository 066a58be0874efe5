"""The web process: raw lines for sockets, and a goodbye; requests are finished before the end."""

import asyncio
import gc
import socket
import sys
import weakref
from types import SimpleNamespace

import pytest

from config import health
from config.management.commands import serve
from config.raw_websocket import LineProtocol
from config.server import YOUNG, MedleyServer, WebRequest, collect_behind_answer
from tests.config.connections import LocalConnection, opened


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(health, "draining", False)
    server = MedleyServer(application=None, endpoints=["tcp:0"])
    server.connections = {}
    return server


@pytest.fixture
def hub(monkeypatch):
    """A hub that notes when it was asked to drain."""

    asked = SimpleNamespace(drained=False)

    async def drain():
        asked.drained = True

    asked.drain = drain
    monkeypatch.setitem(sys.modules, "chat.hub", SimpleNamespace(hub=asked))
    return asked


def connect(server, kind, coroutine):
    task = asyncio.ensure_future(coroutine)
    server.connections[kind.__new__(kind)] = {"application_instance": task}
    return task


class Socket:
    """Stands for a WebSocket's protocol."""


async def test_drain_turns_unready_and_asks_the_hub(server, hub):
    await server.kill_all_applications().asFuture(asyncio.get_running_loop())

    assert health.draining
    assert hub.drained


async def test_drain_lets_a_running_request_finish(server, hub):
    request = connect(server, WebRequest, asyncio.sleep(0.2, "answered"))

    await server.drain()

    assert request.result() == "answered"


async def test_drain_cancels_sockets_that_stay(server, hub):
    socket = connect(server, Socket, asyncio.sleep(60))

    await server.drain()

    assert socket.cancelled()


async def test_drain_passes_over_connections_without_an_application(server, hub):
    server.connections[Socket()] = {}

    await server.drain()


async def test_drain_goes_on_when_the_hub_hangs(server, hub, monkeypatch):
    monkeypatch.setattr("config.server.SOCKETS_PATIENCE", 0.05)
    hub.drain = lambda: asyncio.sleep(60)
    socket = connect(server, Socket, asyncio.sleep(60))

    await server.drain()

    assert socket.cancelled()


async def test_sockets_are_served_by_our_protocol_and_offered_a_raw_line(server):
    server.ws_factory = SimpleNamespace(protocol=None)
    server.http_factory = SimpleNamespace(buildProtocol=None)
    server.ready_callable()
    assert server.ws_factory.protocol is LineProtocol
    server.application = lambda **channels: asyncio.sleep(0)
    near, far = socket.socketpair()
    with near, far:
        protocol = opened(transport=LocalConnection(near))
        server.connections = {protocol: {}}
        scope = {"type": "websocket"}

        server.create_application(protocol, scope)

    assert set(scope["extensions"]) == {"medley.line", "medley.unsent"}


@pytest.mark.parametrize(
    ("place", "endpoint"),
    [
        (("127.0.0.1", 8000, None), "tcp:port=8000:interface=127.0.0.1:backlog=2048"),
        (("::1", 8000, None), r"tcp:port=8000:interface=\:\:1:backlog=2048"),
        (("127.0.0.1", 8000, "/run/m.sock"), "unix:/run/m.sock:backlog=2048"),
    ],
)
def test_serve_listens_with_room_for_a_thousand_who_come_back(place, endpoint):
    options = dict(zip(("host", "port", "unix_socket"), place, strict=True))

    arguments = serve._daphne_arguments(options | {"access_log": None})

    assert arguments[0] == f"--endpoint={endpoint}"


class Circle:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collected_by_hand():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize(("circles", "is_collected"), [(10, False), (YOUNG + 1, True)])
def test_what_requests_leave_is_collected_behind_an_answer(
    collected_by_hand, circles, is_collected
):
    first = weakref.ref(Circle())
    for _number in range(circles):
        Circle()

    collect_behind_answer()

    assert (first() is None) == is_collected
