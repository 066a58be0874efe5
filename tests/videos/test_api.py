"""The REST door of videos."""

import pytest

from tests.factories import befriend, block, make_user
from tests.videos.factories import make_video, upload_of, with_files
from tests.videos.films import lasting
from videos import actions
from videos.models import Comment, Video

VIDEOS = "/api/v1/videos/"


def address(video, *rest: str) -> str:
    return "/".join([f"{VIDEOS}{video.pk}", *rest, ""])


def problem(response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def send(client, path, **fields):
    return client.post(VIDEOS, {"file": upload_of(path), **fields}, format="multipart")


# --- Uploading ------------------------------------------------------------------------------------


def test_an_upload_is_followed_until_it_plays(api, browser, ana, walk):
    response = send(api(ana), walk, caption="out early #slow", audience="friends")

    assert response.status_code == 201
    told = response.json()
    assert (told["state"], told["caption"], told["hashtags"]) == (
        "processing",
        "out early #slow",
        ["slow"],
    )
    assert (told["renditions"], told["failure"], told["cover"]) == ([], None, "")

    actions.process_video(told["id"])
    told = api(ana).get(f"{VIDEOS}{told['id']}/").json()
    assert told["state"] == "published"
    assert {rendition["kind"] for rendition in told["renditions"]} == {"720"}  # plays at once

    actions.make_extras_of(told["id"])
    told = api(ana).get(f"{VIDEOS}{told['id']}/").json()
    assert {rendition["kind"] for rendition in told["renditions"]} == {"720", "360", "loop"}
    for url in [told["cover"], told["strip"], *(one["url"] for one in told["renditions"])]:
        assert browser(ana).get(url).status_code == 200


def test_no_upload_without_signing_in(api, db, walk):
    assert problem(send(api(), walk)) == (401, "not_authenticated")


def test_no_upload_without_a_file(api, ana):
    response = api(ana).post(VIDEOS, {"caption": "hm"}, format="multipart")

    assert problem(response) == (400, "required")
    assert response.json()["errors"][0]["field"] == "file"


def test_words_named_mp4_are_refused(api, ana, tmp_path):
    path = tmp_path / "walk.mp4"
    path.write_text("this is not a film")

    response = send(api(ana), path)

    assert problem(response) == (400, "video.type")
    assert response.json()["detail"] == (
        "This is not a video we can read. Choose an MP4, MOV or WebM file."
    )


def test_too_large_a_file_is_refused(api, ana, walk, settings):
    settings.VIDEO_MAX_BYTES = 100

    assert problem(send(api(ana), walk)) == (400, "video.too_large")


@pytest.mark.parametrize(
    ("hours", "expected"), [(4, ("failed", "video.too_long")), (0.01, ("published", ""))]
)
def test_four_hours_are_too_long(api, ana, tmp_path, hours, expected):
    path = lasting(tmp_path / "long.mp4", hours)

    video = Video.objects.get(pk=send(api(ana), path).json()["id"])
    actions.process_video(video.pk)

    told = api(ana).get(address(video)).json()
    assert (told["state"], (told["failure"] or {"code": ""})["code"]) == expected


def test_a_failed_video_is_tried_again(api, ana, ben):
    video = make_video(ana, state="failed", failure_code="video.encode_failed")

    told = api(ana).get(address(video)).json()
    assert told["failure"] == {
        "code": "video.encode_failed",
        "detail": "We could not prepare this video. Try again in a moment.",
    }
    assert api(ben).post(address(video, "retry")).status_code == 404
    assert api(ana).post(address(video, "retry")).json()["state"] == "processing"


# --- One video ------------------------------------------------------------------------------------


def test_a_video_in_full(api, ana, ben):
    video = with_files(make_video(ana, caption="hi #sun", alt_text="A meadow"))
    actions.like(ben, video)

    told = api(ben).get(address(video)).json()

    assert told.pop("created_at") and told.pop("published_at")
    renditions = {rendition.pop("kind"): rendition for rendition in told.pop("renditions")}
    assert renditions["360"] == {
        "url": f"/media/videos/{video.pk}/360.mp4",
        "width": 360,
        "height": 640,
        "size": 2048,
    }
    assert told == {
        "id": str(video.pk),
        "author": ana.card(),
        "caption": "hi #sun",
        "blocked_hosts": [],
        "alt_text": "A meadow",
        "audience": "public",
        "state": "published",
        "failure": None,
        "url": f"/videos/{video.pk}/",
        "duration_ms": 31_000,
        "width": 720,
        "height": 1280,
        "cover": f"/media/videos/{video.pk}/cover.jpg",
        "strip": f"/media/videos/{video.pk}/strip.jpg",
        "peaks": [1, 100],
        "hashtags": ["sun"],
        "like_count": 1,
        "comment_count": 0,
        "share_count": 0,
        "view_count": 0,
        "is_liked": True,
        "sound": None,
        "sound_start_ms": 0,
        "is_silenced": False,
        "lends_sound": False,
        "made_with": None,
        "co_creators": [],
        "subtitles": [],
        "is_ai_made": False,
        "is_paid_partnership": False,
        "is_sensitive": False,
        "revised_at": None,
    }


def test_a_strangers_private_video_does_not_exist(api, ana, zoe):
    video = with_files(make_video(ana, audience="friends"))

    for client in (api(zoe), api()):
        assert problem(client.get(address(video))) == (404, "not_found")
        assert problem(client.get(address(video, "comments"))) == (404, "not_found")
        assert client.get(video.cover_url).status_code == 404
    for path in (address(video, "like"), address(video, "comments")):
        assert problem(api(zoe).post(path, {"body": "hi"})) == (404, "not_found")
    for verb in (api(zoe).patch, api(zoe).delete):
        assert problem(verb(address(video))) == (404, "not_found")


def test_its_author_edits_it(api, ana, ben):
    video = make_video(ana)

    changed = api(ana).patch(address(video), {"caption": "new #words", "like_count": 99})

    assert (changed.json()["caption"], changed.json()["like_count"]) == ("new #words", 0)
    assert changed.json()["hashtags"] == ["words"]
    assert problem(api(ana).patch(address(video), {"audience": "enemies"})) == (
        400,
        "invalid_choice",
    )
    assert problem(api(ana).patch(address(video), {"caption": "x" * 2201}))[0] == 400
    assert problem(api(ben).patch(address(video), {"caption": "mine"})) == (
        403,
        "permission_denied",
    )


def test_its_author_deletes_it(api, ana, ben):
    video = make_video(ana)

    assert problem(api(ben).delete(address(video))) == (403, "permission_denied")
    assert api(ana).delete(address(video)).status_code == 204
    assert problem(api(ana).get(address(video))) == (404, "not_found")


# --- Answering ------------------------------------------------------------------------------------


def test_a_heart_comes_and_goes(api, ana, ben):
    video = make_video(ana)

    for _ in range(2):
        given = api(ben).post(address(video, "like")).json()
        assert given == {"like_count": 1, "is_liked": True}
    for _ in range(2):
        taken = api(ben).delete(address(video, "like")).json()
        assert taken == {"like_count": 0, "is_liked": False}
    assert problem(api().post(address(video, "like"))) == (401, "not_authenticated")


def test_comments_are_written_answered_and_read(api, ana, ben):
    video = make_video(ana)
    path = address(video, "comments")

    first = api(ben).post(path, {"body": "where is this?"})
    answer = api(ana).post(path, {"body": "behind the mill", "parent": first.json()["id"]})

    assert (first.status_code, answer.status_code) == (201, 201)
    listed = api().get(path).json()["results"]
    assert [(one["body"], one["author"]["username"], one["parent"]) for one in listed] == [
        ("behind the mill", "ana", first.json()["id"]),
        ("where is this?", "ben", None),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "comment.empty"), ("  ", "comment.empty"), ("x" * 1001, "comment.too_long")],
)
def test_a_comment_says_something_short(api, ana, body, code):
    response = api(ana).post(address(make_video(ana), "comments"), {"body": body})

    assert problem(response) == (400, code)


def test_a_comment_under_the_youngest_is_for_friends(api, kid, ben, zoe):
    video = make_video(kid)
    befriend(ben, kid)
    Video.objects.update(audience="public")
    kid.is_private = False
    kid.save()

    assert problem(api(zoe).post(address(video, "comments"), {"body": "hi"})) == (403, "policy.R5")
    assert api(ben).post(address(video, "comments"), {"body": "hi"}).status_code == 201


def test_a_comment_is_deleted_by_its_author_or_the_videos(api, ana, ben, zoe):
    comment = actions.add_comment(ben, make_video(ana), body="hi")
    path = f"/api/v1/comments/{comment.pk}/"

    assert problem(api(zoe).delete(path)) == (403, "permission_denied")
    assert api(ana).delete(path).status_code == 204
    assert not Comment.objects.exists()
    assert problem(api(ana).delete(path)) == (404, "not_found")


# --- Lists ----------------------------------------------------------------------------------------


def test_the_feed_is_read_page_by_page_signed_in_or_out(api, ana, zoe):
    for number in range(12):
        with_files(make_video(zoe, caption=str(number), hours=number))

    for client in (api(ana), api()):
        first = client.get("/api/v1/feed/").json()
        second = client.get("/api/v1/feed/", {"cursor": first["next"]}).json()
        found = [item["video"]["caption"] for item in first["results"] + second["results"]]
        assert sorted(found, key=int) == [str(number) for number in range(12)]
        assert second["next"] is None
        assert first["results"][0]["reason"].startswith("New")


def test_the_feed_refuses_what_it_does_not_know(api, ana):
    assert problem(api(ana).get("/api/v1/feed/?cursor=x")) == (400, "cursor.invalid")
    assert problem(api(ana).get("/api/v1/feed/?tab=enemies")) == (400, "feed.tab")


def test_the_feed_costs_the_same_however_many_videos(api, ana, zoe, django_assert_max_num_queries):
    for _ in range(6):
        with_files(make_video(zoe, caption="#one #two"))

    api(ana).get("/api/v1/feed/")  # the first slate of all is filled while she waits

    with django_assert_max_num_queries(11):  # four of them ask for more, for little is left
        assert len(api(ana).get("/api/v1/feed/").json()["results"]) == 6


def test_a_persons_videos_as_the_asking_person_may_see_them(api, ana, ben, zoe):
    make_video(ana, caption="old", hours=2)
    make_video(ana, caption="for friends", audience="friends", hours=1)
    make_video(ana, caption="not ready", state="processing")

    def listed(client):
        return [one["caption"] for one in client.get("/api/v1/users/ana/videos/").json()["results"]]

    assert listed(api(ana)) == ["not ready", "for friends", "old"]
    assert listed(api(ben)) == ["for friends", "old"]
    assert listed(api(zoe)) == listed(api()) == ["old"]
    block(ana, zoe)
    assert problem(api(zoe).get("/api/v1/users/ana/videos/")) == (404, "not_found")


def test_a_moderators_door_is_not_this_one(api, ana, mod):
    video = make_video(make_user("mei"), audience="private")

    assert problem(api(mod).get(address(video))) == (404, "not_found")
