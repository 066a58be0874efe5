"""Runs ffmpeg: no network, no playlists, low priority, and an end in time, memory and size."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

MEMORY_BYTES = 4 * 2**30
OUTPUT_BYTES = 2**30
NICENESS = 10

# A playlist named .mp4 would otherwise make ffmpeg read local files (measured on 5.1.9).
SAFE_INPUT = ("-protocol_whitelist", "file", "-format_whitelist", "mov,matroska,webm")

Progress = Callable[[float], None]


class FfmpegFailed(Exception):
    """ffmpeg ended badly or was ended by us; the message is the end of what it said."""


@cache
def find_ffmpeg() -> str:
    """The ffmpeg on PATH, else the one that the imageio-ffmpeg package carries."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def _limit() -> None:
    """Runs in the child between fork and exec."""
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))


def run_ffmpeg(
    arguments: Sequence[str | Path],
    *,
    timeout: float,
    seconds: float = 0,
    progress: Progress | None = None,
) -> None:
    """Run ffmpeg for at most `timeout` seconds; its whole process group ends with it.

    `progress` is called with 0..1 where the output is expected to last `seconds`. Raises `FfmpegFailed`.
    """
    command = [find_ffmpeg(), "-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "error"]
    command += ["-progress", "pipe:1", *map(str, arguments)]
    process = subprocess.Popen(  # noqa: S603  (no shell; user text never becomes an argument)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=_limit,  # noqa: PLW1509  (workers fork; no thread of theirs holds a lock here)
    )
    killer = _kill_after(process, timeout)
    try:
        with process:
            _follow(process, seconds, progress)
            said = process.stderr.read() if process.stderr else ""
        if process.returncode != 0:
            raise FfmpegFailed(said[-2000:] or f"ended with {process.returncode}")
    finally:
        killer.cancel()
        _kill(process)


def _kill_after(process: subprocess.Popen[str], timeout: float):
    from threading import Timer

    timer = Timer(timeout, _kill, [process])
    timer.daemon = True
    timer.start()
    return timer


def _kill(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _follow(process: subprocess.Popen[str], seconds: float, progress: Progress | None) -> None:
    """Read `-progress` until ffmpeg closes it; `out_time_us` counts microseconds of output."""
    for line in process.stdout or ():
        key, _, value = line.strip().partition("=")
        if progress and seconds and key == "out_time_us" and value.isdigit():
            progress(min(1.0, int(value) / 1_000_000 / seconds))
