"""`manage.py serve`: the web process, pages and API and sockets, under daphne."""

import logging
from argparse import ArgumentParser
from typing import Any

from daphne.endpoints import build_endpoint_description_strings as endpoint_descriptions
from django.conf import settings
from django.core.management.base import BaseCommand

# One frame may have 64 KiB; the consumer says so with its own close code, hence the room above it.
LARGEST_FRAME = 128 * 1024
# Connections that wait to be accepted: when a process restarts, a thousand clients come at once.
# The system may allow fewer (net.core.somaxconn).
BACKLOG = 2048
# Seconds. A client that answers the hub's heartbeats, every 25 s, is never asked; one whose line is
# dead is asked, and dropped before a minute is over. TCP's own keepalive has nothing to add.
PING_INTERVAL, PING_TIMEOUT = 30, 20


class Command(BaseCommand):
    """Serves until SIGTERM or SIGINT, then drains (see config/server.py)."""

    help = "Serve pages, API and sockets."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on")
        parser.add_argument("--unix-socket", help="listen on this unix socket instead")
        parser.add_argument("--access-log", help="write an access log here; - is standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("daphne").setLevel(logging.WARNING)
        from config.server import MedleyCommandLine  # late: it installs Twisted's reactor

        MedleyCommandLine().run(list(_daphne_arguments(options)))


def _daphne_arguments(options: dict[str, Any]) -> list[str]:
    log = ["--access-log", options["access_log"]] if options["access_log"] else []
    frames = [f"--websocket-max-{part}-size={LARGEST_FRAME}" for part in ("frame", "message")]
    pings = [f"--ping-interval={PING_INTERVAL}", f"--ping-timeout={PING_TIMEOUT}"]
    quiet = ["--verbosity=0", "--no-server-name"]
    return [*_endpoint(options), *log, *frames, *pings, *quiet, "config.asgi:application"]


def _endpoint(options: dict[str, Any]) -> list[str]:
    """Where to listen, in Twisted's words: daphne's own flags leave the backlog at 50."""
    path = options["unix_socket"]
    place = {"unix_socket": path} if path else {"host": options["host"], "port": options["port"]}
    return [f"--endpoint={each}:backlog={BACKLOG}" for each in endpoint_descriptions(**place)]
