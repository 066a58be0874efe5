"""The admin of videos: to look at, to prepare again, to take down."""

import time

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.core.exceptions import PermissionDenied

from accounts.models import Case, Decision, OutboxJob
from tests.videos.factories import CONTENT, make_video, with_files
from tests.videos.sounds import make_original
from videos.actions import replacing
from videos.models import ProcessingAttempt, Video, VideoVersion

VIDEOS = "/admin/videos/video/"
ATTEMPTS = "/admin/videos/processingattempt/"
SOUNDS = "/admin/videos/sound/"


@pytest.fixture
def desk(client, mod):
    """A browser in which Mod is at work, second factor passed."""
    client.force_login(mod)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = user_id_to_str(mod)
    session.save()
    return client


def act(desk, name: str, *videos: Video):
    chosen = {"action": name, "_selected_action": [video.pk for video in videos]}
    response = desk.post(VIDEOS, chosen, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_the_list_costs_the_same_however_many_videos(desk, ana, django_assert_max_num_queries):
    for number in range(12):
        with_files(make_video(ana, caption=f"clip {number}", audience="private"))

    with django_assert_max_num_queries(12):
        shown = desk.get(VIDEOS).content.decode()
    assert "clip 0" in shown
    assert "clip 11" in shown


def test_a_moderator_watches_any_video_here_and_only_here(desk, ana):
    video = with_files(make_video(ana, audience="private"))

    shown = desk.get(f"{VIDEOS}{video.pk}/change/").content.decode()

    player = f"{VIDEOS}{video.pk}/files/360.mp4"
    assert player in shown
    assert b"".join(desk.get(player).streaming_content) == CONTENT
    assert desk.get(f"{VIDEOS}{video.pk}/files/source.mp4").status_code == 404
    assert desk.get(video.small_url).status_code == 404


def test_others_do_not(browser, ana, ben):
    video = with_files(make_video(ana))

    assert browser(ben).get(f"{VIDEOS}{video.pk}/files/360.mp4").status_code == 302
    assert browser(ben).get(VIDEOS).status_code == 302


def test_a_failed_video_is_prepared_again(desk, ana):
    failed = make_video(ana, state="failed", failure_code="video.encode_failed")
    fine = make_video(ana)

    assert act(desk, "retry", failed, fine) == ["1 video is being prepared."]

    failed.refresh_from_db()
    assert failed.state == "processing"
    job = OutboxJob.objects.get(task="videos.process_video")
    assert job.arguments == {"video_id": str(failed.pk)}


def test_a_video_is_taken_down_by_a_decision_that_its_author_reads(desk, mod, ana):
    bad, other = make_video(ana, caption="bad"), make_video(ana)
    chosen = {"action": "decide_on", "_selected_action": [bad.pk]}

    case_page = desk.post(VIDEOS, chosen)["Location"]
    case = Case.objects.get()
    assert (case.object_id, case.origin, case.holder) == (bad.pk, "staff", mod)
    said = {"reason": "other", "rule": "other", "words": "It shows a home."}
    desk.post(case_page.replace("change", "decide"), {"acts": "remove", "decide": "1", **said})

    assert list(Video.objects.visible_to(ana).exclude(state="removed")) == [other]
    assert Decision.objects.told_to(ana).get().words == "It shows a home."


def test_several_are_brought_up_at_once_and_listed(desk, mod, ana):
    videos = [make_video(ana), make_video(ana)]
    chosen = {"action": "decide_on", "_selected_action": [video.pk for video in videos]}

    for _again in range(2):  # what is open already is the answer
        assert desk.post(VIDEOS, chosen)["Location"].endswith("/accounts/case/?holder=mine")

    assert set(Case.objects.values_list("object_id", flat=True)) == {each.pk for each in videos}


def test_nothing_is_written_here(desk, ana):
    video = make_video(ana, caption="before")

    desk.post(f"{VIDEOS}{video.pk}/change/", {"caption": "after", "audience": "private"})

    video.refresh_from_db()
    assert (video.caption, video.audience) == ("before", "public")
    assert desk.get(f"{VIDEOS}add/").status_code == 403
    assert desk.post(f"{VIDEOS}{video.pk}/delete/", {"post": "yes"}).status_code == 403


# --- The log of tries -----------------------------------------------------------------------------


def test_staff_read_what_ffmpeg_said_and_change_nothing(desk, ana):
    video = make_video(ana, state="failed", failure_code="video.encode_failed")
    attempt = ProcessingAttempt.objects.create(
        video=video, recipe_version=1, stage="render", is_ok=False, said="<b>moov not found</b>"
    )

    listed = desk.get(ATTEMPTS)
    shown = desk.get(f"{ATTEMPTS}{attempt.pk}/change/")

    assert listed.status_code == 200
    assert "&lt;b&gt;moov not found" in shown.content.decode()
    assert desk.get(f"{ATTEMPTS}add/").status_code == 403
    assert desk.post(f"{ATTEMPTS}{attempt.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_log_is_nobody_elses_to_read(browser, zoe):
    assert browser(zoe).get(ATTEMPTS).status_code == 302


# --- Sounds ---------------------------------------------------------------------------------------


def test_a_sound_is_heard_at_the_desk_and_decided_on(desk, ana):
    sound = make_original(make_video(ana, audience="private"))

    assert desk.get(f"{SOUNDS}{sound.pk}/file/").status_code == 200
    assert desk.get(f"{SOUNDS}{sound.pk}/change/").status_code == 200
    chosen = {"action": "decide_on", "_selected_action": [sound.pk]}
    desk.post(SOUNDS, chosen)

    assert Case.objects.get().object_id == sound.pk


def test_nobody_else_hears_a_private_sound_at_the_desk(browser, ana, ben):
    sound = make_original(make_video(ana, audience="private"))

    assert browser(ben).get(f"{SOUNDS}{sound.pk}/file/").status_code == 302


# --- Films that took another's place --------------------------------------------------------------


def test_new_films_are_listed_looked_at_and_shown_with_their_video(
    desk, ana, mod, django_assert_max_num_queries
):
    video = make_video(ana)
    facts = {"video": video, "state": VideoVersion.State.CURRENT, "made_by": ana}
    for number in (2, 3):
        VideoVersion.objects.create(number=number, name=f"wide{number}.mp4", **facts)
        facts["state"] = VideoVersion.State.PAST
    newest = video.versions.get(number=2)
    path = "/admin/videos/videoversion/"

    with django_assert_max_num_queries(12):
        listed = desk.get(f"{path}?reviewed_at__isempty=1&state__exact=current").content.decode()
    assert "wide2.mp4" in listed and "wide3.mp4" not in listed
    desk.post(path, {"action": "review", "_selected_action": [str(newest.pk)]})
    newest.refresh_from_db()
    assert newest.reviewed_by == mod
    shown = desk.get(f"{VIDEOS}{video.pk}/change/").content.decode()
    assert "wide2.mp4" in shown and "wide3.mp4" in shown


def test_only_moderators_look_at_films(ana, ben):
    version = VideoVersion.objects.create(number=2, video=make_video(ana), state="current")

    with pytest.raises(PermissionDenied):
        replacing.review_version(ben, version)
