"""What is left around videos of somebody who deleted their account (R46)."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User
from tests import leaving
from tests.accounts import told
from tests.factories import befriend, make_user
from tests.rules import rule
from tests.videos.factories import make_video, with_files
from videos import actions
from videos.data_rights import PURGER
from videos.models import (
    Collection,
    Comment,
    Credit,
    Findable,
    Sound,
    Taste,
    Video,
    VideoVersion,
    WatchEvent,
)
from videos.search import indexing

NAMES = ("danaquill", "Quillfeather", "Quillwork", "quill.example")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EXPORT_FOLDER = tmp_path / "exports"


@pytest.fixture
def dana(ana) -> User:
    dana = make_user(
        "danaquill", display_name="Dana Quillfeather", bio="Quillwork", email="dq@quill.example"
    )
    befriend(ana, dana)
    return dana


def stored(name: str) -> str:
    return default_storage.save(name, ContentFile(b"film"))


@rule("R46", "job")
def test_films_go_with_everything_that_was_made_of_them(dana):
    video = with_files(make_video(dana, caption="#quilling with pins"))
    with_files(make_video(dana, state=Video.State.DRAFT))
    VideoVersion.objects.create(
        video=video, number=1, made_by=dana, source=stored("videos/new.mp4")
    )
    indexing.catch_up()

    leaving.purge(dana)

    assert not Video.objects.exists()
    assert not Findable.objects.exists()
    assert leaving.files() == leaving.kept(dana.pk)


def test_their_sound_goes_out_of_others_films(dana, ana):
    origin = make_video(dana)
    sound = Sound.objects.create(
        kind=Sound.Kind.ORIGINAL,
        video=origin,
        owner=dana,
        file=stored("sounds/dana.m4a"),
        duration_ms=1000,
        use_count=1,
    )
    theirs = make_video(ana, sound=sound)

    leaving.purge(dana)

    theirs.refresh_from_db()
    assert theirs.sound is None
    assert not Sound.objects.exists()
    assert not default_storage.exists("sounds/dana.m4a")


@rule("R46", "job")
def test_what_others_videos_counted_of_theirs_is_counted_off(dana, ana, zoe):
    video = make_video(ana)
    for verb in (actions.like, actions.save_video, actions.repost):
        verb(dana, video)
    mine = actions.add_comment(ana, video, body="mine")
    comment = actions.add_comment(dana, video, body="nice")
    actions.add_comment(zoe, video, body="yes", parent=comment)
    actions.like_comment(dana, mine)

    leaving.purge(dana)

    video.refresh_from_db()
    mine.refresh_from_db()
    counts = (video.like_count, video.save_count, video.repost_count, video.comment_count)
    assert counts == (0, 0, 0, 1)
    assert mine.like_count == 0
    assert list(Comment.objects.values_list("body", flat=True)) == ["mine"]


def test_what_they_watched_counts_for_the_video_and_says_nothing_of_them(dana, ana):
    video = make_video(ana)
    WatchEvent.objects.create(
        video=video,
        user=dana,
        source="link",
        watched_ms=900,
        duration_ms=1000,
        at=timezone.now(),
    )

    leaving.purge(dana)

    assert WatchEvent.objects.get().user is None


@rule("R46", "job")
def test_no_row_names_them_after_a_life_among_videos(dana, ana, zoe):
    video = make_video(ana, caption="with friends")
    own = make_video(dana, caption="Quillwork by danaquill")
    actions.like(zoe, own)
    actions.like(dana, video)
    actions.add_comment(dana, video, body="so says danaquill")
    Credit.objects.create(video=video, user=dana, state=Credit.State.ACCEPTED)
    Credit.objects.create(video=make_video(zoe), user=dana, state=Credit.State.DECLINED)
    Collection.objects.create(owner=dana, name="Quillwork")
    Taste.objects.create(user=zoe, kind=Taste.Kind.AUTHOR, key=str(dana.pk))
    video.chosen.add(dana)
    video.mentions.add(dana)
    told.run_jobs()

    leaving.purge(dana)

    assert set(leaving.traces_of(str(dana.pk))) <= {
        "accounts.OutboxJob.arguments",
        "accounts.Tombstone.person",
    }
    assert set(leaving.traces_of(*NAMES)) == set()
    video.refresh_from_db()
    assert video.co_creator_count == 0


def test_a_job_that_is_killed_after_any_batch_is_finished_by_the_next(dana, ana):
    for _number in range(3):
        with_files(make_video(dana))
        actions.add_comment(dana, make_video(ana), body="hello")

    for step in PURGER.steps:
        step(dana.pk)
        assert User.objects.filter(pk=dana.pk).exists()
    leaving.purge(dana)

    assert leaving.files() == leaving.kept(dana.pk)
    assert set(leaving.traces_of(*NAMES)) == set()
