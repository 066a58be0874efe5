"""The web process: daphne with a graceful end, and one place to extend its connections."""

# daphne.server must come before anything else of Twisted: it chooses the reactor.
from daphne.server import Server  # isort: skip

import asyncio
import gc
import inspect
import logging
from typing import Any

from daphne.cli import CommandLineInterface
from daphne.http_protocol import WebRequest
from django.core.signals import request_finished
from twisted.internet.defer import Deferred

from config import health
from config.raw_websocket import LineProtocol
from config.request_bodies import BodiesFromDisk, FrugalRequest, take_body

logger = logging.getLogger(__name__)

SOCKETS_PATIENCE = 2.5  # seconds: the hub spreads its closes over two
REQUESTS_PATIENCE = 1.5  # seconds for requests that are being answered
# Objects that wait to be looked at behind an answer (a page leaves some 3,000), and collections of
# the generation before for which the older ones wait.
YOUNG, OLDER = 5_000, (50, 50)


class MedleyServer(Server):
    """Daphne with raw lines that says goodbye: on SIGTERM it turns unready, sends sockets elsewhere
    and stops."""

    application: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Daphne makes its factory when it runs and has no setting for the protocol.
        self.ready_callable = self.use_ours
        self.application = BodiesFromDisk(self.application)

    def run(self) -> None:
        quiet_the_collector()
        super().run()

    def use_ours(self) -> None:
        """Called by daphne between making the factories and serving."""
        self.ws_factory.protocol = LineProtocol
        build = self.http_factory.buildProtocol

        def build_frugal(address: Any) -> Any:
            channel = build(address)
            channel.requestFactory = FrugalRequest
            return channel

        self.http_factory.buildProtocol = build_frugal

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, LineProtocol):
            scope.setdefault("extensions", {}).update(protocol.extensions())
        elif isinstance(protocol, FrugalRequest):
            scope.setdefault("extensions", {})["medley.body"] = take_body(protocol)
        return super().create_application(protocol, scope)

    def kill_all_applications(self) -> Deferred:
        """Called by daphne before the reactor stops, which waits for what is returned."""
        health.draining = True
        drained = Deferred.fromFuture(asyncio.ensure_future(self.drain()))
        drained.addErrback(lambda failure: logger.error("drain failed: %s", failure.value))
        return drained

    async def drain(self) -> None:
        """Close sockets with 1012, let running requests finish, cancel what is left."""
        await close_sockets()
        await self.wait_for(self.running(WebRequest), REQUESTS_PATIENCE)
        for application in self.running():
            application.cancel()
        await self.wait_for(self.running(), REQUESTS_PATIENCE)

    def running(self, kind: type = object) -> list[asyncio.Future]:
        """The application of every open connection of that kind, unless it has ended."""
        found = [
            details.get("application_instance")
            for protocol, details in self.connections.items()
            if isinstance(protocol, kind)
        ]
        return [application for application in found if application and not application.done()]

    @staticmethod
    async def wait_for(applications: list[asyncio.Future], seconds: float) -> None:
        if applications:
            await asyncio.wait(applications, timeout=seconds)


def quiet_the_collector() -> None:
    """Let garbage collection pass over what was there before the first client, and run less often.

    A full collection walks all of Django: a tenth of a second in which nobody hears anything, many
    times a minute under load.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, *OLDER)
    request_finished.connect(collect_behind_answer)


def collect_behind_answer(**_signal: Any) -> None:
    """Where enough has gathered, collect it now that the answer is out: else it is done in the
    middle of somebody's request, one in fifteen, which then takes twice as long.

    By the collector's own rule: the oldest generation whose time has come.
    """
    gathered = gc.get_count()
    for generation, most in reversed(list(enumerate((YOUNG, *OLDER)))):
        if gathered[generation] > most:
            gc.collect(generation)
            return


async def close_sockets() -> None:
    """Ask the hub to send every client elsewhere (close code 1012), spread over two seconds."""
    try:
        from chat.hub import hub  # late: it reads settings and the channel layer

        closing = hub.drain()
        if inspect.isawaitable(closing):
            await asyncio.wait_for(closing, SOCKETS_PATIENCE)
    except Exception:
        logger.exception("sockets were not drained")


class MedleyCommandLine(CommandLineInterface):
    """Daphne's own command line, with our server behind it."""

    server_class = MedleyServer
