"""Uploads become renditions, or a clear refusal: real ffmpeg on films of a second or two."""

import io
import os
import subprocess
import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image

from accounts import ffmpeg
from accounts.ffmpeg import (
    FfmpegFailed,
    FfmpegTimedOut,
    guarded_input,
    has_filter,
    run_ffmpeg,
    waveform,
)
from tests.videos import films
from videos.recipes import of_clips
from videos.transcoding import BadVideo, Ingredients, check_upload, probe, render
from videos.transcoding.cutting import lay_out
from videos.transcoding.encodings import fit, frame_rate
from videos.transcoding.errors import SENTENCES
from videos.transcoding.picture import arguments, plans
from videos.transcoding.sound import mix


@pytest.fixture(scope="module")
def upright(tmp_path_factory) -> Path:
    """Needs a new encode: a key frame every 3 seconds is too seldom."""
    path = tmp_path_factory.mktemp("films") / "upright.mp4"
    gps = ("-metadata", "location=+52.5200+013.4050/", "-metadata", "comment=SECRETPLACE")
    keep = ("-movflags", "use_metadata_tags", "-g", "250")
    return films.film(path, *gps, *keep, seconds=3, rate=30)


@pytest.fixture(scope="module")
def rendered(upright, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rendered")
    return folder, render(upright, folder)


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


def refusal(call, *args) -> str:
    with pytest.raises(BadVideo) as caught:
        call(*args)
    return caught.value.code


def decoded(path: Path) -> tuple[int, int]:
    """How many pictures and pieces of sound a player can read."""
    with av.open(str(path)) as container:
        pictures = sum(1 for _ in container.decode(video=0))
    with av.open(str(path)) as container:
        return pictures, sum(1 for _ in container.decode(audio=0))


def boxes(path: Path) -> list[str]:
    """The names of the outermost boxes of an MP4, in order."""
    content, place, names = path.read_bytes(), 0, []
    while place < len(content):
        names.append(content[place + 4 : place + 8].decode())
        place += int.from_bytes(content[place : place + 4], "big")
    return names


# --- What comes out -------------------------------------------------------------------------------


def test_both_renditions_play(rendered):
    folder, result = rendered

    assert [file.kind for file in result.files] == ["720", "360"]
    for file in result.files:
        pictures, sounds = decoded(folder / file.name)
        assert pictures == 90
        assert sounds > 100


def test_small_films_are_never_enlarged(rendered):
    _, result = rendered

    assert [(file.width, file.height) for file in result.files] == [(90, 160), (90, 160)]


def test_large_films_get_two_sizes(tmp_path, out):
    source = films.film(tmp_path / "wide.mp4", size="1280x900")

    result = render(source, out)

    assert [(file.width, file.height) for file in result.files] == [(1024, 720), (512, 360)]


def test_players_can_start_before_the_end_has_come(rendered):
    folder, result = rendered

    for file in result.files:
        names = boxes(folder / file.name)
        assert names.index("moov") < names.index("mdat")


def test_key_frames_are_two_seconds_apart_at_most(rendered):
    folder, result = rendered

    assert [probe(folder / file.name).longest_gop <= 2.1 for file in result.files] == [True, True]


def test_names_hold_a_hash_and_a_second_run_gives_the_same(upright, rendered):
    folder, first = rendered
    before = sorted(path.name for path in folder.iterdir())

    second = render(upright, folder)

    assert second == first
    assert sorted(path.name for path in folder.iterdir()) == before
    assert len(before) == 4


def test_where_and_how_it_was_filmed_is_gone(upright, rendered):
    folder, _ = rendered
    tells = (b"SECRETPLACE", b"+52.5200", b"com.apple", b"location")

    assert b"SECRETPLACE" in upright.read_bytes()
    assert b"+52.5200" in upright.read_bytes()
    for path in folder.iterdir():
        assert [tell for tell in tells if tell in path.read_bytes()] == []


def test_where_it_was_filmed_is_gone_from_a_remux_too(tmp_path, out):
    source = films.film(
        tmp_path / "fit.mp4",
        *("-metadata", "location=+52.5200+013.4050/", "-metadata", "comment=SECRETPLACE"),
        *("-movflags", "use_metadata_tags", "-b:v", "400k"),
    )
    assert probe(source).conforms
    assert b"SECRETPLACE" in source.read_bytes()

    result = render(source, out)

    large = (out / result.files[0].name).read_bytes()
    assert [tell for tell in (b"SECRETPLACE", b"+52.52", b"x264") if tell in large] == []


def test_covers_are_pictures(rendered):
    folder, result = rendered

    sizes = [Image.open(folder / name).size for name in (result.cover, result.cover_small)]

    assert sizes == [(90, 160), (90, 160)]


def test_the_cover_is_not_the_black_beginning(tmp_path, out):
    source = films.film(tmp_path / "fade.mp4", "-vf", "fade=t=in:st=0.4:d=0.4", seconds=2)

    result = render(source, out)

    brightness = Image.open(out / result.cover).convert("L").resize((1, 1)).getpixel((0, 0))
    assert isinstance(brightness, int)
    assert brightness > 60


def test_progress_rises_to_one(tmp_path, out):
    source = films.film(tmp_path / "longer.mp4", seconds=2, size="360x640")
    seen: list[float] = []

    render(source, out, progress=seen.append)

    assert seen[-1] == 1.0
    assert all(before < after for before, after in pairwise(seen))


def test_nothing_is_left_when_progress_calls_it_off(upright, out):
    def call_off(_: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        render(upright, out, progress=call_off)

    assert [path for path in out.iterdir() if path.suffix != ".mp4"] == []


# --- Odd films ------------------------------------------------------------------------------------


def test_a_silent_film_gets_a_silent_track(tmp_path, out):
    source = films.film(tmp_path / "silent.mp4", "-g", "25", sound=False)

    result = render(source, out)

    assert probe(source).has_audio is False
    assert decoded(out / result.files[0].name)[1] > 20
    assert result.peaks == [0] * 200


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_turned_film_stands_upright(tmp_path, out, degrees):
    source = films.turned(tmp_path / "turned.mov", degrees)

    result = render(source, out)

    assert probe(source).rotation in {90, 270}
    assert [(file.width, file.height) for file in result.files] == [(90, 160), (90, 160)]
    with av.open(str(out / result.files[0].name)) as container:
        assert next(container.decode(video=0)).rotation == 0


def test_odd_sizes_become_even(tmp_path, out):
    source = films.film(
        tmp_path / "odd.mp4", "-vf", "scale=91:161,format=yuv444p", "-pix_fmt", "yuv444p"
    )

    facts, result = probe(source), render(source, out)

    assert (facts.width, facts.height) == (91, 161)
    assert [(file.width, file.height) for file in result.files] == [(90, 160), (90, 160)]


def test_fast_films_play_at_half_their_rate(tmp_path, out):
    source = films.film(tmp_path / "fast.mp4", rate=50)

    result = render(source, out)

    assert decoded(out / result.files[0].name)[0] == 25


def test_a_browser_recording_without_a_length_is_measured(tmp_path, out):
    source = films.film(tmp_path / "b.webm", "-c:v", "libvpx", "-c:a", "libopus", "-live", "1")

    result = render(source, out)

    assert result.seconds == pytest.approx(1.0, abs=0.1)
    assert decoded(out / result.files[0].name)[0] == pytest.approx(25, abs=1)


def test_a_conforming_film_keeps_its_pictures(tmp_path, out):
    source = films.film(tmp_path / "fit.mp4", "-b:v", "400k", seconds=2)

    result = render(source, out)

    assert payloads(source) == payloads(out / result.files[0].name)


def test_surround_sound_is_mixed_down_beside_a_copied_picture(tmp_path, out):
    source = films.film(tmp_path / "five.mp4", "-b:v", "400k", "-ac", "6")

    result = render(source, out)

    with av.open(str(out / result.files[0].name)) as container:
        assert container.streams.audio[0].codec_context.channels == 2
    assert payloads(source) == payloads(out / result.files[0].name)


def payloads(path: Path) -> list[int]:
    """A fingerprint of each decoded picture."""
    with av.open(str(path)) as container:
        return [hash(bytes(frame.planes[0])) for frame in container.decode(video=0)]


def test_wide_colours_are_mapped(tmp_path, out):
    source = films.film(tmp_path / "hlg.mp4", "-pix_fmt", "yuv420p10le", *films.HLG)

    facts = probe(source)
    result = render(source, out)

    assert facts.is_hdr
    assert not facts.conforms
    shown = probe(out / result.files[0].name)
    assert shown.pixel_format == "yuv420p"
    assert shown.transfer == 1 if has_filter("zscale") else True


def test_a_name_with_a_colon_or_a_dash_is_only_a_name(tmp_path, out):
    source = films.film(tmp_path / "a.mp4").rename(tmp_path / "-i http:evil.mp4")

    assert render(source, out).files[0].kind == "720"


# --- Refusals -------------------------------------------------------------------------------------


def test_text_named_mp4_is_refused_at_the_door():
    text = io.BytesIO(b"just a letter to a friend, nothing moves in here" * 9)

    assert refusal(check_upload, text, 400) == "video.type"
    assert text.tell() == 0


def test_a_still_picture_in_the_same_boxes_is_refused():
    assert refusal(check_upload, io.BytesIO(b"\0\0\0\x18ftypheic" + bytes(80)), 92) == "video.type"


def test_a_playlist_named_mp4_is_refused(tmp_path):
    path = films.playlist(tmp_path / "list.mp4", films.film(tmp_path / "secret.ts"))

    assert refusal(probe, path) == "video.type"


def test_a_playlist_past_the_door_still_reads_no_file(tmp_path, upright, monkeypatch):
    monkeypatch.setattr("videos.transcoding.probing.looks_like_video", lambda head: True)
    secret = films.film(tmp_path / "secret.ts")
    path, copy = films.playlist(tmp_path / "list.mp4", secret), tmp_path / "copy.mp4"
    # The attack works where nobody guards: otherwise this test could not fail.
    unguarded = films.playlist(tmp_path / "list.m3u8", secret)
    run_ffmpeg(["-i", unguarded, "-c", "copy", copy], timeout=10)
    assert copy.stat().st_size > 1000
    copy.unlink()

    assert refusal(probe, path) == "video.corrupt"
    with pytest.raises(FfmpegFailed):
        run_ffmpeg([*guarded_input(path), "-c", "copy", copy], timeout=10)
    assert not copy.exists()


def test_half_a_file_is_refused(tmp_path, out):
    whole = films.film(tmp_path / "whole.mp4", seconds=2)
    half = tmp_path / "half.mp4"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    assert refusal(render, half, out) == "video.corrupt"


def test_half_a_file_with_its_index_first_is_refused(tmp_path, out):
    whole = films.film(tmp_path / "whole.mp4", "-movflags", "+faststart", seconds=2)
    half = tmp_path / "half.mp4"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    assert refusal(render, half, out) == "video.corrupt"


def test_noise_in_place_of_pictures_is_refused(tmp_path, out):
    path = films.film(tmp_path / "noise.mp4", "-movflags", "+faststart")
    content = bytearray(path.read_bytes())
    start = content.index(b"mdat") + 4
    content[start:] = os.urandom(len(content) - start)
    path.write_bytes(content)

    assert refusal(render, path, out) == "video.corrupt"
    assert not list(out.glob("*")) if out.exists() else True


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_a_scratch_is_encoded_over_not_copied(tmp_path, out, kind):
    path = films.film(
        tmp_path / "scratch.mp4", "-b:v", "400k", "-movflags", "+faststart", seconds=2
    )
    scratch(path, kind)

    result = render(path, out)

    pictures, sounds = decoded(out / result.files[0].name)
    assert (pictures > 40, sounds > 80) == (True, True)


def scratch(path: Path, kind: str) -> None:
    """Overwrite a packet in the middle with what no decoder takes."""
    with av.open(str(path)) as container:
        stream = next(one for one in container.streams if one.type == kind)
        packets = [packet for packet in container.demux(stream) if packet.size]
        middle = packets[len(packets) // 2]
    assert middle.pos is not None
    with path.open("r+b") as file:
        file.seek(middle.pos)
        file.write(b"\xff" * middle.size)


def test_four_hours_are_refused(tmp_path):
    path = films.lasting(tmp_path / "long.mp4", hours=4)

    assert path.stat().st_size < 20_000
    assert refusal(probe, path) == "video.too_long"


def test_length_is_measured_where_the_header_says_nothing(tmp_path):
    words = ["-f", "lavfi", "-i", "testsrc2=s=90x160:r=1:d=200", "-c:v", "libvpx", "-live", "1"]
    path = tmp_path / "live.webm"
    run_ffmpeg([*words, "-deadline", "realtime", "-cpu-used", "8", path], timeout=30)

    assert refusal(probe, path) == "video.too_long"


def test_too_many_bytes_are_refused(settings, upright):
    settings.VIDEO_MAX_BYTES = 1000

    assert refusal(probe, upright) == "video.too_large"
    assert refusal(check_upload, io.BytesIO(b"\0\0\0\x18ftypmp42"), 1001) == "video.too_large"


def test_too_many_pixels_are_refused_undecoded(tmp_path, monkeypatch, upright):
    monkeypatch.setattr("videos.transcoding.probing.MAX_PIXELS", 100)

    assert refusal(probe, upright) == "video.too_many_pixels"


def test_a_song_is_no_film(tmp_path):
    words = ["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", "-f", "mp4"]
    run_ffmpeg([*words, tmp_path / "song.mp4"], timeout=10)

    assert refusal(probe, tmp_path / "song.mp4") == "video.no_picture"


def test_decoders_nobody_needs_stay_shut(tmp_path, out):
    words = ["-f", "lavfi", "-i", "testsrc2=s=90x160:d=1", "-c:v", "ffv1"]
    run_ffmpeg([*words, tmp_path / "strange.mkv"], timeout=10)

    assert refusal(probe, tmp_path / "strange.mkv") == "video.type"


def test_every_refusal_has_a_sentence():
    assert all(BadVideo(code).detail.endswith(".") for code in SENTENCES)


# --- The leash ------------------------------------------------------------------------------------


def test_too_long_a_run_is_killed(tmp_path):
    started = time.monotonic()

    with pytest.raises(FfmpegTimedOut):
        run_ffmpeg(endless(tmp_path / "endless.mp4"), timeout=1)

    assert time.monotonic() - started < 5
    assert running(tmp_path) == []


def test_a_late_rendition_is_a_refusal(upright, out, monkeypatch):
    monkeypatch.setattr("videos.transcoding.rendering.time_limit", lambda work: 0.05)

    assert refusal(render, upright, out) == "video.encode_failed"
    assert list(out.iterdir()) == []


def test_it_dies_with_its_worker(tmp_path):
    words = endless(tmp_path / "endless.mp4")
    script = f"from accounts.ffmpeg import run_ffmpeg; run_ffmpeg({words!r}, timeout=60)"
    worker = subprocess.Popen([sys.executable, "-c", script], env=os.environ)
    wait_until(lambda: (tmp_path / "endless.mp4").exists())

    worker.kill()
    worker.wait()

    wait_until(lambda: running(tmp_path) == [])


def test_it_may_not_fill_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("accounts.ffmpeg.running.OUTPUT_BYTES", 100_000)
    path = tmp_path / "big.raw"

    with pytest.raises(FfmpegFailed):
        words = ["-f", "lavfi", "-i", "testsrc2=s=360x640:d=5", "-f", "rawvideo", str(path)]
        run_ffmpeg(words, timeout=20)

    assert path.stat().st_size <= 100_000


def test_it_may_not_eat_all_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("accounts.ffmpeg.running.MEMORY_BYTES", 100 * 2**20)

    with pytest.raises(FfmpegFailed):
        films.film(tmp_path / "a.mp4")


def test_it_sees_none_of_our_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    seen = tmp_path / "seen"
    fake = tmp_path / "fake"
    fake.write_text(f"#!/bin/sh\nenv > {seen}\n")
    fake.chmod(0o700)
    monkeypatch.setattr("accounts.ffmpeg.running.find_ffmpeg", lambda: str(fake))

    run_ffmpeg([], timeout=10)

    assert "secret" not in seen.read_text()


def endless(path: Path) -> list[str]:
    return ["-re", "-f", "lavfi", "-i", "testsrc2=s=90x160", *films.X264, str(path)]


def running(folder: Path) -> list[str]:
    """Command lines that name the folder, of processes that live."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(path.read_text(errors="replace"))
    return [line for line in lines if str(folder) in line]


def wait_until(true, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


# --- Arithmetic -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "short_edge", "expected"),
    [
        ((1920, 1080), 720, (1280, 720)),
        ((1080, 1920), 360, (360, 640)),
        ((2160, 3840), 720, (720, 1280)),
        ((3000, 300), 720, (1728, 172)),
        ((91, 161), 720, (90, 160)),
        ((2, 2), 360, (2, 2)),
    ],
)
def test_sizes_fit(size: tuple[int, int], short_edge, expected):
    assert fit(*size, short_edge) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (23.976, "24000/1001"),
        (25.0, "25"),
        (29.97, "30000/1001"),
        (59.94, "30000/1001"),
        (60.0, "30"),
        (50.0, "25"),
        (240.0, "30"),
        (27.3, "30"),
        (10.0, "30"),
    ],
)
def test_frame_rates_are_the_usual_ones(rate, expected):
    assert frame_rate(rate) == expected


def test_peaks_reach_a_hundred_where_it_is_loudest():
    quiet, loud = (100).to_bytes(2, "little"), (-20000).to_bytes(2, "little", signed=True)

    assert waveform(quiet * 50 + loud * 50, count=4) == [0, 0, 100, 100]
    assert waveform(b"", count=3) == [0, 0, 0]
    assert waveform(bytes(1000), count=2) == [0, 0]


def test_every_plan_strips_and_guards(upright, tmp_path):
    cut = lay_out(of_clips([("it", 3000)]), Ingredients({"it": upright}))
    sound = mix(cut, tmp_path, timeout=10)
    for plan in plans(cut):
        words = arguments(cut, sound, tmp_path, plan)
        assert words.count("-map_metadata") == 2
        assert words.index("-format_whitelist") < words.index("-i")


def test_it_is_found_without_one_on_the_path(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    ffmpeg.find_ffmpeg.cache_clear()

    found = ffmpeg.find_ffmpeg()

    ffmpeg.find_ffmpeg.cache_clear()
    assert Path(found).name.startswith("ffmpeg")
    assert Path(found).exists()
