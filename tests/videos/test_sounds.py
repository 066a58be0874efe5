"""Sounds: lifted out of videos, lent and taken back, recognised again."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404

from accounts.ffmpeg import run_ffmpeg
from accounts.models import OutboxJob
from tests.factories import block, make_user
from tests.videos.factories import make_video
from tests.videos.sounds import make_original, make_track, melody
from videos.actions import sounds
from videos.actions.uploading import delete_video, upload_video
from videos.models import Sound, Video
from videos.rights import may_reuse_sound
from videos.sounds.hearing import BadSound, hear
from videos.sounds.recognition import recognise, remember

TUNE, OTHER_TUNE = "aehlcjfmbigk", "mkbfhdaeljgc"


def heard(path: Path, folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    return hear(path, folder)


def jobs(task: str) -> list[dict]:
    found = OutboxJob.objects.filter(task=task).order_by("pk")
    return list(found.values_list("payload", flat=True))


# --- Hearing and knowing again --------------------------------------------------------------------


def test_a_song_becomes_m4a_with_its_waveform_and_length(tmp_path):
    song = melody(tmp_path / "song.wav", notes=TUNE, seconds=4)

    found = heard(song, tmp_path / "out")

    assert found.seconds == pytest.approx(4, abs=0.05)
    assert len(found.peaks) == 200 and max(found.peaks) == 100 and not found.is_silent
    assert (tmp_path / "out" / found.file).read_bytes()[4:8] == b"ftyp"
    assert found.fingerprint and len(found.fingerprint) % 4 == 0


def test_words_named_mp3_are_no_sound(tmp_path):
    path = tmp_path / "song.mp3"
    path.write_text("la la la")

    with pytest.raises(BadSound) as refusal:
        heard(path, tmp_path / "out")

    assert refusal.value.code == "sound.unreadable"


def test_a_playlist_named_mp3_opens_no_file(tmp_path):
    secret = melody(tmp_path / "secret.wav", notes=TUNE, seconds=1)
    path = tmp_path / "song.mp3"
    path.write_text(f"#EXTM3U\n#EXTINF:1,\n{secret}\n")

    with pytest.raises(BadSound):
        heard(path, tmp_path / "out")


@pytest.fixture
def known(db, tmp_path) -> Sound:
    """A track that is known by how it sounds, and another one."""
    for place, notes in enumerate((OTHER_TUNE, TUNE)):
        song = melody(tmp_path / f"{place}.wav", notes=notes, seconds=20)
        track = make_track(notes)
        remember(track, heard(song, tmp_path / f"known{place}").fingerprint)
    return track


def test_the_same_sound_is_known_again_from_the_middle_and_turned_down(known, tmp_path):
    part = melody(tmp_path / "part.wav", notes=TUNE, seconds=8, start=5.3)
    quiet = tmp_path / "quiet.m4a"
    run_ffmpeg(["-i", part, "-af", "volume=0.2", "-c:a", "aac", "-b:a", "64k", quiet], timeout=30)

    assert recognise(heard(quiet, tmp_path / "out").fingerprint) == known


def test_another_sound_is_not(known, tmp_path):
    third = melody(tmp_path / "third.wav", notes="cagfebdhjlik", seconds=12)

    assert recognise(heard(third, tmp_path / "out").fingerprint) is None


def test_no_sound_is_known_without_a_fingerprint(known):
    assert recognise(b"") is None


def test_knowing_again_reads_the_index_and_a_few_rows(
    known, tmp_path, django_assert_max_num_queries
):
    found = heard(melody(tmp_path / "x.wav", notes=TUNE, seconds=12), tmp_path / "out")

    with django_assert_max_num_queries(12):
        assert recognise(found.fingerprint, other_than=None) == known
