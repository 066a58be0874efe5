"""A draft begun from a draft: the same films, edit and words, and its own life."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404

from accounts.actions import count_stored
from accounts.errors import Refused
from accounts.models import OutboxJob, Upload
from tests.videos.factories import CONTENT, make_video, upload_of
from videos import actions
from videos.actions import clips, drafts
from videos.actions.copying import copy_draft
from videos.models import Clip, Video


@pytest.fixture
def draft(ana):
    """A draft with one film that counts against Ana's storage, cut in two."""
    draft = drafts.begin_draft(ana, caption="take one #walk", audience="friends")
    source = default_storage.save(f"videos/{draft.pk}/source", ContentFile(CONTENT))
    preview = default_storage.save(f"videos/{draft.pk}/clip.mp4", ContentFile(CONTENT))
    upload = count_stored(ana, purpose="clip", file=source, length=len(CONTENT))
    clip = Clip.objects.create(
        video=draft,
        source=source,
        preview=preview,
        upload=upload.pk,
        state="ready",
        duration_ms=4000,
    )
    pieces = [
        {"clip": str(clip.pk), "in_ms": at, "out_ms": at + 1000, "speed": 1} for at in (0, 2000)
    ]
    return drafts.change_draft(ana, draft, recipe={"segments": pieces, "filter": "warm"})


def delete_files() -> None:
    for job in OutboxJob.objects.filter(task="videos.delete_files"):
        actions.delete_files(**job.arguments)


def test_a_copy_has_the_clips_the_edit_and_the_words(ana, draft):
    copy = copy_draft(ana, draft)

    (clip,) = copy.clips.all()
    (original,) = draft.clips.all()
    assert (copy.caption, copy.audience, copy.state) == ("take one #walk", "friends", "draft")
    assert copy.recipe["filter"] == "warm"
    assert {piece["clip"] for piece in copy.recipe["segments"]} == {str(clip.pk)}
    assert clip.pk != original.pk
    assert (clip.source, clip.preview, clip.upload) == (original.source, original.preview, None)


def test_what_is_changed_in_the_copy_stays_there(ana, draft):
    copy = copy_draft(ana, draft)

    drafts.change_draft(ana, copy, caption="take two", recipe={"segments": [], "filter": "mono"})

    draft.refresh_from_db()
    assert draft.caption == "take one #walk"
    assert draft.recipe["filter"] == "warm" and len(draft.recipe["segments"]) == 2


@pytest.mark.parametrize("first", ["original", "copy"])
def test_the_film_stays_while_one_of_them_needs_it(ana, draft, first):
    copy = copy_draft(ana, draft)
    source = draft.clips.get().source
    going, staying = (draft, copy) if first == "original" else (copy, draft)

    actions.delete_video(ana, going)
    delete_files()
    assert default_storage.exists(source)
    assert Upload.objects.filter(owner=ana).bytes_together() == len(CONTENT)

    actions.delete_video(ana, staying)
    delete_files()
    assert not default_storage.exists(source)
    assert Upload.objects.filter(owner=ana).bytes_together() == 0


def test_a_clip_taken_out_of_the_original_stays_in_the_copy(ana, draft):
    copy = copy_draft(ana, draft)

    clips.remove_clip(ana, draft.clips.get())
    delete_files()

    left = copy.clips.get()
    assert default_storage.exists(left.source)
    assert Upload.objects.get(file=left.source).pk == left.upload


def test_a_copy_waits_for_clips_on_their_way(ana, draft):
    Clip.objects.create(video=draft, state="checking")

    with pytest.raises(ValidationError) as unready:
        copy_draft(ana, draft)

    assert unready.value.code == "draft.clip_unready"
    assert Video.objects.count() == 1


def test_copies_count_as_drafts(ana, draft, monkeypatch):
    monkeypatch.setattr(drafts, "LIMIT", 1)

    with pytest.raises(Refused) as full:
        copy_draft(ana, draft)

    assert full.value.code == "draft.too_many"


@pytest.mark.parametrize("what", ["another's", "published", "nothing"])
def test_only_ones_own_drafts_are_copied(ana, ben, draft, what):
    key = {"another's": draft.pk, "published": make_video(ben).pk, "nothing": uuid4()}[what]

    with pytest.raises(Http404):
        copy_draft(ben, key)


def test_both_doors_copy_and_refuse_alike(api, browser, client, ana, zoe, draft):
    rest, page = f"/api/v1/drafts/{draft.pk}/copy/", f"/drafts/{draft.pk}/copy/"

    assert (api().post(rest).status_code, client.post(page).status_code) == (401, 302)
    copied = api(ana).post(rest)
    shown = browser(ana).post(page, follow=True).content.decode()

    assert copied.status_code == 201
    assert copied.json()["id"] != str(draft.pk) and len(copied.json()["clips"]) == 1
    assert "Here is your copy" in shown and shown.count("take one #walk</b>") == 3
    assert (api(zoe).post(rest).status_code, browser(zoe).post(page).status_code) == (404, 404)


# --- What files in a form count -------------------------------------------------------------------


def test_a_video_sent_in_a_form_counts_until_it_goes(ana, walk):
    video = actions.upload_video(ana, upload_of(walk))
    assert Upload.objects.filter(owner=ana).bytes_together() == walk.stat().st_size

    actions.delete_video(ana, video)

    assert Upload.objects.filter(owner=ana).bytes_together() == 0


def test_a_full_storage_takes_no_form_either(api, browser, ana, walk, settings):
    settings.UPLOAD_STORED_BYTES = 100

    sent = api(ana).post("/api/v1/videos/", {"file": upload_of(walk)}, format="multipart")
    page = browser(ana).post("/upload/", {"file": upload_of(walk), "audience": "public"})

    assert (sent.status_code, sent.json()["code"]) == (403, "upload.quota")
    assert page.status_code == 422 and "Your storage is full" in page.content.decode()
    assert not Video.objects.exists()
