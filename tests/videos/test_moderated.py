"""Videos, comments and sounds that moderators took down: gone from everywhere, and put back."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts import ports
from accounts.models import Decision, OutboxJob
from accounts.moderation import cases, deciding
from tests.accounts.staff import make_staff
from tests.factories import befriend
from tests.rules import rule
from tests.videos.factories import make_video, with_files
from tests.videos.sounds import make_original, make_track
from videos import actions
from videos.actions.publishing import settle
from videos.actions.silencing import pass_on, resound
from videos.actions.uploading import delete_files
from videos.models import Comment, Sound, Video
from videos.sourcing import recipe_of

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "reason": "violence",
    "rule": "violence",
    "words": "It shows how somebody is hurt.",
}


@pytest.fixture
def moderator(db):
    return make_staff("mia", "moderator")


@pytest.fixture
def video(zoe) -> Video:
    return with_files(make_video(zoe, caption="hurt #pain"))


def decide(moderator, kind, thing, *names) -> Decision:
    case = cases.flag(kind, thing.pk, origin="spam", reason="violence", severity=8, facts={})
    return deciding.decide(moderator, case, acts=[(name, {}) for name in names], **SAID)


def seen_by(person) -> list[Video]:
    return list(Video.objects.visible_to(person))


# --- Videos ---------------------------------------------------------------------------------------


@rule("R43", "page", "api")
def test_a_removed_video_is_nowhere(moderator, video, ana, browser, api):
    decide(moderator, "video", video, "remove")

    client, rest = browser(ana), api(ana)
    assert client.get(video.get_absolute_url()).status_code == 404
    assert rest.get(f"/api/v1/videos/{video.pk}/").status_code == 404
    assert client.get(video.media_url(video.cover)).status_code == 404
    for page in (
        reverse("videos:feed"),
        reverse("accounts:profile", args=[video.author.username]),
        reverse("videos:tag", args=["pain"]),
    ):
        assert str(video.pk) not in client.get(page).content.decode()
    assert str(video.pk) not in str(rest.get("/api/v1/feed/").json())


@rule("R41", "page")
def test_its_author_reads_why(moderator, video, zoe, browser):
    made = decide(moderator, "video", video, "remove")

    page = browser(zoe).get(video.get_absolute_url()).content.decode()

    assert "Our moderators removed this video" in page
    assert made.get_absolute_url() in page


@rule("R41", "admin")
def test_undoing_puts_it_back_as_it_was(moderator, video, ana):
    made = decide(moderator, "video", video, "remove")
    assert seen_by(ana) == []

    deciding.undo(moderator, made, "It was ketchup.")

    video.refresh_from_db()
    assert seen_by(ana) == [video]
    assert (video.state, video.removed_at) == ("published", None)


def test_while_another_decision_wants_it_down_it_stays_down(moderator, video, ana):
    first = decide(moderator, "video", video, "remove")
    decide(moderator, "video", video, "remove", "warn")

    deciding.undo(moderator, first, "It was ketchup.")

    assert seen_by(ana) == []


def test_what_is_prepared_meanwhile_stays_down(moderator, zoe, ana):
    video = make_video(zoe, state=Video.State.PROCESSING)
    made = decide(moderator, "video", video, "remove")

    video.refresh_from_db()
    settle(video)

    assert (video.state, seen_by(ana)) == ("removed", [])
    deciding.undo(moderator, made, "It was ketchup.")
    video.refresh_from_db()
    assert video.state == "draft"


def test_a_duet_goes_with_the_video_in_it(moderator, video, ana, ben):
    duet = make_video(ben, parent=video, parent_kind="duet", sound_start_ms=0)

    decide(moderator, "video", video, "remove")

    assert duet not in seen_by(ana)


def test_a_mark_as_sensitive_is_taken_back_but_not_its_authors(moderator, video):
    made = decide(moderator, "video", video, "mark_sensitive")
    video.refresh_from_db()
    assert video.is_marked_by_moderator

    deciding.undo(moderator, made, "It was ketchup.")

    video.refresh_from_db()
    assert not video.is_sensitive
    Video.objects.update(sensitivity=Video.Sensitivity.AUTHOR)
    ports.moderated()["video"].mark_sensitive(video.pk, on=False)
    video.refresh_from_db()
    assert video.is_sensitive


# --- Comments -------------------------------------------------------------------------------------


@rule("R43", "page", "api")
def test_a_removed_comment_goes_with_its_answers(moderator, video, ana, ben, browser, api):
    befriend(ana, video.author)
    said = actions.add_comment(ana, video, body="Awful words")
    actions.add_comment(ben, video, body="Even worse", parent=said)

    made = decide(moderator, "comment", said, "remove")

    video.refresh_from_db()
    assert video.comment_count == 0
    assert "Awful words" not in browser(ben).get(video.get_absolute_url()).content.decode()
    shown = api(ben).get(f"/api/v1/videos/{video.pk}/comments/").json()
    assert shown["results"] == []
    deciding.undo(moderator, made, "They were quoting.")
    video.refresh_from_db()
    assert video.comment_count == 2
    assert Comment.objects.visible_to(ben).count() == 2


@rule("R43", "page", "api")
def test_who_may_not_comment_for_now_does_not(moderator, video, ana, browser, api):
    said = actions.add_comment(ana, video, body="Awful words")
    case = cases.flag("comment", said.pk, origin="spam", reason="hate", severity=6, facts={})
    limit = ("limit", {"days": 3, "features": ["comment", "post"]})
    deciding.decide(moderator, case, acts=[limit], **SAID)
    ana = type(ana).objects.get(pk=ana.pk)

    answer = api(ana).post(f"/api/v1/videos/{video.pk}/comments/", {"body": "More"})

    assert (answer.status_code, answer.json()["code"]) == (403, "policy.R43")
    assert api(ana).post(f"/api/v1/videos/{video.pk}/repost/").json()["code"] == "policy.R43"
    assert "You cannot comment for now." in browser(ana).get(video.get_absolute_url()).text


# --- Sounds ---------------------------------------------------------------------------------------


@rule("R43", "job", "page", "api")
def test_a_removed_sound_silences_the_videos_that_play_it_until_it_is_put_back(
    moderator, video, zoe, ana, ben, browser, api
):
    sound = make_original(video)
    song = {"segments": [], "music": {"sound": str(sound.pk), "volume": 1.0}}
    theirs = with_files(make_video(ben, sound=sound, recipe=song))
    duet = make_video(ana, parent=theirs, parent_kind="duet")
    other = make_video(ben, sound=make_track())
    made = decide(moderator, "sound", sound, "remove")

    resound(sound.pk)
    resound(sound.pk)
    follow_job(theirs)

    assert set(Video.objects.filter(is_silenced=True)) == {video, theirs, duet}
    assert wanted() == {video.pk, theirs.pk, duet.pk}
    other.refresh_from_db()
    assert other.recipe_version == 1
    theirs.refresh_from_db()
    assert theirs.recipe["music"]["sound"] == str(sound.pk)  # its author's work stays
    plain = recipe_of(theirs)
    assert (plain.music, plain.volume) == (None, 1.0)
    video.refresh_from_db()
    assert recipe_of(video).volume == 0
    assert "Sound removed" in browser(ana).get(theirs.get_absolute_url()).content.decode()
    assert api(ana).get(f"/api/v1/videos/{theirs.pk}/").json()["is_silenced"] is True
    assert [each["to"] for each in noted("videos.silenced")] == [
        [str(one.author_id)] for one in (video, theirs, duet)
    ]

    deciding.undo(moderator, made, "They had a licence.")
    resound(sound.pk)
    follow_job(theirs)

    assert not Video.objects.filter(is_silenced=True).exists()
    theirs.refresh_from_db()
    music = recipe_of(theirs).music
    assert music is not None and music.sound == str(sound.pk)
    assert theirs.recipe_version == 3


def wanted() -> set[UUID]:
    """The videos that are to be prepared anew."""
    jobs = OutboxJob.objects.filter(task="videos.process_video")
    return {UUID(job.arguments["video_id"]) for job in jobs}


def noted(kind: str) -> list[dict[str, Any]]:
    jobs = OutboxJob.objects.filter(task="accounts.note").order_by("pk")
    return [job.arguments for job in jobs if job.arguments["kind"] == kind]


def follow_job(video: Video) -> None:
    """What the job that prepares it does in the end."""
    video.refresh_from_db()
    pass_on(video)


def test_a_removed_sound_is_found_by_nobody(moderator, video, ana):
    sound = Sound.objects.create(
        kind="original", owner=video.author, video=video, file="sounds/x.m4a", duration_ms=1000
    )

    made = decide(moderator, "sound", sound, "remove")

    assert not Sound.objects.visible_to(ana).exists()
    deciding.undo(moderator, made, "It was ketchup.")
    assert Sound.objects.visible_to(ana).get() == sound


@pytest.mark.parametrize("kind", ["video", "comment", "sound"])
def test_what_is_gone_is_no_error(kind, moderator, zoe):
    decide(moderator, kind, zoe, "remove")


def test_files_that_are_shown_again_outlive_the_job_that_would_delete_them(video):
    shown = video.playable_files["720"]
    lost = default_storage.save(f"{video.folder}/lost.mp4", ContentFile(b"before"))

    delete_files([shown, lost])

    assert default_storage.exists(shown) and not default_storage.exists(lost)
