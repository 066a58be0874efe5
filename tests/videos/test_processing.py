"""Jobs that make of clips and a recipe what plays: real ffmpeg, films of a second or two."""

import hashlib
from datetime import timedelta
from pathlib import Path

import av
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts import live
from accounts.models import OutboxJob
from accounts.models.outbox import MAX_TRIES
from tests.videos.factories import make_video, upload_of
from tests.videos.films import film, playlist
from videos import actions, tasks
from videos.actions import processing
from videos.models import Clip, ProcessingAttempt, Rendition, Sound, Video
from videos.recipes import of_clips


@pytest.fixture
def told(monkeypatch) -> list[dict]:
    """What was told about videos to people's sockets."""
    events: list[dict] = []
    monkeypatch.setattr(live, "tell_user", lambda user_id, event: events.append(event))
    return events


@pytest.fixture
def plain(tmp_path) -> Path:
    """A film whose picture has to be encoded: its key frames are too far apart."""
    return film(tmp_path / "plain.mp4", "-g", "250", seconds=3)


def files(folder) -> list[str]:
    """Every stored file, by name."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def run_jobs(name: str) -> None:
    """What a worker does with the outbox rows of one task."""
    task = getattr(tasks, name.removeprefix("videos."))
    for job in OutboxJob.objects.filter(task=name, done_at=None):
        task(**job.arguments, job_id=job.pk)


def kinds(video: Video) -> list[str]:
    return sorted(video.renditions.values_list("kind", flat=True))


def prepared(ana, path: Path) -> Video:
    """Sent in, published, with all extras."""
    video = actions.upload_video(ana, upload_of(path))
    actions.process_video(video.pk)
    actions.make_extras_of(video.pk)
    return Video.objects.get(pk=video.pk)


def pictures(storage_name: str) -> list[str]:
    """A hash of each packet of the picture: equal where nothing was encoded anew."""
    with default_storage.open(storage_name) as file, av.open(file, mode="r") as container:
        return [
            hashlib.sha256(bytes(packet)).hexdigest()
            for packet in container.demux(video=0)
            if packet.size
        ]


# --- Published ------------------------------------------------------------------------------------


def test_an_upload_becomes_a_video_that_plays(ana, plain, told):
    video = actions.upload_video(ana, upload_of(plain))

    actions.process_video(str(video.pk))

    video.refresh_from_db()
    assert (video.state, video.failure_code) == ("published", "")
    assert (video.width, video.height, video.duration_ms) == (90, 160, 3000)
    assert video.published_at is not None
    assert len(video.peaks) == 200
    assert kinds(video) == ["360", "720"]
    assert all(default_storage.exists(name) for name in video.files)
    assert len(video.files) == 4


def test_a_conforming_upload_plays_before_its_small_rendition_is_made(ana, walk):
    video = actions.upload_video(ana, upload_of(walk))

    actions.process_video(video.pk)

    video = Video.objects.get(pk=video.pk)
    assert video.is_published
    assert kinds(video) == ["720"]
    assert video.small_url == video.large_url != ""


def test_the_rest_follows(ana, walk):
    video = actions.upload_video(ana, upload_of(walk))
    run_jobs("videos.process_video")

    run_jobs("videos.make_extras")

    video = Video.objects.get(pk=video.pk)
    assert kinds(video) == ["360", "720", "loop"]
    assert video.strip
    assert video.has_extras
    assert video.small_url != video.large_url
    assert all(default_storage.exists(name) for name in video.files)


def test_the_rest_is_made_once(ana, walk, own_storage):
    video = prepared(ana, walk)
    before = files(own_storage), list(Rendition.objects.order_by("pk").values())

    actions.make_extras_of(video.pk)
    Rendition.objects.filter(kind="loop").update(recipe_version=0)
    actions.make_extras_of(video.pk)

    assert (files(own_storage), list(Rendition.objects.order_by("pk").values())) == before


def test_its_author_follows_along(ana, walk, told):
    video = actions.upload_video(ana, upload_of(walk))

    actions.process_video(video.pk)

    about = [event for event in told if event["type"] == "video.progress"]
    assert about[-1] == {
        "type": "video.progress",
        "video": str(video.pk),
        "state": "published",
        "percent": 100,
        "failure": None,
    }
    steps = [event["percent"] for event in about]
    assert steps[0] == 0
    assert steps == sorted(steps)
    assert len(steps) <= 22


def test_preparing_twice_changes_nothing(ana, walk, own_storage):
    video = actions.upload_video(ana, upload_of(walk))
    actions.process_video(video.pk)
    before = files(own_storage), list(Rendition.objects.values())

    Video.objects.update(state="processing")
    actions.process_video(video.pk)
    actions.process_video(video.pk)

    assert (files(own_storage), list(Rendition.objects.values())) == before


def test_a_dead_workers_half_file_is_made_anew(ana, plain):
    video = actions.upload_video(ana, upload_of(plain))
    actions.process_video(video.pk)
    rendition = Rendition.objects.get(kind="720")
    with default_storage.open(rendition.file, "wb") as half:
        half.write(b"half")
    Video.objects.update(state="processing")

    actions.process_video(video.pk)

    again = Rendition.objects.get(kind="720")
    assert default_storage.size(again.file) == again.size == rendition.size


# --- By a recipe ----------------------------------------------------------------------------------


def draft_of(ana, *paths: Path, **fields) -> Video:
    """A draft with these films as clips, posted."""
    draft = make_video(ana, state=Video.State.PROCESSING, **fields)
    for place, path in enumerate(paths):
        source = default_storage.save(f"videos/{draft.pk}/{place}", upload_of(path))
        Clip.objects.create(video=draft, position=place, source=source, state="ready")
    return draft


def test_clips_without_a_recipe_are_shown_one_after_another(ana, walk, plain):
    video = draft_of(ana, walk, plain)

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert (video.state, video.duration_ms) == ("published", 4000)


def test_a_recipe_is_followed(ana, plain):
    video = draft_of(ana, plain)
    cut = of_clips([(video.clips.get().pk, 2000)]).as_json()
    Video.objects.update(recipe=cut | {"texts": [], "filter": "mono"}, recipe_version=3)

    actions.process_video(video.pk)

    video = Video.objects.get(pk=video.pk)
    assert video.duration_ms == 2000
    assert video.rendered_version == 3


def sound_of(path: Path) -> Sound:
    return Sound.objects.create(
        kind="library",
        title="a tone",
        file=default_storage.save("sounds/tone.m4a", upload_of(path)),
        duration_ms=3000,
    )


def test_what_was_taken_back_and_posted_again_is_not_made_again(ana, plain, monkeypatch):
    video = prepared(ana, plain)
    Video.objects.update(state=Video.State.PROCESSING)
    monkeypatch.setattr(processing, "render_recipe", None)

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert video.is_published


def test_other_music_leaves_the_picture_as_it_was(ana, plain, tmp_path):
    video = prepared(ana, plain)
    before = {one.kind: one for one in video.renditions.all()}
    music = sound_of(film(tmp_path / "tone.mp4", seconds=3))
    cut = of_clips([(video.clips.get().pk, 3000)]).as_json()
    cut |= {"music": {"sound": str(music.pk), "volume": 0.5}, "volume": 0.2}
    Video.objects.update(recipe=cut, recipe_version=2, sound=music)

    actions.process_video(video.pk)
    actions.make_extras_of(video.pk)

    video = Video.objects.get(pk=video.pk)
    assert video.is_published
    for kind in ("720", "360"):
        after = video.renditions.get(kind=kind)
        assert after.file != before[kind].file
        assert after.recipe_version == 2
        assert pictures(after.file) == pictures(before[kind].file)
    assert video.has_extras


def test_what_was_replaced_goes_an_hour_later(ana, plain):
    video = prepared(ana, plain)
    old = video.renditions.get(kind="720").file
    cut = of_clips([(video.clips.get().pk, 1000)]).as_json()
    Video.objects.update(recipe=cut, recipe_version=2)

    actions.process_video(video.pk)

    job = OutboxJob.objects.get(task="videos.delete_files")
    assert old in job.arguments["names"]
    assert job.due_at > timezone.now() + timedelta(minutes=50)
    assert not set(job.arguments["names"]) & Video.objects.get().files


def test_a_draft_that_was_taken_back_meanwhile_stays_one(ana, plain, own_storage, meanwhile):
    video = draft_of(ana, plain)
    meanwhile(lambda: Video.objects.update(state=Video.State.DRAFT))

    actions.process_video(video.pk)
    run_jobs("videos.delete_files")

    video.refresh_from_db()
    assert video.state == "draft"
    assert not Rendition.objects.exists()
    assert files(own_storage) == ["0"]


def test_a_recipe_changed_meanwhile_is_left_to_the_next_job(ana, plain, meanwhile):
    video = draft_of(ana, plain)
    meanwhile(lambda: Video.objects.update(recipe_version=2))

    actions.process_video(video.pk)
    assert not Rendition.objects.exists()
    actions.process_video(video.pk)

    assert Video.objects.get().rendered_version == 2


def test_a_clip_that_is_gone_is_said(ana, plain):
    video = draft_of(ana, plain)
    Video.objects.update(recipe=of_clips([(video.pk, 1000)]).as_json())

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert (video.state, video.failure_code) == ("failed", "video.clip_gone")


# --- Meanwhile ------------------------------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch):
    """Do something between rendering and publishing."""

    def at(event) -> None:
        store = processing.store_all

        def storing(*args):
            event()
            return store(*args)

        monkeypatch.setattr(processing, "store_all", storing)

    return at


def test_editing_meanwhile_is_not_undone(ana, walk, meanwhile):
    video = actions.upload_video(ana, upload_of(walk), caption="before")

    def edit() -> None:
        held = Video.objects.get(pk=video.pk)
        actions.edit_video(ana, held, caption="after", audience="friends")

    meanwhile(edit)

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert (video.state, video.caption, video.audience) == ("published", "after", "friends")


def test_deleting_meanwhile_leaves_no_file(ana, walk, own_storage, meanwhile):
    video = actions.upload_video(ana, upload_of(walk))
    meanwhile(lambda: actions.delete_video(ana, Video.objects.get(pk=video.pk)))

    actions.process_video(video.pk)
    run_jobs("videos.delete_files")

    assert not Video.objects.exists()
    assert files(own_storage) == []


def test_a_deleted_video_is_no_work(db):
    actions.process_video("01890a5d-ac96-774b-bcce-b302099a8057")
    actions.make_extras_of("01890a5d-ac96-774b-bcce-b302099a8057")


# --- Failed ---------------------------------------------------------------------------------------


def test_a_broken_film_fails_with_its_reason(ana, walk, tmp_path, told):
    half = tmp_path / "half.mp4"
    half.write_bytes(walk.read_bytes()[: walk.stat().st_size // 2])
    video = actions.upload_video(ana, upload_of(half))

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert (video.state, video.failure_code) == ("failed", "video.corrupt")
    assert told[-1]["state"] == "failed"
    assert told[-1]["failure"] == {
        "code": "video.corrupt",
        "detail": "This video is damaged: it could not be read to its end.",
    }


def test_a_playlist_in_disguise_reads_nothing(ana, walk, tmp_path):
    """Boxes in front, a playlist behind: what opens it must not follow it."""
    disguised = playlist(tmp_path / "list.mp4", walk)
    disguised.write_bytes(b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + disguised.read_bytes())
    video = actions.upload_video(ana, upload_of(disguised))

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert (video.state, video.failure_code) == ("failed", "video.corrupt")
    assert not Rendition.objects.exists()


def test_a_failed_video_may_be_tried_again(ana, walk):
    video = actions.upload_video(ana, upload_of(walk))
    Video.objects.update(state="failed", failure_code="video.encode_failed")
    OutboxJob.objects.all().delete()

    actions.retry_video(ana, video)
    run_jobs("videos.process_video")

    video.refresh_from_db()
    assert (video.state, video.failure_code) == ("published", "")


def test_trying_again_what_did_not_fail_does_nothing(ana, ben):
    video = make_video(ana)

    assert actions.retry_video(ana, video).state == "published"
    assert not OutboxJob.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.retry_video(ben, video)


@pytest.fixture
def broken_machine(monkeypatch, tmp_path):
    """An ffmpeg that dies with a word."""
    fake = tmp_path / "ffmpeg"
    fake.write_text("#!/bin/sh\necho 'Cannot allocate memory' >&2\nexit 1\n")
    fake.chmod(0o700)
    monkeypatch.setattr("accounts.ffmpeg.running.find_ffmpeg", lambda: str(fake))


def test_when_the_machine_fails_each_time_the_author_learns_it(ana, walk, broken_machine, told):
    video = actions.upload_video(ana, upload_of(walk))
    job = OutboxJob.objects.get()

    for _ in range(MAX_TRIES):
        OutboxJob.objects.update(due_at=timezone.now())  # the pause between two tries is over
        with pytest.raises(ValueError, match="encode_failed"):
            tasks.process_video(**job.arguments, job_id=job.pk)

    video.refresh_from_db()
    assert (video.state, video.failure_code) == ("failed", "video.encode_failed")
    assert told[-1]["failure"]["code"] == "video.encode_failed"
    job.refresh_from_db()
    assert job.parked_at is not None
    assert ProcessingAttempt.objects.count() == MAX_TRIES


# --- The log --------------------------------------------------------------------------------------


def test_each_try_is_logged(ana, walk):
    video = prepared(ana, walk)

    tries = video.attempts.order_by("pk").values_list("stage", "is_ok", "recipe_version", "said")
    assert list(tries) == [("publish", True, 1, ""), ("store", True, 1, "")]
    assert not video.attempts.filter(ended_at=None).exists()


def test_the_log_has_the_last_words_of_ffmpeg(ana, walk, broken_machine):
    video = actions.upload_video(ana, upload_of(walk))

    with pytest.raises(ValueError, match="encode_failed"):
        actions.process_video(video.pk)

    attempt = video.attempts.get()
    assert (attempt.stage, attempt.is_ok) == ("render", False)
    assert attempt.failure_code == "video.encode_failed"
    assert attempt.said == "Cannot allocate memory\n"


# --- At a time ------------------------------------------------------------------------------------


def test_a_video_for_later_is_prepared_now_and_waits(ana, zoe, plain, told):
    later = timezone.now() + timedelta(hours=1)
    video = draft_of(ana, plain, publish_at=later)

    actions.process_video(video.pk)
    assert actions.publish_due() == 0

    video.refresh_from_db()
    assert (video.state, video.published_at) == ("scheduled", None)
    assert not Video.objects.visible_to(zoe).exists()
    assert told[-1]["state"] == "scheduled"


def test_it_goes_out_when_its_time_has_come(ana, zoe, plain, told):
    video = draft_of(ana, plain, publish_at=timezone.now() + timedelta(hours=1))
    actions.process_video(video.pk)
    Video.objects.update(publish_at=timezone.now())

    tasks.publish_due()
    tasks.publish_due()

    video.refresh_from_db()
    assert video.is_published
    assert video.published_at is not None
    assert Video.objects.visible_to(zoe).exists()
    assert [event["state"] for event in told if event["type"] == "video.progress"][
        -1
    ] == "published"


def test_what_is_late_goes_out_as_soon_as_it_is_prepared(ana, plain):
    video = draft_of(ana, plain, publish_at=timezone.now() - timedelta(minutes=1))

    actions.process_video(video.pk)

    video.refresh_from_db()
    assert video.is_published
