"""A RabbitMQ of a test's own, where this machine has one; nothing of it is left behind."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from kombu.exceptions import OperationalError

from tests.services import free_port
from tests.workers import wait_until

# What Debian puts on the path only serves root and the user of its service.
PLACES = ("/usr/lib/rabbitmq/bin", *os.environ.get("PATH", "").split(os.pathsep))


def server() -> str | None:
    """The path of the program that starts one; None where there is none."""
    return shutil.which("rabbitmq-server", path=os.pathsep.join(PLACES))


class RabbitMQ:
    """One node on the loopback interface, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port, self._epmd = free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self._port}//"

    @contextmanager
    def running(self) -> Iterator[None]:
        """It answers until the block is left."""
        self._folder.joinpath("rabbit.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{self._port}")
        # Erlang's register of nodes; one that a node starts by itself would outlive it.
        register = self._spawn("epmd", "-port", str(self._epmd), "-address", "127.0.0.1")
        self._process = self._spawn(server() or "rabbitmq-server")
        try:
            wait_until(self._answers, "RabbitMQ")
            yield
        finally:
            self._signal(signal.SIGKILL)
            self._process.wait(10)
            register.kill()
            register.wait(10)

    def _spawn(self, *command: str) -> subprocess.Popen:
        with self._folder.joinpath("log").open("a") as log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                env=self._environment(),
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Nothing of it moves until the block is left; its sockets stay open."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        os.killpg(self._process.pid, number)

    def _answers(self) -> bool:
        try:
            with current_app.connection(self.url, connect_timeout=1) as connection:
                connection.connect()
        except (OSError, OperationalError):
            return False
        return True

    def _environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return os.environ | {
            "HOME": folder,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._epmd),
            "RABBITMQ_NODENAME": f"medley{self._port}@localhost",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbit.conf",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": folder,
            "RABBITMQ_LOG_BASE": folder,
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
        }
