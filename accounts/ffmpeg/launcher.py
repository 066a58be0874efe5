"""Becomes ffmpeg with less: run as a script by `running.py`, it lowers its own limits, then execs.

A script and not `preexec_fn`, which may deadlock in a parent with threads. Standard library only.
"""

import os
import resource
import signal
import sys


def main(cpu_seconds: str, memory_bytes: str, file_bytes: str, *command: str) -> None:
    """Replace this process by `command`, limited in CPU time, memory and the size of each file."""
    _die_with_parent()
    os.nice(10)
    for limit, value in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, "0"),
    ):
        _lower(limit, int(value))
    os.execv(command[0], command)  # noqa: S606  (no shell)


def _lower(limit: int, value: int) -> None:
    """Set soft and hard limit; a lower one that is in force already stays."""
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def _die_with_parent() -> None:
    """A worker that is killed takes its ffmpeg along (Linux; elsewhere the CPU limit ends it)."""
    if sys.platform != "linux":
        return
    import ctypes

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
