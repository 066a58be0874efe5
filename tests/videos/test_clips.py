"""Source films of a draft: from their upload to what the editor plays."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import TestCase

from accounts.actions import append_to_upload, begin_upload, cancel_upload
from accounts.models import OutboxJob, Upload
from tests.accounts.test_uploads import words
from tests.videos.factories import make_video
from tests.videos.films import film
from videos.actions import clips, delete_files, delete_video
from videos.models import Clip, Video
from videos.transcoding import probe


@pytest.fixture(autouse=True)
def own_spool(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


@pytest.fixture
def draft(ana) -> Video:
    return make_video(ana, state=Video.State.DRAFT)


def send(owner, path, **told) -> Clip:
    """Upload a whole film."""
    upload = begin_upload(owner, length=path.stat().st_size, metadata=words(purpose="clip", **told))
    with path.open("rb") as file:
        append_to_upload(upload, file, offset=0)
    return Clip.objects.get(pk=upload.pk)


def jobs() -> list[str]:
    return list(OutboxJob.objects.order_by("pk").values_list("task", flat=True))


def test_a_film_becomes_a_clip_that_the_editor_plays(ana, draft, walk):
    clip = send(ana, walk, draft=str(draft.pk), filename="walk.mov")
    waiting = (clip.state, clip.video_id, clip.position)

    clips.check_clip(clip.pk)
    clip.refresh_from_db()
    checked = (clip.state, clip.duration_ms, clip.width, clip.height, clip.has_audio)
    clips.preview_clip(clip.pk)
    clip.refresh_from_db()

    assert waiting == ("checking", draft.pk, 0)
    assert checked == ("ready", 1000, 90, 160, True)
    assert jobs() == ["videos.check_clip", "videos.preview_clip"]
    assert (len(clip.peaks), max(clip.peaks)) == (200, 100)
    assert clip.card()["preview"] == f"/api/v1/clips/{clip.pk}/preview/"
    facts = probe(Path(default_storage.path(clip.preview)))
    assert (facts.width, facts.height, facts.has_audio) == (90, 160, True)
    assert facts.longest_gop <= 0.6


def test_a_clip_stands_in_its_draft_from_the_first_byte(ana, draft):
    upload = begin_upload(ana, length=99, metadata=words(purpose="clip", draft=str(draft.pk)))

    clip = draft.clips.get()
    assert (clip.pk, clip.upload, clip.state) == (upload.pk, upload.pk, "uploading")


def test_without_a_draft_there_is_a_new_one(ana, walk):
    clip = send(ana, walk)

    assert (clip.video.author, clip.video.state) == (ana, "draft")


def test_clips_stand_in_the_order_they_came(ana, draft, walk):
    sent = [send(ana, walk, draft=str(draft.pk)) for _each in range(3)]

    assert [clip.position for clip in sent] == [0, 1, 2]


def test_a_clip_without_sound(ana, tmp_path):
    clip = send(ana, film(tmp_path / "mute.mp4", sound=False))
    clips.check_clip(clip.pk)
    clips.preview_clip(clip.pk)

    clip.refresh_from_db()
    assert (clip.state, clip.has_audio, set(clip.peaks)) == ("ready", False, {0})
    assert clip.preview


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000001"])
def test_only_ones_own_draft_takes_clips(ana, ben, key):
    others = make_video(ben, state=Video.State.DRAFT)
    published = make_video(ana)

    for name in (key or str(others.pk), str(published.pk)):
        with pytest.raises(Http404):
            begin_upload(ana, length=9, metadata=words(purpose="clip", draft=name))
    assert not Upload.objects.exists()


def test_a_draft_holds_twenty_clips(ana, draft):
    Clip.objects.bulk_create(Clip(video=draft, position=place) for place in range(20))

    with pytest.raises(ValidationError) as refused:
        begin_upload(ana, length=9, metadata=words(purpose="clip", draft=str(draft.pk)))

    assert refused.value.code == "draft.full"


def test_what_is_no_film_is_refused_with_its_sentence(ana, draft, tmp_path):
    (tmp_path / "notes.mp4").write_bytes(b"plain words, whatever the name says")
    clip = send(ana, tmp_path / "notes.mp4", draft=str(draft.pk))
    source = clip.source

    clips.check_clip(clip.pk)
    clip.refresh_from_db()

    assert (clip.state, clip.failure_code, clip.source) == ("refused", "video.type", "")
    assert clip.card()["detail"].startswith("This is not a video we can read.")
    assert OutboxJob.objects.filter(
        task="videos.delete_files", arguments={"names": [source]}
    ).exists()
    assert not Upload.objects.exists()


def test_what_the_machine_cannot_check_is_given_up(ana, walk):
    clip = send(ana, walk)

    clips.give_up_clip(clip.pk)

    clip.refresh_from_db()
    assert (clip.state, clip.failure_code) == ("refused", "video.encode_failed")


def test_its_owner_is_told_of_each_step(ana, walk, monkeypatch):
    told = []
    monkeypatch.setattr(clips.live, "tell_user", lambda user, event: told.append((user, event)))
    clip = send(ana, walk)

    clips.check_clip(clip.pk)
    clips.preview_clip(clip.pk)

    states = [(event["clip"]["state"], bool(event["clip"]["preview"])) for _user, event in told]
    assert states == [("checking", False), ("ready", False), ("ready", True)]
    assert {user for user, _event in told} == {ana.pk}
    assert {event["type"] for _user, event in told} == {"clip.changed"}


def test_every_job_may_run_twice(ana, walk, own_storage):
    clip = send(ana, walk)
    for _twice in range(2):
        clips.check_clip(clip.pk)
        clips.preview_clip(clip.pk)
    stored = sorted(path.name for path in own_storage.rglob("*") if path.is_file())

    assert stored == sorted([f"clip-{clip.pk}.mp4", str(clip.pk)])
    assert jobs() == ["videos.check_clip", "videos.preview_clip"]


def test_a_posted_video_needs_no_preview(ana, walk):
    clip = send(ana, walk)
    clips.check_clip(clip.pk)
    Video.objects.update(state=Video.State.PROCESSING)

    clips.preview_clip(clip.pk)

    assert Clip.objects.get().preview == ""


def test_an_upload_that_is_taken_back_takes_its_clip_along(ana, draft):
    upload = begin_upload(ana, length=99, metadata=words(purpose="clip", draft=str(draft.pk)))

    cancel_upload(ana, upload)

    assert not Clip.objects.exists()
    assert Video.objects.filter(pk=draft.pk).exists()


def test_a_clip_that_is_deleted_while_it_comes(ana, draft, walk):
    content = walk.read_bytes()
    upload = begin_upload(
        ana, length=len(content), metadata=words(purpose="clip", draft=str(draft.pk))
    )
    append_to_upload(upload, io.BytesIO(content[:500]), offset=0)

    clips.remove_clip(ana, Clip.objects.get())

    assert not Clip.objects.exists()
    assert not Upload.objects.exists()


def test_a_draft_that_is_deleted_meanwhile_leaves_no_bytes(ana, draft, walk, own_storage):
    content = walk.read_bytes()
    upload = begin_upload(
        ana, length=len(content), metadata=words(purpose="clip", draft=str(draft.pk))
    )
    draft.delete()

    with pytest.raises(Http404):
        append_to_upload(upload, io.BytesIO(content), offset=0)

    assert not Upload.objects.exists()
    assert [path for path in own_storage.rglob("*") if path.is_file()] == []


def test_a_removed_clip_frees_its_owners_storage(ana, walk):
    clip = send(ana, walk)
    clips.check_clip(clip.pk)
    clip.refresh_from_db()

    clips.remove_clip(ana, clip)

    assert not Upload.objects.exists()
    delete_files(OutboxJob.objects.get(task="videos.delete_files").arguments["names"])
    assert not default_storage.exists(clip.source)


# --- REST -----------------------------------------------------------------------------------------


def test_its_owner_reads_it(api, ana, walk, django_assert_num_queries):
    clip = send(ana, walk)
    clips.check_clip(clip.pk)
    clips.preview_clip(clip.pk)

    with django_assert_num_queries(1):
        card = api(ana).get(f"/api/v1/clips/{clip.pk}/").json()
    film = api(ana).get(card["preview"], headers={"Range": "bytes=0-9"})

    assert (card["id"], card["state"], card["draft"]) == (str(clip.pk), "ready", str(clip.video_id))
    assert (film.status_code, film["Content-Type"]) == (206, "video/mp4")
    assert film["Cache-Control"] == "private, no-cache"


def test_nobody_else_does(api, ana, ben, kid, mod, walk):
    clip = send(ana, walk)
    clips.check_clip(clip.pk)
    clips.preview_clip(clip.pk)

    for person in (ben, kid, mod):
        assert api(person).get(f"/api/v1/clips/{clip.pk}/").status_code == 404
        assert api(person).get(f"/api/v1/clips/{clip.pk}/preview/").status_code == 404
        assert api(person).delete(f"/api/v1/clips/{clip.pk}/").status_code == 404
    assert api().get(f"/api/v1/clips/{clip.pk}/").status_code == 401


def test_its_owner_removes_it(api, ana, walk):
    clip = send(ana, walk)

    answer = api(ana).delete(f"/api/v1/clips/{clip.pk}/")

    assert answer.status_code == 204
    assert not Clip.objects.exists()


def test_not_out_of_what_is_posted(ana, walk):
    clip = send(ana, walk)
    Video.objects.update(state=Video.State.PUBLISHED, published_at="2026-01-01T00:00Z")
    clip.refresh_from_db()

    with pytest.raises(PermissionDenied):
        clips.remove_clip(ana, clip)


def test_a_deleted_draft_takes_its_uploads_along(ana, draft, walk, settings):
    send(ana, walk, draft=str(draft.pk))
    begun = begin_upload(ana, length=99, metadata=words(purpose="clip", draft=str(draft.pk)))
    append_to_upload(begun, io.BytesIO(b"some bytes"), offset=0)

    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_video(ana, draft)

    assert not Upload.objects.exists()
    assert list(settings.UPLOAD_FOLDER.iterdir()) == []
