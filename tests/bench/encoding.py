"""What preparing a video costs, beside the bare ffmpeg command that makes the same two renditions.

The film is half a minute of an animated one (`make media`), upright, 30 pictures a second: once as
a phone would send it, once so that it conforms and is only remuxed.
"""

import base64
import io
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import services
from tests.bench import cores, world
from tests.bench.measuring import Run
from tests.bench.programs import NotAvailable
from tests.bench.stack import Stack

SAMPLE = "media-samples/trailer_bbb.mp4"
SECONDS = 30.0
AT_ONCE, TIMES = 2, 2
UPLOADS = 5
PATIENCE = 120.0
UPRIGHT = "crop=ih*9/16:ih,scale=720:1280,fps=30,format=yuv420p"
# docs/performance.md says where these settings come from; both renditions from one decode.
BARE = (
    "[0:v]fps=30,format=yuv420p,split=2[a][b];[a]scale=720:1280[v0];[b]scale=360:640[v1];"
    "[0:a:0]aresample=44100,asplit=2[a0][a1]"
)
X264 = ("-c:v", "libx264", "-preset", "veryfast", "-g", "60", "-threads", "2")


def measure(stack: Stack) -> Run:
    """Needs the sample film: `NotAvailable` says how to get it."""
    with tempfile.TemporaryDirectory(prefix="medley-encoding-") as name, _every_core():
        folder = Path(name)
        start = _start(stack, folder)
        plain, conforming = _films(_sample(), folder)
        bare = _cpu(lambda: _bare(plain, folder))
        ours = _cpu(lambda: _render(plain, folder / "plain"))
        figures = {
            "bare_cpu_per_s": bare / SECONDS,
            "encoding_cpu_per_s": ours / SECONDS,
            "encoding_ratio": ours / bare,
            "conforming_cpu_per_s": _cpu(lambda: _render(conforming, folder / "fit")) / SECONDS,
            "extras_cpu_per_s": _cpu(lambda: _extras(folder / "plain")) / SECONDS,
            "video_s_per_s": _throughput(plain, folder),
            "encoder_start_s": start,
        }
    return Run(figures)


# --- The films ------------------------------------------------------------------------------------


def _sample() -> Path:
    folders = (os.environ.get("MEDLEY_SAMPLES"), Path(__file__).resolve().parents[2] / "var")
    for folder in folders:
        if folder and (path := Path(folder) / SAMPLE).exists():
            return path
    raise NotAvailable("The sample film is missing: run `make media`.")


def _films(sample: Path, folder: Path) -> tuple[Path, Path]:
    plain, conforming = folder / "plain.mp4", folder / "conforming.mp4"
    stretch = ["-ss", "10", "-t", f"{SECONDS:g}", "-i", str(sample), "-vf", UPRIGHT]
    sound = ["-c:a", "aac", "-b:a", "128k", "-ac", "2"]
    camera = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-g", "250"]
    small = ["-maxrate", "2100k", "-bufsize", "2100k", "-crf", "23"]
    _ffmpeg([*stretch, *camera, *sound, str(plain)])
    _ffmpeg([*stretch, *X264, *small, *sound, str(conforming)])
    return plain, conforming


def _ffmpeg(words: list[str]) -> None:
    from accounts.ffmpeg import run_ffmpeg

    run_ffmpeg(words, timeout=600)


# --- Costs ----------------------------------------------------------------------------------------


def _cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of what it started and waited for."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _bare(film: Path, folder: Path) -> None:
    words = ["-i", str(film), "-filter_complex", BARE]
    for place, (crf, rate, sound) in enumerate(((23, 2500, 128), (25, 700, 64))):
        ceiling = ["-crf", str(crf), "-maxrate", f"{rate}k", "-bufsize", f"{2 * rate}k"]
        words += ["-map", f"[v{place}]", *X264, *ceiling]
        words += ["-map", f"[a{place}]", "-c:a", "aac", "-b:a", f"{sound}k", "-ac", "2"]
        words += ["-movflags", "+faststart", str(folder / f"bare-{place}.mp4")]
    _ffmpeg(words)


def _render(film: Path, folder: Path) -> None:
    from videos.transcoding import render

    render(film, folder)


def _extras(folder: Path) -> None:
    from videos.transcoding import make_extras

    films = {path.name.partition("-")[0]: path for path in folder.glob("*.mp4")}
    make_extras(films, folder)


def _throughput(film: Path, folder: Path) -> float:
    """Seconds of video made in a second, two at a time, one after the other."""
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(_render, film, folder / f"many-{n}") for n in range(AT_ONCE * TIMES)]
        for job in jobs:
            job.result()
    return AT_ONCE * TIMES * SECONDS / (time.perf_counter() - began)


@contextmanager
def _every_core() -> Iterator[None]:
    """Nobody else is measured meanwhile."""
    with cores.on(set(cores.CORES)):
        yield


# --- The wait before ------------------------------------------------------------------------------


def _start(stack: Stack, folder: Path) -> float:
    """Seconds from an upload's last bytes to the encoder's start: the longest of a few."""
    clip = folder / "clip.mp4"
    _ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=180x320:r=30:d=1", "-pix_fmt", "yuv420p", str(clip)])
    author = world.people()[0].id
    with _worker(stack):
        _waited(author, clip)  # until the worker is there
        return max(_waited(author, clip) for _ in range(UPLOADS))


@contextmanager
def _worker(stack: Stack) -> Iterator[None]:
    command = [*services.CELERY_WORKER, "--concurrency=1"]
    process = subprocess.Popen(command, env=stack.environment())
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _waited(author: object, clip: Path) -> float:
    """From the last bytes of an upload to the rendition's encoder, for an author who posts as soon
    as the film was looked into."""
    from accounts.actions.uploading import append_to_upload
    from accounts.models import User
    from videos.actions.drafts import post_draft
    from videos.models import Clip, ProcessingAttempt

    owner = User.objects.get(pk=author)
    upload, last = _all_but_the_end(owner, clip.read_bytes())
    began = time.perf_counter()
    append_to_upload(upload, io.BytesIO(last), offset=upload.length - len(last))
    looked_into = Clip.objects.filter(upload=upload.pk, state=Clip.State.READY)
    _wait_until(looked_into.exists)
    draft = looked_into.get().video_id
    post_draft(owner, draft)
    rendering = ProcessingAttempt.objects.filter(video=draft).exclude(stage="fetch")
    _wait_until(rendering.exists)
    return time.perf_counter() - began


def _all_but_the_end(owner: Any, film: bytes) -> tuple[Any, bytes]:
    """An upload by tus, and what is missing of it."""
    from accounts.actions.uploading import append_to_upload, begin_upload

    purpose = base64.b64encode(b"clip").decode()
    upload = begin_upload(owner, length=len(film), metadata=f"purpose {purpose}")
    half = len(film) // 2
    append_to_upload(upload, io.BytesIO(film[:half]), offset=0)
    return upload, film[half:]


def _wait_until(is_there: Callable[[], bool]) -> None:
    began = time.perf_counter()
    while not is_there():
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError("no worker took the upload")
        time.sleep(0.01)
