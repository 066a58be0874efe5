"""Runs ffmpeg: no network, no playlists, low priority, and an end in time, memory and size."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Event, Timer

MEMORY_BYTES = 4 * 2**30
OUTPUT_BYTES = 2**28
MAX_PIXELS = 4096 * 2304

# What phones, cameras and screen recorders write. Everything else stays shut: hundreds of decoders
# for forgotten formats are where ffmpeg's memory bugs live.
PICTURE_DECODERS = frozenset(
    {"h264", "hevc", "vp8", "vp9", "libvpx", "libvpx-vp9", "av1", "libdav1d", "libaom-av1"}
    | {"mpeg4", "h263", "mjpeg", "prores"}
)
SOUND_DECODERS = frozenset(
    {"aac", "mp3", "mp3float", "opus", "libopus", "vorbis", "flac", "alac", "ac3", "eac3"}
    | {"amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "pcm_mulaw", "pcm_alaw"}
    | {"pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_f32le"}
)
FILMS = "mov,matroska,webm"  # containers
SOUNDS = f"{FILMS},ogg,mp3,wav,flac,aac"
# The same words guard PyAV's probe. A playlist named .mp4 would otherwise make ffmpeg read local
# files (measured on 5.1.9).
GUARDS = {
    "protocol_whitelist": "file",
    "format_whitelist": FILMS,
    "codec_whitelist": ",".join(sorted(PICTURE_DECODERS | SOUND_DECODERS)),
}

Progress = Callable[[float], None]


class FfmpegFailed(Exception):
    """ffmpeg ended badly; the message is the end of what it said."""


class FfmpegTimedOut(FfmpegFailed):
    """It took longer than allowed and was killed."""


class FfmpegKilled(FfmpegFailed):
    """Somebody else killed it, a system without memory say: its input need not be at fault."""


@cache
def find_ffmpeg() -> str:
    """The ffmpeg on PATH, else the one that the imageio-ffmpeg package carries."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def has_filter(name: str) -> bool:
    """Was this ffmpeg built with the filter? (`zscale` is missing from some.)"""
    return f" {name} " in _listing("-filters")


def can_fingerprint() -> bool:
    """Was this ffmpeg built with Chromaprint? Debian's and imageio's are."""
    return " chromaprint " in _listing("-muxers")


@cache
def _listing(of: str) -> str:
    arguments = [find_ffmpeg(), "-hide_banner", of]
    return subprocess.run(arguments, capture_output=True, text=True, check=False).stdout  # noqa: S603


def guarded_input(path: Path, containers: str = FILMS) -> list[str]:
    """The arguments that open a file from outside: only these containers and our decoders, no
    protocol but `file`, and no picture larger than 4K whatever its header says."""
    guards = GUARDS | {"format_whitelist": containers}
    words = [word for name, value in guards.items() for word in (f"-{name}", value)]
    return [*words, "-max_pixels", str(MAX_PIXELS), "-i", file_url(path)]


def file_url(path: Path) -> str:
    """`file:/absolute/path`: a name holding `-` or `:` is neither an option nor a protocol."""
    return f"file:{path.absolute()}"


def run_ffmpeg(
    arguments: Sequence[str | Path],
    *,
    timeout: float,
    seconds: float = 0,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> None:
    """Run ffmpeg for at most `timeout` seconds; its whole process group ends with it.

    It runs in `folder`: files that a filter reads or writes are named in the middle of its graph,
    where a whole path would have to be quoted twice.
    `progress` is called with rising values of 0..1 of an output expected to last `seconds`; what it
    raises stops the run. Raises `FfmpegFailed`, `FfmpegTimedOut`, `FfmpegKilled`.
    """
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        process = _start(arguments, timeout, said.fileno(), folder)
        with process, _killed_after(process, timeout) as late:
            _follow(process, seconds, progress)
            process.wait()
        if late.is_set():
            raise FfmpegTimedOut(f"longer than {timeout:.0f} s")
        if process.returncode == -signal.SIGKILL:
            raise FfmpegKilled("killed from outside")
        if process.returncode != 0:
            said.seek(0)
            raise FfmpegFailed(said.read()[-2000:] or f"ended with {process.returncode}")


def _start(
    arguments: Sequence[str | Path], timeout: float, errors: int, folder: Path | None
) -> subprocess.Popen[str]:
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launcher.py"))]
    limits = [str(int(timeout * (os.cpu_count() or 1)) + 1), str(MEMORY_BYTES), str(OUTPUT_BYTES)]
    words = ["-hide_banner", "-nostdin", "-nostats", "-y", "-loglevel", "error"]
    words += ["-progress", "pipe:1", *map(str, arguments)]
    return subprocess.Popen(  # noqa: S603  (no shell; user text never becomes an argument)
        [*launcher, *limits, find_ffmpeg(), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        # A file: a full pipe that nobody reads would stop ffmpeg.
        stderr=errors,
        text=True,
        errors="replace",
        start_new_session=True,
        cwd=folder,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Only what a program needs to start: our secrets are in the environment too."""
    kept = ("PATH", "LD_LIBRARY_PATH", "HOME", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


@contextmanager
def _killed_after(process: subprocess.Popen[str], timeout: float):
    """Kill the process group after `timeout` seconds, and in any case when the block is left."""
    late = Event()

    def give_up() -> None:
        late.set()
        _kill(process)

    timer = Timer(timeout, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        _kill(process)


def _kill(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _follow(process: subprocess.Popen[str], seconds: float, progress: Progress | None) -> None:
    """Read `-progress` until ffmpeg closes it; `out_time_us` counts microseconds of output."""
    reached = 0.0
    for line in process.stdout or ():
        key, _, value = line.strip().partition("=")
        if progress and seconds and key == "out_time_us" and value.isdigit():
            now = min(1.0, int(value) / 1_000_000 / seconds)
            if now > reached:
                reached = now
                progress(reached)
