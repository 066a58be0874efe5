"""The corpus of odd films: each is refused with its sentence or repaired; no worker dies of one."""

import io
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from accounts.actions import append_to_upload, begin_upload
from accounts.ffmpeg import FfmpegKilled, FfmpegTimedOut, run_ffmpeg
from accounts.uploads.refusals import UploadRefused
from tests.accounts.test_uploads import words
from tests.videos import bad_films as bad
from videos.actions import clips
from videos.models import Clip
from videos.transcoding import probe
from videos.transcoding.errors import SENTENCES


@pytest.fixture(autouse=True)
def own_spool(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


def sent(owner, path: Path) -> Clip:
    """What became of a film that was uploaded, once every job has run."""
    upload = begin_upload(owner, length=path.stat().st_size, metadata=words(purpose="clip"))
    with path.open("rb") as file:
        append_to_upload(upload, file, offset=0)
    clips.check_clip(upload.pk)
    clips.preview_clip(upload.pk)
    return Clip.objects.get(pk=upload.pk)


def shown(clip: Clip) -> Path:
    """The small copy that the editor plays."""
    return Path(default_storage.path(clip.preview))


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (bad.zeros, "a.mp4", "video.type"),
        (bad.words, "a.mp4", "video.type"),
        (bad.picture, "a.png", "video.type"),
        (bad.svg, "a.mov", "video.type"),
        (bad.hls_playlist, "a.mp4", "video.type"),
        (bad.ffconcat, "a.mp4", "video.type"),
        (bad.strange_codec, "a.mkv", "video.type"),
        (bad.cut_short, "a.mp4", "video.corrupt"),
        (bad.cut_short_behind_its_index, "a.mp4", "video.corrupt"),
        (bad.noise, "a.mp4", "video.corrupt"),
        (bad.ten_hours, "a.mp4", "video.too_long"),
        (bad.one_pixel, "a.webm", "video.no_picture"),
        (bad.sixteen_thousand_wide, "a.mov", "video.too_many_pixels"),
        (bad.only_sound, "a.mp4", "video.no_picture"),
    ],
)
def test_it_is_refused_with_its_sentence(ana, tmp_path, make, name, code):
    clip = sent(ana, make(tmp_path / name))

    assert (clip.state, clip.failure_code) == ("refused", code)
    assert clip.failure == str(SENTENCES[code])
    assert (clip.source, clip.preview) == ("", "")


def test_an_empty_file_does_not_even_begin(ana):
    with pytest.raises(UploadRefused) as refused:
        begin_upload(ana, length=0, metadata=words(purpose="clip"))

    assert refused.value.code == "upload.empty"


def test_too_large_a_file_does_not_even_begin(ana, settings):
    with pytest.raises(UploadRefused) as refused:
        begin_upload(ana, length=settings.VIDEO_MAX_BYTES + 1, metadata=words(purpose="clip"))

    assert refused.value.code == "upload.too_large"


# --- Repaired -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name", "size", "has_audio"),
    [
        (bad.right_film_wrong_name, "a.txt", (90, 160), True),
        (bad.broken_sound, "a.mp4", (90, 160), True),
        (bad.high_speed, "a.mp4", (90, 160), True),
        (bad.huge_metadata, "a.mp4", (90, 160), True),
        (bad.polyglot_page, "a.mp4", (90, 160), True),
        (bad.polyglot_archive, "a.mp4", (90, 160), True),
        (bad.with_place, "a.mp4", (90, 160), True),
        (bad.upside_down, "a.mov", (90, 160), True),
        (bad.hevc, "a.mov", (90, 160), True),
        (bad.hlg, "a.mov", (90, 160), True),
        (bad.mute, "a.mp4", (90, 160), False),
        (bad.odd_size, "a.mp4", (90, 160), True),
        (bad.uneven_pace, "a.mov", (90, 160), True),
        (bad.recording, "a.webm", (90, 160), True),
    ],
)
def test_it_is_repaired(ana, tmp_path, make, name, size, has_audio):
    clip = sent(ana, make(tmp_path / name))

    assert (clip.state, clip.failure_code, clip.has_audio) == ("ready", "", has_audio)
    facts, content = probe(shown(clip)), shown(clip).read_bytes()
    assert ((facts.width, facts.height), facts.has_audio) == (size, has_audio)
    assert (facts.codec, facts.pixel_format, facts.rotation) == ("h264", "yuv420p", 0)
    assert facts.frames_per_second <= 31
    assert not facts.is_hdr
    assert len(content) < 2**20
    assert [tell for tell in (bad.PAYLOAD, bad.PLACE) if tell in content] == []


# --- The leash ------------------------------------------------------------------------------------


@pytest.fixture
def fake_ffmpeg(monkeypatch, tmp_path):
    """`fake_ffmpeg("sleep 60")` runs that shell script in place of ffmpeg."""

    def put(script: str) -> None:
        fake = tmp_path / "fake"
        fake.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\n{script}\n")
        fake.chmod(0o700)
        monkeypatch.setattr("accounts.ffmpeg.running.find_ffmpeg", lambda: str(fake))

    return put


def is_gone(tmp_path: Path) -> bool:
    return not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


@pytest.mark.parametrize(
    "script",
    [
        "sleep 60",
        "trap '' TERM INT HUP; sleep 60",
        "exec >/dev/null; sleep 60",
        "while true; do echo out_time_us=1; done",
        "head -c 10000000 /dev/zero >&2; sleep 60",
    ],
)
def test_whatever_hangs_is_killed(fake_ffmpeg, tmp_path, script):
    fake_ffmpeg(script)
    started = time.monotonic()

    with pytest.raises(FfmpegTimedOut):
        run_ffmpeg([], timeout=1)

    assert time.monotonic() - started < 6
    assert is_gone(tmp_path)


def test_a_hang_is_no_fault_of_the_film(ana, walk, fake_ffmpeg, monkeypatch):
    """The machine was slow: the job is tried again, the film is not refused."""
    fake_ffmpeg("sleep 60")
    monkeypatch.setattr("videos.transcoding.previewing.time_limit", lambda seconds: 0.5)

    with pytest.raises(FfmpegTimedOut):
        sent(ana, walk)

    assert Clip.objects.get().state == "ready"


def test_neither_is_a_kill(ana, walk, fake_ffmpeg, tmp_path):
    """The system was short of memory and chose ffmpeg."""
    fake_ffmpeg("exec sleep 60")
    killer = threading.Thread(target=kill_when_there, args=[tmp_path / "pid"])
    killer.start()

    with pytest.raises(FfmpegKilled):
        sent(ana, walk)

    killer.join()
    assert Clip.objects.get().state == "ready"


def kill_when_there(pid: Path) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if pid.exists() and (number := pid.read_text().strip()):
            os.kill(int(number), signal.SIGKILL)
            return
        time.sleep(0.02)


def test_a_crash_over_a_film_refuses_the_film(ana, walk, fake_ffmpeg):
    fake_ffmpeg("kill -SEGV $$")

    clip = sent(ana, walk)

    assert (clip.state, clip.failure_code) == ("refused", "video.corrupt")


def test_a_read_that_fails_keeps_the_film(ana, walk, monkeypatch):
    """The storage is away: the job is tried again."""
    upload = begin_upload(ana, length=walk.stat().st_size, metadata=words(purpose="clip"))
    append_to_upload(upload, io.BytesIO(walk.read_bytes()), offset=0)
    default_storage.delete(Clip.objects.get().source)

    with pytest.raises(FileNotFoundError):
        clips.check_clip(upload.pk)

    assert Clip.objects.get().state == "checking"
