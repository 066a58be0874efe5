"""Keeps the processes of one machine alive, in the foreground: supervisord with our programs.

Whatever ends is started again: at once when it had been up for five seconds, else after a pause
that grows by a second with each try (so a minute apart after half an hour). It never gives up.
"""

import contextlib
import http.client
import os
import shlex
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.states import ProcessStates, SupervisorStates
from supervisor.supervisord import Supervisor

# supervisord knows no "for ever"; with growing pauses this many tries outlast any machine.
TRIES = 1_000_000
LOOP_SECONDS = 0.1
EARLIER, LATER = 10, 20  # the order of starting; stopping goes the other way round


@dataclass(frozen=True)
class Program:
    """One process to keep alive."""

    name: str
    command: list[str]
    log: Path | None = None  # None: this terminal
    stop_seconds: int = 5  # after that it is killed, with its children
    waits: bool = False  # starts when the site answers, and leaves it the processor until then


def configuration(
    first: list[Program], others: list[Program], *, data: Path, directory: Path
) -> str:
    """A supervisord.conf: `first` starts before the others, and stops after them."""
    # One group, so that they stop side by side; supervisord stops single programs one by one.
    group = {"programs": ",".join(program.name for program in others), "priority": LATER}
    return "\n".join(
        [
            _supervisord(data),
            *(_program(program, directory) for program in [*first, *others]),
            _section("group:medley", group),
        ]
    )


def run(config: Path, *, host: str, port: int, welcome: str) -> None:
    """Supervise until SIGINT, SIGTERM or SIGHUP, and then until every process has stopped.

    When that address answers, `welcome` is printed and the programs that wait for it start.
    """
    options = ServerOptions()
    options.realize(["--nodaemon", "--configuration", str(config)])
    options.first, options.test = True, False
    with contextlib.suppress(ExitNow):
        ForegroundSupervisor(options, host, port, welcome).main()
    options.close_logger()


class ForegroundSupervisor(Supervisor):
    """supervisord that greets when the site answers, and ends with its terminal or its make."""

    def __init__(self, options: ServerOptions, host: str, port: int, welcome: str) -> None:
        super().__init__(options)
        self.host, self.port, self.welcome = host, port, welcome
        # Under make, its death is ours: nobody would be left to stop us.
        self.parent = os.getppid() if "MAKELEVEL" in os.environ else None

    def runforever(self) -> None:
        # A closing terminal sends SIGHUP: supervisord would take it as "restart" and live on.
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        # Its loop sleeps a second at a time, felt twice at each start and stop.
        poll = self.options.poller.poll
        self.options.poller.poll = lambda timeout: poll(min(timeout, LOOP_SECONDS))
        super().runforever()

    def tick(self, now: float | None = None) -> None:
        """Called at each round of supervisord's loop."""
        super().tick(now)
        if self.parent and self.parent != os.getppid():
            self.options.mood = SupervisorStates.SHUTDOWN
        running = self.options.mood == SupervisorStates.RUNNING
        if running and self.welcome and answers(self.host, self.port):
            print(self.welcome, flush=True)
            self.welcome = ""
            self.start_those_who_wait()

    def start_those_who_wait(self) -> None:
        for group in self.process_groups.values():
            for process in group.processes.values():
                if process.get_state() == ProcessStates.STOPPED:
                    process.spawn()


def answers(host: str, port: int) -> bool:
    """Does anybody speak HTTP at this address of this machine?"""
    connection = http.client.HTTPConnection(host, port, timeout=0.5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _supervisord(data: Path) -> str:
    settings = {
        "nodaemon": "true",
        "silent": "true",
        "logfile": data / "log" / "supervisord.log",
        "logfile_maxbytes": "1MB",
        "logfile_backups": "1",
        "pidfile": data / "supervisord.pid",
        "childlogdir": data / "log",
    }
    if os.getuid() == 0:
        settings["user"] = "root"  # said out loud, or supervisord warns at each start
    return _section("supervisord", settings)


def _program(program: Program, directory: Path) -> str:
    return _section(
        f"program:{program.name}",
        {
            "command": shlex.join(program.command),
            "directory": directory,
            "priority": EARLIER,
            "autostart": "false" if program.waits else "true",
            "autorestart": "true",
            "startsecs": 5,
            "startretries": TRIES,
            "stopwaitsecs": program.stop_seconds,
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": program.log or "/dev/fd/1",
            "stdout_logfile_maxbytes": "5MB" if program.log else 0,
            "stdout_logfile_backups": 1,
        },
    )


def _section(name: str, settings: dict[str, object]) -> str:
    # supervisord expands %(...)s in values, so a plain % is doubled.
    lines = [f"{key} = {str(value).replace('%', '%%')}" for key, value in settings.items()]
    return "\n".join([f"[{name}]", *lines, ""])


if __name__ == "__main__":
    config, host, port, welcome = sys.argv[1:]
    run(Path(config), host=host, port=int(port), welcome=welcome)
