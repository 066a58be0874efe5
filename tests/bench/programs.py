"""The C programs: the load client and the floor, compiled when they are needed."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).with_name("c")
LOAD = ("load.c", "crowd.c", "plan.c", "member.c", "marks.c")


class NotAvailable(Exception):
    """Something that a measurement needs is not on this machine; the message says what."""


@dataclass(frozen=True)
class Programs:
    """Where the compiled programs lie."""

    load: Path
    fanout: Path


def compiled(folder: Path) -> Programs:
    """Both programs, compiled into the folder; `NotAvailable` without Linux or a C compiler."""
    if not sys.platform.startswith("linux"):
        raise NotAvailable("The load client needs Linux: it is built on epoll and timerfd.")
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if compiler is None:
        raise NotAvailable("No C compiler: the load client is written in C. Install gcc or clang.")
    return Programs(
        _compile(compiler, folder / "load", *LOAD),
        _compile(compiler, folder / "fanout", "fanout.c"),
    )


def _compile(compiler: str, target: Path, *sources: str) -> Path:
    command = [compiler, "-O2", "-std=c11", "-Wall", "-Wextra", "-D_DEFAULT_SOURCE"]
    command += ["-o", str(target), *(str(SOURCES / name) for name in sources)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise NotAvailable(f"{target.name} does not compile: {done.stderr.strip()}")
    return target
