"""A copy to take along: marked, made once, kept for some days, for whoever may have it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from accounts.errors import Refused
from accounts.ffmpeg import run_ffmpeg
from accounts.models import OutboxJob
from tests.factories import block, make_user
from tests.videos.factories import make_video, with_files
from videos import tasks
from videos.actions.downloading import Download, ask_for_download, download_of, give_up_download
from videos.models import Video
from videos.transcoding import make_download, probe

DAYS = timedelta(days=3)


@pytest.fixture
def walk_of_zoe(zoe, walk):
    """A public video of an adult who lets everybody have it, with a film that can be read."""
    video = with_files(make_video(zoe, downloads_by="everyone"))
    with default_storage.open(video.playable_files["720"], "wb") as stored:
        stored.write(walk.read_bytes())
    return video


def fresh(video: Video) -> Video:
    return Video.objects.with_parts().get(pk=video.pk)


def run_jobs(name: str) -> None:
    for job in OutboxJob.objects.filter(task=name, done_at=None):
        getattr(tasks, name.removeprefix("videos."))(**job.arguments, job_id=job.pk)


def copy_of(video: Video) -> str:
    """The address of its copy, made for whoever asks."""
    run_jobs("videos.make_download")
    return f"/api/v1/videos/{video.pk}/download/file/"


# --- The film -------------------------------------------------------------------------------------


def pictures(path: Path, folder: Path, *, seconds: float) -> Image.Image:
    target = folder / "picture.png"
    run_ffmpeg(
        ["-ss", str(seconds), "-i", path, "-frames:v", "1", "-update", "1", target], timeout=30
    )
    return Image.open(target).convert("L")


def test_the_mark_changes_between_two_corners(tmp_path):
    plain = tmp_path / "black.mp4"
    black = ["-f", "lavfi", "-i", "color=black:s=360x640:r=10:d=6"]
    tone = ["-f", "lavfi", "-i", "sine=f=440:r=44100:d=6", "-c:a", "aac"]
    run_ffmpeg([*black, *tone, "-c:v", "libx264", "-preset", "ultrafast", plain], timeout=30)

    made = make_download(plain, "ana", tmp_path / "made")
    again = make_download(plain, "ana", tmp_path / "made")

    path = tmp_path / "made" / made.name
    first = pictures(path, tmp_path, seconds=1).point(lambda value: 255 * (value > 90)).getbbox()
    second = pictures(path, tmp_path, seconds=5).point(lambda value: 255 * (value > 90)).getbbox()
    assert first and second
    assert first[0] < 40 and first[1] < 40 and first[3] < 120
    assert second[2] > 320 and second[3] > 600 and second[1] > 520
    assert again.name == made.name
    assert (probe(path).width, probe(path).height, probe(path).has_audio) == (360, 640, True)


# --- Asking for it --------------------------------------------------------------------------------


def test_a_wish_has_it_made_once_for_everybody(ana, ben, walk_of_zoe):
    assert download_of(ana, walk_of_zoe).state == Download.NONE

    assert ask_for_download(ana, walk_of_zoe).state == Download.PREPARING
    assert ask_for_download(ben, walk_of_zoe).state == Download.PREPARING
    assert OutboxJob.objects.filter(task="videos.make_download").count() == 1
    run_jobs("videos.make_download")

    ready = download_of(ben, fresh(walk_of_zoe))
    assert (ready.state, ready.percent) == (Download.READY, 100)
    assert ready.size == default_storage.size(ready.file.file) > 0


def test_it_is_kept_for_three_days_and_made_again_after_that(ana, walk_of_zoe):
    ask_for_download(ana, walk_of_zoe)
    run_jobs("videos.make_download")
    file = fresh(walk_of_zoe).download.file
    end = OutboxJob.objects.get(task="videos.drop_download")
    assert DAYS - timedelta(minutes=1) < end.due_at - timezone.now() <= DAYS

    OutboxJob.objects.filter(pk=end.pk).update(due_at=timezone.now())
    run_jobs("videos.drop_download")

    assert not default_storage.exists(file)
    assert download_of(ana, fresh(walk_of_zoe)).state == Download.NONE
    ask_for_download(ana, fresh(walk_of_zoe))
    run_jobs("videos.make_download")
    assert fresh(walk_of_zoe).download is not None


def test_a_failure_is_told_and_may_be_tried_again(ana, walk_of_zoe):
    ask_for_download(ana, walk_of_zoe)
    OutboxJob.objects.filter(task="videos.make_download").update(parked_at=timezone.now())
    give_up_download(walk_of_zoe.pk)
    assert download_of(ana, walk_of_zoe).state == Download.FAILED

    assert ask_for_download(ana, walk_of_zoe).state == Download.PREPARING


def test_a_copy_of_what_the_video_no_longer_is_is_not_handed_out(ana, walk_of_zoe):
    ask_for_download(ana, walk_of_zoe)
    run_jobs("videos.make_download")

    Video.objects.filter(pk=walk_of_zoe.pk).update(recipe_version=2)
    walk_of_zoe.renditions.filter(kind="720").update(recipe_version=2)

    assert download_of(ana, fresh(walk_of_zoe)).state == Download.NONE


def test_it_goes_with_its_video(zoe, ana, walk_of_zoe):
    ask_for_download(ana, walk_of_zoe)
    run_jobs("videos.make_download")

    assert fresh(walk_of_zoe).download.file in fresh(walk_of_zoe).files


# --- Who may --------------------------------------------------------------------------------------


def test_nobody_has_a_copy_unless_the_author_lets_them(ana, zoe):
    closed = with_files(make_video(zoe, downloads_by="no_one"))

    with pytest.raises(Refused):
        ask_for_download(ana, closed)
    assert not OutboxJob.objects.filter(task="videos.make_download").exists()


@pytest.mark.parametrize("age", [13, 14, 15])
def test_r5_nothing_by_children_is_taken_along(ana, age):
    video = with_files(make_video(make_user(age=age), downloads_by="everyone"))

    with pytest.raises(Refused) as refused:
        ask_for_download(ana, video)

    assert refused.value.code == "policy.R5"


def test_only_what_everybody_sees_is_taken_along(ana, ben):
    video = with_files(make_video(ben, downloads_by="everyone", audience="friends"))

    with pytest.raises(Refused) as refused:
        ask_for_download(ana, video)

    assert refused.value.code == "remix.audience"


def test_a_permission_taken_back_holds_for_what_was_made(api, ana, walk_of_zoe):
    ask_for_download(ana, walk_of_zoe)
    file = copy_of(walk_of_zoe)
    assert api(ana).get(file).status_code == 200

    Video.objects.filter(pk=walk_of_zoe.pk).update(downloads_by="no_one")

    assert api(ana).get(file).status_code == 403


# --- Doors ----------------------------------------------------------------------------------------


def test_rest_has_it_made_and_hands_it_out(api, ana, walk_of_zoe):
    door = f"/api/v1/videos/{walk_of_zoe.pk}/download/"
    assert api(ana).get(door).json() == {
        "state": "none",
        "percent": 0,
        "size": None,
        "url": None,
    }

    asked = api(ana).post(door)
    file = copy_of(walk_of_zoe)
    ready = api(ana).post(door)

    assert (asked.status_code, asked.json()["state"]) == (202, "preparing")
    assert (ready.status_code, ready.json()["url"]) == (200, file)
    sent = api(ana).get(file)
    assert sent.headers["Content-Disposition"].startswith('attachment; filename="medley-zoe-')
    assert len(b"".join(sent.streaming_content)) == ready.json()["size"]


def test_the_page_prepares_it_without_a_script(browser, ana, walk_of_zoe):
    door = f"/videos/{walk_of_zoe.pk}/download/"
    ana_at = browser(ana)
    assert "Prepare the copy" in ana_at.get(door).content.decode()

    asked = ana_at.post(door)
    waiting = ana_at.get(door).content.decode()
    file = copy_of(walk_of_zoe)

    assert asked.headers["Location"] == door
    assert "being prepared" in waiting and "Look again" in waiting
    assert f'href="{file}"' in ana_at.get(door).content.decode()


def test_in_a_sheet_it_asks_again_until_it_is_there(browser, ana, walk_of_zoe):
    door, as_part = f"/videos/{walk_of_zoe.pk}/download/", {"HX-Request": "true"}
    ana_at = browser(ana)

    waiting = ana_at.post(door, headers=as_part).content.decode()
    copy_of(walk_of_zoe)
    ready = ana_at.get(door, headers=as_part).content.decode()

    assert f'hx-get="{door}"' in waiting and "<html" not in waiting
    assert "hx-get" not in ready and "Your copy is ready" in ready


def test_the_menu_offers_it_where_it_may_be_had(browser, ana, zoe, walk_of_zoe):
    closed = with_files(make_video(zoe, downloads_by="no_one"))

    offered = browser(ana).get(f"/videos/{walk_of_zoe.pk}/").content.decode()
    kept = browser(ana).get(f"/videos/{closed.pk}/").content.decode()

    assert f"/videos/{walk_of_zoe.pk}/download/" in offered
    assert "/download/" not in kept


def test_who_may_watch_finds_the_copy_nowhere_else(api, client, ana, walk_of_zoe):
    ask_for_download(ana, walk_of_zoe)
    copy_of(walk_of_zoe)
    name = fresh(walk_of_zoe).download.file.rpartition("/")[2]

    shown = api(ana).get(f"/api/v1/videos/{walk_of_zoe.pk}/").json()

    assert sorted(one["kind"] for one in shown["renditions"]) == ["360", "720"]
    assert client.get(f"/media/videos/{walk_of_zoe.pk}/{name}").status_code == 404


@pytest.mark.parametrize("path", ["download/", "download/file/"])
def test_strangers_find_nothing_and_guests_sign_in(api, client, ana, zoe, walk_of_zoe, path):
    block(zoe, ana)

    assert api(ana).get(f"/api/v1/videos/{walk_of_zoe.pk}/{path}").status_code == 404
    assert api().get(f"/api/v1/videos/{walk_of_zoe.pk}/{path}").status_code == 401
    assert client.get(f"/videos/{walk_of_zoe.pk}/download/").status_code == 302


def test_a_fourteen_year_old_takes_an_adults_video_along(api, kid, walk_of_zoe):
    assert api(kid).post(f"/api/v1/videos/{walk_of_zoe.pk}/download/").status_code == 202


def test_asking_how_it_stands_costs_the_same(api, ana, walk_of_zoe, django_assert_max_num_queries):
    client = api(ana)

    with django_assert_max_num_queries(12):
        client.get(f"/api/v1/videos/{walk_of_zoe.pk}/download/")
