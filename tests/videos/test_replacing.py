"""Another film for a published video: prepared beside the old one, swapped, or refused."""

from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone

from accounts import live
from accounts.errors import Conflict, Refused
from accounts.models import OutboxJob, Upload
from tests.videos.factories import CONTENT, make_video, upload_of, with_files
from tests.videos.films import film, playlist
from videos import actions, tasks
from videos.actions import replacing, swapping
from videos.models import Clip, Sound, Video, VideoVersion

State = VideoVersion.State


@pytest.fixture
def walk(ana) -> Video:
    return with_files(make_video(ana, caption="a walk", like_count=3, recipe={"filter": "warm"}))


@pytest.fixture
def told(monkeypatch) -> list[dict]:
    """What was told to people's sockets."""
    events: list[dict] = []
    monkeypatch.setattr(live, "tell_user", lambda user_id, event: events.append(event))
    return events


@pytest.fixture
def wide(tmp_path) -> Path:
    """A film that looks like no other."""
    return film(tmp_path / "wide.mp4", size="160x90", seconds=2)


def run_jobs(name: str) -> None:
    """What a worker does with the outbox rows of one task."""
    task = getattr(tasks, name.removeprefix("videos."))
    for job in OutboxJob.objects.filter(task=name, done_at=None):
        task(**job.arguments, job_id=job.pk)


def states(video: Video) -> list[str]:
    """Of its versions, the newest first."""
    return [version.state for version in video.versions.all()]


def to_delete() -> set[str]:
    jobs = OutboxJob.objects.filter(task="videos.delete_files")
    return {name for job in jobs for name in job.arguments["names"]}


def refusal(call, *arguments, **options) -> str:
    with pytest.raises((Refused, Conflict)) as error:
        call(*arguments, **options)
    return error.value.code


def announced(author, video: Video, **options) -> VideoVersion:
    """A film on its way, nothing of it here yet."""
    upload = Upload.objects.create(
        owner=author, purpose="version", length=9, expires_at=timezone.now()
    )
    return replacing.begin_version(
        author, video, name="new.mp4", size=9, upload=upload.pk, **options
    )


# --- In the place of the old ----------------------------------------------------------------------


def test_the_old_film_plays_until_the_new_one_can_and_all_counts_stay(ana, walk, wide, told):
    before, sources = walk.playable_files, {clip.source for clip in walk.clips.all()}
    replacing.replace_film(ana, walk, upload_of(wide, "wide.mp4"))
    walk.refresh_from_db()
    assert (walk.playable_files, walk.state) == (before, Video.State.PUBLISHED)
    assert states(walk) == [State.PREPARING, State.CURRENT]

    run_jobs("videos.prepare_version")

    new = Video.objects.with_parts().get(pk=walk.pk)
    assert (new.width, new.height, new.duration_ms) == (160, 90, 2000)
    assert (new.like_count, new.caption, new.published_at) == (3, "a walk", walk.published_at)
    assert not set(new.playable_files.values()) & set(before.values())
    assert all(default_storage.exists(name) for name in new.files)
    assert (new.recipe, new.rendered_version) == ({}, new.recipe_version)
    assert to_delete() >= sources | set(before.values())
    assert states(new) == [State.CURRENT, State.PAST]
    replaced = [event for event in told if event["type"] == "video.replacing"]
    assert [replaced[0]["percent"], replaced[-1]["percent"]] == [0, 100]
    assert replaced[-1] == {
        "type": "video.replacing",
        "video": str(walk.pk),
        "version": 2,
        "state": "current",
        "percent": 100,
        "failure": None,
    }


def test_each_version_says_what_it_was_and_who_sent_it(ana, walk, wide):
    replacing.replace_film(ana, walk, upload_of(wide, "wide\u202e.mp4"))
    run_jobs("videos.prepare_version")

    new, old = walk.versions.all()
    assert (new.number, new.made_by, new.name) == (2, ana, "wide.mp4")
    assert new.size == wide.stat().st_size
    assert (new.duration_ms, new.width, len(new.digest)) == (2000, 160, 64)
    assert (old.number, old.duration_ms, old.width, old.size) == (1, 31_000, 720, len(CONTENT))
    assert old.ended_at and old.began_at == walk.published_at


def test_extras_and_sound_follow_the_new_film(ana, walk, wide):
    own = Sound.objects.create(
        video=walk, owner=ana, kind="original", file="a.m4a", duration_ms=1000, is_open=True
    )
    replacing.replace_film(ana, walk, upload_of(wide))
    run_jobs("videos.prepare_version")
    run_jobs("videos.make_extras")
    run_jobs("videos.lift_sound")

    new = Video.objects.with_parts().get(pk=walk.pk)
    assert new.has_extras
    assert Sound.objects.get(video=walk).pk != own.pk
    assert "a.m4a" in to_delete()


def test_a_sound_that_others_made_videos_with_stays(ana, walk, wide):
    own = Sound.objects.create(
        video=walk, owner=ana, kind="original", file="a.m4a", duration_ms=1000, use_count=1
    )
    replacing.replace_film(ana, walk, upload_of(wide))
    run_jobs("videos.prepare_version")
    run_jobs("videos.lift_sound")

    assert Sound.objects.get(video=walk) == own
    assert Sound.objects.get(video=walk).file == "a.m4a"


def test_the_music_of_the_old_film_is_one_use_less(ana, zoe, walk, wide):
    music = Sound.objects.create(
        title="Lake", kind="library", file="l.m4a", duration_ms=1000, use_count=1
    )
    Video.objects.filter(pk=walk.pk).update(sound=music)
    replacing.replace_film(ana, walk, upload_of(wide))
    run_jobs("videos.prepare_version")

    walk.refresh_from_db()
    music.refresh_from_db()
    assert (walk.sound, music.use_count) == (None, 0)


def test_the_job_runs_twice_without_harm(ana, walk, wide):
    version = replacing.replace_film(ana, walk, upload_of(wide))
    for _again in range(2):
        swapping.prepare_version(version.pk)

    assert states(walk) == [State.CURRENT, State.PAST]
    assert Clip.objects.filter(video=walk).count() == 1


# --- What goes wrong ------------------------------------------------------------------------------


def test_what_cannot_be_shown_leaves_the_old_film_and_says_why(ana, walk, told, tmp_path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(film(tmp_path / "whole.mp4").read_bytes()[:3000])
    before = walk.files
    version = replacing.replace_film(ana, walk, upload_of(broken))
    source = version.source
    run_jobs("videos.prepare_version")

    version.refresh_from_db()
    assert (version.state, version.failure_code) == (State.FAILED, "video.corrupt")
    new = Video.objects.with_parts().get(pk=walk.pk)
    assert (new.files, new.state) == (before, Video.State.PUBLISHED)
    assert source in to_delete()
    assert not Upload.objects.filter(owner=ana).exists()
    assert told[-1]["failure"]["code"] == "video.corrupt"
    assert announced(ana, walk).number == 3  # another may be sent


def test_no_film_is_no_version(ana, walk, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    with pytest.raises(ValidationError) as error:
        replacing.replace_film(ana, walk, upload_of(playlist(tmp_path / "a.m3u8", secret)))

    assert error.value.error_dict["file"][0].code == "video.type"
    assert not walk.versions.exists()


def test_a_machine_that_failed_three_times_says_so(ana, walk, wide):
    version = replacing.replace_film(ana, walk, upload_of(wide))
    swapping.give_up_version(version.pk)

    version.refresh_from_db()
    assert (version.state, version.failure_code) == (State.FAILED, "video.encode_failed")


def test_what_is_taken_back_never_plays(ana, walk, wide):
    version = replacing.replace_film(ana, walk, upload_of(wide))
    replacing.take_version_back(ana, walk)
    swapping.prepare_version(version.pk)

    assert states(walk) == [State.CURRENT]
    assert version.source in to_delete()
    with pytest.raises(Http404):
        replacing.take_version_back(ana, walk)


def test_taken_back_while_it_is_prepared_leaves_no_file(ana, walk, wide, monkeypatch):
    version = replacing.replace_film(ana, walk, upload_of(wide))
    store = swapping.store_all

    def storing(*arguments):
        replacing.take_version_back(ana, walk)
        return store(*arguments)

    monkeypatch.setattr(swapping, "store_all", storing)
    before = Video.objects.with_parts().get(pk=walk.pk).files
    swapping.prepare_version(version.pk)

    assert Video.objects.with_parts().get(pk=walk.pk).files == before
    made = {f"{walk.folder}/{path.name}" for path in _stored(walk)} - before
    assert made - {clip.source for clip in walk.clips.all()} <= to_delete()


def _stored(video: Video) -> list[Path]:
    return [path for path in Path(default_storage.path(video.folder)).iterdir() if path.is_file()]


def test_a_deleted_video_takes_the_film_on_its_way_with_it(ana, walk, wide):
    version = replacing.replace_film(ana, walk, upload_of(wide))
    actions.delete_video(ana, walk)
    swapping.prepare_version(version.pk)

    assert version.source in to_delete()
    assert not Upload.objects.filter(owner=ana).exists()


# --- Who may --------------------------------------------------------------------------------------


def test_only_the_author_replaces_it(ana, ben, walk, wide):
    with pytest.raises(PermissionDenied):
        replacing.replace_film(ben, walk, upload_of(wide))
    replacing.replace_film(ana, walk, upload_of(wide))
    with pytest.raises(PermissionDenied):
        replacing.take_version_back(ben, walk)
    assert len(_stored(walk)) == 7  # five made, a source and the new one: nothing of Ben's


def test_one_film_at_a_time_and_ten_a_day(ana, walk):
    announced(ana, walk)
    assert refusal(announced, ana, walk) == "replace.under_way"

    walk.versions.filter(state=State.UPLOADING).update(state=State.FAILED)
    for _each in range(9):
        announced(ana, walk)
        walk.versions.filter(state=State.UPLOADING).update(state=State.FAILED)
    assert refusal(announced, ana, walk) == "replace.too_often"
    walk.versions.update(created_at=timezone.now() - timedelta(days=1))
    assert announced(ana, walk).number == 12


def test_drafts_and_duets_are_not_replaced(ana, walk):
    draft = make_video(ana, state=Video.State.DRAFT)
    duet = make_video(ana, parent=walk, parent_kind=Video.ParentKind.DUET)

    assert refusal(announced, ana, draft) == "replace.unpublished"
    assert refusal(announced, ana, duet) == "replace.made_with"


# --- Doors ----------------------------------------------------------------------------------------


def test_it_goes_by_rest(api, ana, ben, zoe, kid, walk, wide, django_assert_max_num_queries):
    path = f"/api/v1/videos/{walk.pk}/versions/"

    sent = api(ana).post(path, {"file": upload_of(wide)}, format="multipart")
    assert (sent.status_code, sent.json()["state"]) == (202, "preparing")
    with django_assert_max_num_queries(4):
        listed = api(ana).get(path).json()
    assert [(one["number"], one["percent"]) for one in listed] == [(2, 0), (1, 100)]
    again = api(ana).post(path, {"file": upload_of(wide)}, format="multipart")
    assert (again.status_code, again.json()["code"]) == (409, "replace.under_way")
    assert api().get(path).status_code == 401
    for other in (ben, zoe, kid):
        assert api(other).get(path).status_code == 404
        assert api(other).delete(path).status_code == 404
    assert api(ana).delete(path).status_code == 204
    assert api(ana).delete(path).status_code == 404


def test_it_comes_by_resumable_upload(api, ana, ben, walk, wide):
    content = wide.read_bytes()
    key = b64encode(str(walk.pk).encode()).decode()
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(content)),
        "Upload-Metadata": f"purpose {b64encode(b'version').decode()},video {key}",
    }
    assert api(ben).post("/api/v1/uploads/", headers=headers).status_code == 404

    begun = api(ana).post("/api/v1/uploads/", headers=headers)
    assert begun.status_code == 201
    assert states(walk)[0] == State.UPLOADING
    api(ana).patch(
        begun["Location"],
        data=content,
        content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
    )

    assert states(walk)[0] == State.PREPARING
    run_jobs("videos.prepare_version")
    assert states(walk) == [State.CURRENT, State.PAST]


def test_it_goes_by_the_page(browser, client, ana, ben, walk, wide, django_assert_max_num_queries):
    path = f"/videos/{walk.pk}/film/"
    assert client.get(path).status_code == 302
    assert browser(ben).get(path).status_code == 404
    assert browser(ben).post(f"{path}take-back/").status_code == 404
    page = browser(ana)

    wrong = page.post(path, {"file": SimpleUploadedFile("a.txt", b"hello")})
    assert wrong.status_code == 422
    assert "not a video we can read" in wrong.content.decode()
    assert page.post(path, {"file": upload_of(wide)}).status_code == 302
    with django_assert_max_num_queries(8):
        shown = page.get(path).content.decode()
    assert "Being prepared" in shown
    assert "HX-Refresh" not in page.get(f"{path}status/")
    run_jobs("videos.prepare_version")
    assert page.get(f"{path}status/")["HX-Refresh"] == "true"
    assert page.post(f"{path}take-back/").status_code == 404
