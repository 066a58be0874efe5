"""The verbs of videos: what they change, refuse, survive, and tell."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import Http404

from accounts import live
from accounts.errors import Refused
from accounts.models import OutboxJob
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import CONTENT, make_video, upload_of, with_files
from tests.videos.watching import watch
from videos import actions, tasks
from videos.actions import uploading
from videos.feed import counting
from videos.models import Comment, Hashtag, Like, Rendition, Video, View


@pytest.fixture
def told(monkeypatch) -> list[dict]:
    """What was told to people's sockets."""
    events: list[dict] = []
    monkeypatch.setattr(live, "tell_user", lambda user_id, event: events.append(event))
    return events


def run_jobs(name: str) -> None:
    """What a worker does with the outbox rows of one task."""
    task = getattr(tasks, name.removeprefix("videos."))
    for job in OutboxJob.objects.filter(task=name, done_at=None):
        task(**job.arguments, job_id=job.pk)


def files(folder) -> list[str]:
    """Every stored file, by name."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# --- Uploading ------------------------------------------------------------------------------------


def test_an_upload_waits_for_its_job(ana, walk):
    video = actions.upload_video(ana, upload_of(walk), caption="  out early \n", audience="friends")

    video.refresh_from_db()
    assert (video.state, video.caption, video.audience) == ("processing", "out early", "friends")
    assert default_storage.size(video.clips.get().source) == walk.stat().st_size
    job = OutboxJob.objects.get()
    assert (job.task, job.arguments) == ("videos.process_video", {"video_id": str(video.pk)})


def test_an_uploads_name_is_nowhere_kept(ana, walk, own_storage):
    actions.upload_video(ana, upload_of(walk, "Me and M. at the clinic.mp4"))

    assert [name for name in files(own_storage) if "clinic" in name] == []


def test_a_caption_links_topics_and_people(ana, ben, walk):
    make_user("mei")
    block(make_user("rude"), ana)
    caption = "#Slow #slow mornings with @Ben, @MEI, @rude and @nobody"

    video = actions.upload_video(ana, upload_of(walk), caption=caption)

    assert list(video.hashtags.values_list("name", flat=True)) == ["slow"]
    assert set(video.mentions.values_list("username", flat=True)) == {"ben", "mei"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "video.type"),
        (b"plain words, whatever the name says", "video.type"),
        (b"\xff\xd8\xff\xe0 a picture", "video.type"),
        (b"#EXTM3U\n#EXTINF:9,\n/etc/passwd\n", "video.type"),
    ],
)
def test_what_is_no_video_is_refused_at_once(ana, own_storage, content, code):
    with pytest.raises(ValidationError) as refused:
        actions.upload_video(ana, SimpleUploadedFile("walk.mp4", content))

    assert refused.value.error_dict["file"][0].code == code
    assert not Video.objects.exists()
    assert files(own_storage) == []


def test_too_large_a_file_is_refused_at_once(ana, walk, settings):
    settings.VIDEO_MAX_BYTES = walk.stat().st_size - 1

    with pytest.raises(ValidationError) as refused:
        actions.upload_video(ana, upload_of(walk))

    assert refused.value.error_dict["file"][0].code == "video.too_large"


@pytest.mark.parametrize(
    "fields", [{"caption": "x" * 2201}, {"alt_text": "x" * 501}, {"audience": "enemies"}]
)
def test_what_cannot_be_said_of_a_video_is_refused(ana, walk, own_storage, fields):
    with pytest.raises(ValidationError) as refused:
        actions.upload_video(ana, upload_of(walk), **fields)

    assert list(refused.value.error_dict) == list(fields)
    assert files(own_storage) == []


def test_no_file_is_left_where_the_database_fails(ana, walk, own_storage, monkeypatch):
    monkeypatch.setattr(uploading, "enqueue", _fail)

    with pytest.raises(RuntimeError):
        actions.upload_video(ana, upload_of(walk))

    assert files(own_storage) == []
    assert not Video.objects.exists()


def _fail(*_args, **_fields):
    raise RuntimeError("the database went away")


# --- Changing and deleting ------------------------------------------------------------------------


def test_a_new_caption_renews_topics_and_people(ana, ben):
    video = make_video(ana, caption="#old @ben")

    actions.edit_video(ana, video, caption="#new", audience="followers")

    video.refresh_from_db()
    assert (video.caption, video.audience) == ("#new", "followers")
    assert list(video.hashtags.all()) == [Hashtag.objects.get(name="new")]
    assert list(video.mentions.all()) == []


@pytest.mark.parametrize("verb", [actions.edit_video, actions.delete_video])
def test_only_its_author_changes_a_video(ana, ben, verb):
    with pytest.raises(PermissionDenied):
        verb(ben, make_video(ana))


def test_deleting_takes_rows_and_files(ana, ben, own_storage):
    video, other = with_files(make_video(ana)), with_files(make_video(ana))
    actions.like(ben, video)
    actions.add_comment(ben, video, body="no!")

    actions.delete_video(ana, video)
    run_jobs("videos.delete_files")

    assert list(Video.objects.all()) == [other]
    assert (Like.objects.count(), Comment.objects.count(), Rendition.objects.count()) == (0, 0, 2)
    assert len(files(own_storage)) == 6
    assert {default_storage.open(other.clips.get().source).read()} == {CONTENT}


def test_deleting_files_twice_is_no_error(db):
    actions.delete_files(["videos/x/720.mp4"])


# --- Hearts ---------------------------------------------------------------------------------------


def count_of(video: Video, field: str) -> int:
    video.refresh_from_db()
    return getattr(video, field)


def test_a_heart_counts_once(ana, ben, zoe):
    video = make_video(ana)

    actions.like(ben, video)
    actions.like(ben, video)
    actions.like(zoe, video)
    assert count_of(video, "like_count") == 2

    actions.unlike(ben, video)
    actions.unlike(ben, video)
    assert count_of(video, "like_count") == 1


@pytest.mark.django_db(transaction=True)
def test_hearts_given_at_once_count_once(ana):
    video = make_video(ana)

    at_once(8, actions.like, ana, video)
    assert count_of(video, "like_count") == Like.objects.count() == 1

    at_once(8, actions.unlike, ana, video)
    assert count_of(video, "like_count") == Like.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_views_at_once_leave_one_row(ana, ben):
    video = make_video(ana)

    at_once(6, watch, ben, video)

    counting.count()
    assert count_of(video, "view_count") == 6
    assert View.objects.get().times == 6


def at_once(times: int, verb, *args) -> None:
    """Call `verb` from several threads that start together."""
    gate, errors = threading.Barrier(times), []

    def call() -> None:
        gate.wait()
        try:
            verb(*args)
        except Exception as error:  # seen by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_what_one_may_not_see_takes_no_heart_or_comment(ana, zoe):
    video = make_video(ana, audience="friends")

    for verb in (actions.like, lambda *args: actions.add_comment(*args, body="hi")):
        with pytest.raises(Http404):
            verb(zoe, video)


# --- Comments -------------------------------------------------------------------------------------


def test_comments_are_counted_and_answers_have_one_level(ana, ben):
    video = make_video(ana)

    first = actions.add_comment(ben, video, body=" where is this? ")
    answer = actions.add_comment(ana, video, body="behind the mill", parent=first)
    deeper = actions.add_comment(ben, video, body="ah!", parent=answer)

    assert first.body == "where is this?"
    assert (answer.parent, deeper.parent) == (first, first)
    assert count_of(video, "comment_count") == 3


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "comment.empty"),
        (" \n ", "comment.empty"),
        ("\u200b\u2060\u200d", "comment.empty"),
        ("x" * 1001, "comment.too_long"),
    ],
)
def test_a_comment_says_something_short(ana, ben, body, code):
    with pytest.raises(ValidationError) as refused:
        actions.add_comment(ben, make_video(ana), body=body)

    assert refused.value.error_dict["body"][0].code == code


def test_control_characters_do_not_reach_the_database(ana):
    comment = actions.add_comment(ana, make_video(ana), body="a\x00b")

    assert comment.body == "ab"


def test_an_answer_belongs_to_the_same_video(ana):
    elsewhere = actions.add_comment(ana, make_video(ana), body="hi")

    with pytest.raises(ValidationError) as refused:
        actions.add_comment(ana, make_video(ana), body="hi", parent=elsewhere)

    assert refused.value.code == "comment.parent"


def test_deleting_a_comment_takes_its_answers(ana, ben):
    video = make_video(ana)
    first = actions.add_comment(ben, video, body="first")
    actions.add_comment(ana, video, body="answer", parent=first)
    actions.add_comment(ana, video, body="another")

    actions.delete_comment(ben, first)

    assert list(Comment.objects.values_list("body", flat=True)) == ["another"]
    assert count_of(video, "comment_count") == 1


def test_who_may_delete_a_comment(ana, ben, zoe):
    comment = actions.add_comment(ben, make_video(ana), body="hi")

    with pytest.raises(PermissionDenied):
        actions.delete_comment(zoe, comment)
    actions.delete_comment(ana, comment)
    assert not Comment.objects.exists()


def test_only_friends_comment_under_the_youngest(kid, ben, zoe):
    """R5."""
    video = make_video(kid)
    befriend(kid, ben)
    follow(zoe, kid)

    with pytest.raises(Refused) as refused:
        actions.add_comment(zoe, video, body="hi")
    assert refused.value.code == "policy.R5"
    assert actions.add_comment(ben, video, body="hi").pk
    assert actions.add_comment(kid, video, body="hi").pk


# --- Views ----------------------------------------------------------------------------------------


def test_views_of_signed_out_people_are_counted_not_remembered(ana, ben):
    video = make_video(ana)

    watch(AnonymousUser(), video)
    watch(ben, video)
    watch(ben, video)

    counting.count()
    assert count_of(video, "view_count") == 3
    assert list(View.objects.values_list("user__username", "times")) == [("ben", 2)]
