"""Sounds: lifted out of videos, lent and taken back, recognised again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.errors import Refused
from accounts.ffmpeg import run_ffmpeg
from accounts.models import OutboxJob
from tests.factories import befriend, block, make_user
from tests.videos.factories import make_video, upload_of, with_files
from tests.videos.films import film
from tests.videos.sounds import OTHER_TUNE, TUNE, make_original, make_track, melody, sung
from videos.actions import sounds
from videos.actions.borrowing import borrowed_refusal, note_published
from videos.actions.processing import process_video
from videos.actions.removing import remove_sound, restore_sound
from videos.actions.silencing import resound
from videos.actions.uploading import delete_video, upload_video
from videos.models import Sound, Video
from videos.rights import may_reuse_sound
from videos.sounds import finding
from videos.sounds.hearing import BadSound, hear
from videos.sounds.recognition import recognise, remember


def heard(path: Path, folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    return hear(path, folder)


def jobs(task: str) -> list[dict]:
    found = OutboxJob.objects.filter(task=task).order_by("pk")
    return list(found.values_list("arguments", flat=True))


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


# --- Lifting --------------------------------------------------------------------------------------


def published(author, path: Path, **fields) -> Video:
    """A film that was uploaded and prepared."""
    video = upload_video(author, upload_of(path), **fields)
    process_video(video.pk)
    video.refresh_from_db()
    return video


def test_publishing_lifts_the_sound_out_of_a_video(ana, walk):
    video = published(ana, walk, lends_sound=True)
    assert jobs("videos.lift_sound") == [{"video_id": str(video.pk)}]

    sounds.lift_sound(video.pk)
    sounds.lift_sound(video.pk)

    sound = Sound.objects.get()
    assert (sound.kind, sound.owner, sound.video, sound.is_open) == ("original", ana, video, True)
    assert sound.line == "Original sound · Ana"
    assert sound.duration_ms == pytest.approx(1000, abs=80)
    assert default_storage.exists(sound.file)


def test_a_film_whose_sound_is_taken_down_plays_on_in_silence_with_the_same_picture(ana, walk):
    video = published(ana, walk)
    sounds.lift_sound(video.pk)
    sound, picture = Sound.objects.get(), video.renditions.get(kind="720").picture
    assert video.is_audible

    for verb, is_audible in ((remove_sound, False), (restore_sound, True)):
        verb(sound.pk)
        resound(sound.pk)
        process_video(video.pk)
        video = Video.objects.with_parts().get(pk=video.pk)
        assert (video.is_audible, video.state) == (is_audible, "published")
        assert video.renditions.get(kind="720").picture == picture


def test_a_sound_is_lent_only_where_its_owner_said_so(ana, ben, walk):
    video = published(ana, walk)
    sounds.lift_sound(video.pk)

    sound = Sound.objects.get()
    assert not sound.is_open
    assert not may_reuse_sound(ben, sound) and may_reuse_sound(ana, sound)


def test_nothing_is_lifted_out_of_silence_music_or_duets(ana, ben, tmp_path):
    silent = published(ana, film(tmp_path / "silent.mp4", sound=False))
    under_music = with_files(make_video(ana, sound=make_track()))
    duet = with_files(make_video(ben, parent=silent, parent_kind="duet"))

    for video in (silent, under_music, duet):
        sounds.lift_sound(video.pk)

    assert not Sound.objects.filter(kind="original").exists()


def test_a_video_that_plays_a_known_song_says_so(known, ana, ben, tmp_path):
    video = published(ana, sung(tmp_path / "sung.mp4"), lends_sound=True)
    sounds.lift_sound(video.pk)

    own = Sound.objects.get(video=video)
    assert own.contains == known
    assert list(Video.objects.sounding(known)) == [video]
    known.refresh_from_db()
    assert known.use_count == 1


def test_what_contains_a_closed_sound_is_lent_by_nobody(ana, ben, zoe):
    hers = make_original(make_video(zoe), is_open=False)
    his = make_original(make_video(ben), contains=hers)

    assert not may_reuse_sound(ana, his) and not may_reuse_sound(ben, his)
    assert his not in Sound.objects.usable_by(ana)


# --- Who may hear and who may use -----------------------------------------------------------------


def test_a_sound_is_heard_by_who_may_watch_its_video(ana, ben, zoe):
    for_friends = make_original(make_video(ana, audience="friends"))
    for_all = make_original(make_video(ana))
    block(zoe, make_user("bo"))

    visible = Sound.objects.visible_to
    assert set(visible(ben)) == {for_friends, for_all}
    assert set(visible(zoe)) == {for_all}
    block(ana, zoe)
    assert not visible(zoe).exists()


def test_who_may_use_whose_sound(ana, ben, zoe, teo, kid):
    """R5: of 13 to 15 and private accounts nobody, of 16 and 17 friends, of others what all see."""
    befriend(teo, ana)
    befriend(kid, ana)
    lent = {
        "track": make_track(),
        "public": make_original(make_video(ben)),
        "friends": make_original(make_video(ben, audience="friends")),
        "teen": make_original(make_video(teo)),
        "child": make_original(make_video(kid)),
    }

    assert {name for name, sound in lent.items() if may_reuse_sound(ana, sound)} == {
        "track",
        "public",
        "teen",
    }
    assert {name for name, sound in lent.items() if may_reuse_sound(zoe, sound)} == {
        "track",
        "public",
    }
    assert set(Sound.objects.usable_by(zoe)) == {lent["track"], lent["public"]}
    assert set(Sound.objects.usable_by(ana)) == {lent["track"], lent["public"], lent["teen"]}


# --- Lending and taking back ----------------------------------------------------------------------


@pytest.fixture
def lent(ana) -> Sound:
    return make_original(make_video(ana, lends_sound=True))


def use(sound: Sound, author, **fields) -> Video:
    """A video with the sound under it."""
    sound.count_use(1)
    recipe = {"segments": [], "music": {"sound": str(sound.pk), "volume": 1.0}}
    return make_video(author, sound=sound, recipe=recipe, **fields)


def test_closing_a_sound_stops_new_uses_and_keeps_the_old(ana, ben, lent):
    old = use(lent, ben)

    sounds.lend_sound(ana, lent, is_open=False)

    assert not may_reuse_sound(ben, lent)
    old.refresh_from_db()
    assert old.sound == lent and jobs("videos.withdraw_sound") == []
    lent.video.refresh_from_db()
    assert not lent.video.lends_sound


def test_withdrawing_a_sound_silences_the_videos_of_others(ana, ben, lent):
    theirs, own = use(lent, ben), use(lent, ana)

    sounds.withdraw_sound(ana, lent)
    sounds.silence_uses(lent.pk)
    sounds.silence_uses(lent.pk)

    theirs.refresh_from_db()
    own.refresh_from_db()
    lent.refresh_from_db()
    assert (theirs.sound, theirs.recipe["music"], theirs.recipe_version) == (None, None, 2)
    assert jobs("videos.process_video") == [{"video_id": str(theirs.pk)}]
    assert (own.sound, lent.use_count) == (lent, 1)


def test_what_waits_for_its_time_is_prepared_again_without_the_sound(ana, ben, lent):
    waiting = use(lent, ben, state="scheduled", publish_at=timezone.now() + timedelta(hours=1))

    sounds.silence_uses(lent.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.sound) == ("processing", None)
    assert jobs("videos.process_video") == [{"video_id": str(waiting.pk)}]


def test_deleting_a_video_takes_its_sound_out_of_others(ana, ben, lent):
    theirs = use(lent, ben)
    file = lent.file

    delete_video(ana, lent.video)

    assert not Sound.objects.visible_to(ben).exists()
    assert Video.objects.visible_to(ben).get(pk=theirs.pk).sound is None
    assert jobs("videos.withdraw_sound") == [{"sound_id": str(lent.pk)}]
    sounds.silence_uses(lent.pk)
    theirs.refresh_from_db()
    assert theirs.recipe["music"] is None and not Sound.objects.exists()
    assert {"names": [file]} in jobs("videos.delete_files")


def test_only_the_owner_decides(ana, ben, lent):
    track = make_track()
    for verb in (
        lambda: sounds.lend_sound(ben, lent, is_open=False),
        lambda: sounds.withdraw_sound(ben, lent),
        lambda: sounds.lend_sound(ana, track, is_open=False),
    ):
        with pytest.raises(PermissionDenied):
            verb()


# --- Choosing -------------------------------------------------------------------------------------


def test_a_draft_begins_with_a_sound(ben, lent):
    draft = sounds.begin_with_sound(ben, lent)

    assert (draft.state, draft.sound) == ("draft", lent)
    assert draft.recipe["music"]["sound"] == str(lent.pk)


def test_a_sound_that_is_not_lent_or_not_there_begins_nothing(ana, ben, zoe, lent):
    sounds.lend_sound(ana, lent, is_open=False)
    with pytest.raises(Refused) as refusal:
        sounds.begin_with_sound(ben, lent)
    assert refusal.value.code == "sound.closed"

    block(ana, zoe)
    with pytest.raises(Http404):
        sounds.begin_with_sound(zoe, lent)


def test_a_sound_that_was_closed_meanwhile_is_refused_when_it_goes_out(ana, ben, lent):
    draft = sounds.begin_with_sound(ben, lent)
    assert borrowed_refusal(draft) == ""

    sounds.lend_sound(ana, lent, is_open=False)

    assert borrowed_refusal(draft) == "video.sound_gone"
    draft.published_at = timezone.now()  # what is out keeps what it has
    assert borrowed_refusal(draft) == ""


def test_uses_are_counted_when_videos_come_and_go(ben, lent):
    video = make_video(ben, sound=lent)
    with transaction.atomic():
        note_published(video)
    lent.refresh_from_db()
    assert lent.use_count == 1

    delete_video(ben, video)
    lent.refresh_from_db()
    assert lent.use_count == 0


def test_saved_used_and_rising_sounds(ana, ben):
    quiet, loud, third = make_track("Quiet"), make_track("Loud"), make_track("Third")
    sounds.save_sound(ben, quiet)
    sounds.save_sound(ben, quiet)
    make_video(ben, sound=loud)
    make_video(ana, sound=loud)
    make_video(ana, sound=third)

    assert finding.listed(ben, "saved") == [quiet]
    assert finding.listed(ben, "recent") == [loud]
    cache.clear()
    assert finding.listed(ben, "trending") == [loud, third, quiet]
    sounds.unsave_sound(ben, quiet)
    assert finding.listed(ben, "saved") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "BOATS lena"}, ["Paper boats"]),
        ({"mood": "happy"}, ["Sun"]),
        ({"tempo": "fast"}, ["Sun"]),
        ({"tempo": "slow", "mood": "calm"}, ["Paper boats"]),
        ({"tempo": "sideways"}, []),
        ({"words": "100%"}, []),
    ],
)
def test_search_by_words_mood_and_tempo(ana, asked, found):
    make_track()
    make_track("Sun", mood="happy", bpm=128)

    assert [sound.title for sound in finding.search(ana, **asked)] == found


# --- The library ----------------------------------------------------------------------------------


def test_a_folder_of_music_is_imported_once(db, tmp_path, capsys):
    folder = tmp_path / "music" / "calm"
    folder.mkdir(parents=True)
    melody(folder / "slow_tide.wav", notes=TUNE, seconds=9)
    (folder / "notes.txt").write_text("no music")
    (folder / "broken.mp3").write_text("no music either")

    for _again in range(2):
        call_command("import_sounds", str(tmp_path / "music"))

    sound = Sound.objects.get()
    assert (sound.title, sound.mood, sound.kind) == ("Slow tide", "calm", "library")
    assert default_storage.exists(sound.file) and default_storage.exists(sound.cover)
    assert sound.marks.exists()
    told = capsys.readouterr()
    assert "1 new" in told.out and "0 new" in told.out and "broken.mp3" in told.err


def test_a_table_says_what_tags_do_not(db, tmp_path):
    melody(tmp_path / "a.wav", notes=TUNE, seconds=3)
    table = tmp_path / "table.csv"
    table.write_text(
        "file,title,artist,licence,credit,source,mood,bpm\n"
        "a.wav,Slow tide,Lena,CC BY 4.0,Lena 2026,https://example.com/,Calm,72\n"
    )

    call_command("import_sounds", str(tmp_path), csv=table)

    sound = Sound.objects.get()
    assert (sound.line, sound.licence, sound.credit) == (
        "Slow tide · Lena",
        "CC BY 4.0",
        "Lena 2026",
    )
    assert (sound.source_url, sound.mood, sound.bpm) == ("https://example.com/", "calm", 72)


def test_importing_from_nowhere_says_so(db, tmp_path):
    with pytest.raises(CommandError):
        call_command("import_sounds", str(tmp_path / "nowhere"))
