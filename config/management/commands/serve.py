"""`manage.py serve`: the web process, pages and API and sockets, under daphne."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

# One frame may have 64 KiB; the consumer says so with its own close code, hence the room above it.
LARGEST_FRAME = 128 * 1024


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
    place = (
        ["--unix-socket", options["unix_socket"]]
        if options["unix_socket"]
        else ["--bind", options["host"], "--port", str(options["port"])]
    )
    log = ["--access-log", options["access_log"]] if options["access_log"] else []
    frames = [f"--websocket-max-{part}-size={LARGEST_FRAME}" for part in ("frame", "message")]
    return [*place, *log, *frames, "--verbosity=0", "--no-server-name", "config.asgi:application"]
