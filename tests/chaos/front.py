"""nginx as deploy/ configures it, in front of the web processes of a stack."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests import nginx, services
from tests.chaos.processes import Process, spawn, wait_for
from tests.chaos.proxy import Proxy
from tests.chaos.stack import Stack

# Of one address; the template allows 200 sockets of each.
MOST_SOCKETS = 150
PATIENCE = 10.0


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[int]:
    """The port at which plain lines become TLS ones to nginx, for the length of the block."""
    folder = stack.folder / "nginx"
    folder.mkdir(exist_ok=True)
    https, plain = services.free_port(), services.free_port()
    data = stack.folder / "data"
    command = await asyncio.to_thread(
        nginx.configured, folder, stack.ports, https=https, plain=plain, data=data
    )
    log = stack.folder / "log" / "nginx.log"
    server = Process("nginx", lambda: spawn(command, cwd=folder, env=stack.environment, log=log))
    trusted = ssl.create_default_context(cafile=folder / "fullchain.pem")
    lines = Proxy(https, tls=trusted)
    server.start()
    try:
        await asyncio.to_thread(wait_for, lambda: _listens(https), PATIENCE, "nginx")
        await lines.start()
        yield lines.port
    finally:
        await lines.stop()
        await asyncio.to_thread(server.stop)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
