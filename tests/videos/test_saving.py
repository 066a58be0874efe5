"""What people keep: saved videos, collections alone and with friends, reposts, history."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from accounts.errors import Refused
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video
from tests.videos.watching import watch
from videos import actions
from videos.models import Collection, Video


@pytest.fixture
def walk_video(zoe) -> Video:
    return make_video(zoe, caption="a walk")


@pytest.fixture
def lakes(ana) -> Collection:
    return actions.make_collection(ana, name="Lakes")


def titles(client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return [each["caption"] for each in answer.json()["results"]]


def fresh(row):
    row.refresh_from_db()
    return row


# --- Saved videos ---------------------------------------------------------------------------------


def test_a_video_is_saved_once_and_let_go_once(api, ana, walk_video):
    path = f"/api/v1/videos/{walk_video.pk}/saved/"

    for _again in range(2):
        saved = api(ana).post(path).json()
    assert (saved["is_saved"], saved["save_count"]) == (True, 1)
    assert titles(api(ana), "/api/v1/me/saved/") == ["a walk"]

    for _again in range(2):
        gone = api(ana).delete(path).json()
    assert (gone["is_saved"], gone["save_count"]) == (False, 0)
    assert titles(api(ana), "/api/v1/me/saved/") == []


def test_saved_and_liked_are_nobody_elses(api, ana, ben, walk_video):
    actions.save_video(ana, walk_video)
    actions.like(ana, walk_video)

    assert titles(api(ana), "/api/v1/me/liked/") == ["a walk"]
    for path in ("/api/v1/me/saved/", "/api/v1/me/liked/"):
        assert titles(api(ben), path) == []
        assert api().get(path).status_code == 401


def test_what_one_may_no_longer_see_is_not_listed(api, ana, zoe, walk_video):
    actions.save_video(ana, walk_video)
    block(zoe, ana)

    assert titles(api(ana), "/api/v1/me/saved/") == []
    with pytest.raises(Http404):
        actions.save_video(ana, walk_video)


# --- Collections ----------------------------------------------------------------------------------


def test_a_collection_fills_and_its_newest_is_the_cover(api, ana, zoe, lakes):
    first, second = make_video(zoe, caption="first"), make_video(zoe, caption="second")

    for video in (first, second, second):
        actions.put_in(ana, lakes, video)

    assert (fresh(lakes).video_count, lakes.cover) == (2, second)
    assert titles(api(ana), f"/api/v1/collections/{lakes.pk}/videos/") == ["second", "first"]
    assert titles(api(ana), "/api/v1/me/saved/") == ["second", "first"]


def test_what_is_taken_out_stays_saved_and_what_is_let_go_leaves(ana, walk_video, lakes):
    actions.put_in(ana, lakes, walk_video)
    actions.take_out(ana, lakes, walk_video)
    assert (fresh(lakes).video_count, lakes.cover) == (0, None)
    assert ana.saved_videos.count() == 1

    actions.put_in(ana, lakes, walk_video)
    actions.unsave_video(ana, walk_video)
    assert fresh(lakes).video_count == 0


def test_a_private_collection_is_there_for_its_owner_alone(api, ana, ben, lakes):
    path = f"/api/v1/collections/{lakes.pk}/"

    assert api(ana).get(path).status_code == 200
    assert api(ben).get(path).status_code == api().get(path).status_code == 404


def test_a_public_one_is_there_for_who_sees_its_owner(api, ana, ben, zoe, lakes):
    actions.change_collection(ana, lakes, is_public=True)
    path = f"/api/v1/collections/{lakes.pk}/"
    assert api().get(path).status_code == api(zoe).get(path).status_code == 200

    ana.is_private = True
    ana.save()
    assert api(ben).get(path).status_code == 200  # he follows her
    assert api().get(path).status_code == api(zoe).get(path).status_code == 404


def test_a_collection_shows_each_viewer_what_they_may_watch(api, ana, ben, zoe, lakes):
    actions.change_collection(ana, lakes, is_public=True)
    for audience in (Video.Audience.PUBLIC, Video.Audience.FRIENDS):
        actions.put_in(ana, lakes, make_video(ana, caption=audience, audience=audience))
    path = f"/api/v1/collections/{lakes.pk}/videos/"

    assert titles(api(ben), path) == ["friends", "public"]
    assert titles(api(zoe), path) == titles(api(), path) == ["public"]


def test_friends_who_are_let_in_add_and_take_out_their_own(ana, ben, zoe, walk_video, lakes):
    others = make_video(zoe, caption="another")
    actions.put_in(ana, lakes, others)
    with pytest.raises(Http404):
        actions.put_in(ben, lakes, walk_video)

    actions.let_in(ana, lakes, [ben])
    actions.put_in(ben, lakes, walk_video)
    actions.take_out(ben, lakes, walk_video)
    with pytest.raises(PermissionDenied):
        actions.take_out(ben, lakes, others)

    actions.let_go(ben, lakes, ben)
    with pytest.raises(Http404):
        actions.put_in(ben, lakes, walk_video)


def test_only_friends_are_let_in(ana, zoe, lakes):
    with pytest.raises(Refused) as refusal:
        actions.let_in(ana, lakes, [zoe])
    assert refusal.value.code == "collection.friends_only"


def test_only_the_owner_runs_a_collection(ana, ben, zoe, lakes):
    actions.let_in(ana, lakes, [ben])

    for verb in (
        lambda: actions.change_collection(ben, lakes, name="Mine"),
        lambda: actions.delete_collection(ben, lakes),
        lambda: actions.let_in(ben, lakes, [zoe]),
        lambda: actions.let_go(ben, lakes, ana),
    ):
        with pytest.raises(PermissionDenied):
            verb()


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "name.blank"), ("x" * 61, "collection.too_long")]
)
def test_a_bad_name_says_why(api, ana, name, code):
    answer = api(ana).post("/api/v1/collections/", {"name": name})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == code


def test_collections_have_limits(ana, zoe, lakes, monkeypatch):
    monkeypatch.setattr(Collection, "MOST_VIDEOS", 1)
    monkeypatch.setattr(Collection, "MOST", 1)
    monkeypatch.setattr(Collection, "MOST_PEOPLE", 1)
    actions.put_in(ana, lakes, make_video(zoe))
    friends = [make_user() for _each in range(2)]
    for friend in friends:
        befriend(ana, friend)

    for code, verb in {
        "collection.full": lambda: actions.put_in(ana, lakes, make_video(zoe)),
        "collection.too_many": lambda: actions.make_collection(ana, name="More"),
        "collection.too_many_people": lambda: actions.let_in(ana, lakes, friends),
    }.items():
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.code == code
    assert lakes.members.count() == 0


def test_a_collection_lives_through_rest(api, ana, ben, walk_video):
    client = api(ana)
    made = client.post("/api/v1/collections/", {"name": "Lakes", "is_public": True}).json()
    path = f"/api/v1/collections/{made['id']}/"
    assert (made["name"], made["is_mine"], made["may_add"]) == ("Lakes", True, True)

    assert client.put(f"{path}videos/{walk_video.pk}/").status_code == 204
    assert client.patch(path, {"name": "Seas"}).json()["name"] == "Seas"
    assert client.post(f"{path}people/", {"usernames": ["ben"]}).status_code == 204
    shown = api(ben).get(path).json()
    assert (shown["video_count"], shown["is_mine"], shown["may_add"]) == (1, False, True)
    assert client.delete(f"{path}people/ben/").status_code == 204
    assert client.delete(f"{path}videos/{walk_video.pk}/").status_code == 204
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_of_collections_costs_the_same_however_long(
    api, ana, zoe, count, django_assert_num_queries
):
    for number in range(count):
        held = actions.make_collection(ana, name=f"number {number}")
        actions.put_in(ana, held, make_video(zoe))

    with django_assert_num_queries(3):
        answer = api(ana).get("/api/v1/collections/")
    assert len(answer.json()["results"]) == count


# --- Reposts --------------------------------------------------------------------------------------


def test_a_repost_shows_on_the_profile_and_is_taken_back(api, ana, ben, walk_video):
    path = f"/api/v1/videos/{walk_video.pk}/repost/"

    assert api(ana).post(path).json()["repost_count"] == 1
    assert titles(api(ben), "/api/v1/users/ana/reposts/") == ["a walk"]

    assert api(ana).delete(path).json()["repost_count"] == 0
    assert titles(api(ben), "/api/v1/users/ana/reposts/") == []


def test_only_what_everybody_sees_is_reposted_and_not_ones_own(api, ana, ben):
    own = make_video(ana)
    follow(ana, ben)
    narrow = make_video(ben, audience=Video.Audience.FOLLOWERS)

    for video, code in ((own, "repost.own"), (narrow, "repost.not_public")):
        answer = api(ana).post(f"/api/v1/videos/{video.pk}/repost/")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, code)


# --- History --------------------------------------------------------------------------------------


def test_history_is_cleared_paused_and_forgets_one(api, ana, zoe):
    videos = [make_video(zoe, caption=f"clip {number}") for number in range(3)]
    for video in videos:
        watch(ana, video)
    assert titles(api(ana), "/api/v1/me/history/") == ["clip 2", "clip 1", "clip 0"]

    assert api(ana).delete(f"/api/v1/me/history/{videos[1].pk}/").status_code == 204
    assert titles(api(ana), "/api/v1/me/history/") == ["clip 2", "clip 0"]

    assert api(ana).put("/api/v1/me/history/setting/", {"is_paused": True}).json() == {
        "is_paused": True
    }
    watch(ana, videos[1])
    assert titles(api(ana), "/api/v1/me/history/") == ["clip 2", "clip 0"]

    assert api(ana).delete("/api/v1/me/history/").status_code == 204
    assert titles(api(ana), "/api/v1/me/history/") == []
    actions.pause_history(ana, paused=False)
    watch(ana, videos[1])
    assert titles(api(ana), "/api/v1/me/history/") == ["clip 1"]


def test_a_bad_collection_name_is_kept_out_by_the_verb_too(ana):
    with pytest.raises(ValidationError):
        actions.make_collection(ana, name="\u200b")


# --- Pages ----------------------------------------------------------------------------------------


def shown(client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_saving_in_the_page_offers_the_collections(browser, ana, walk_video, lakes):
    viewer = browser(ana)

    saved = viewer.post(f"/videos/{walk_video.pk}/save/", headers={"HX-Request": "true"})
    assert "Saved, 1 so far: choose a collection" in saved.content.decode()
    assert "kept" in saved["HX-Trigger"]

    keep = f"/videos/{walk_video.pk}/keep/"
    assert "Lakes" in shown(viewer, keep)
    viewer.post(keep, {"do": "put_in", "collection": lakes.pk})
    assert fresh(lakes).video_count == 1
    viewer.post(keep, {"do": "take_out", "collection": lakes.pk})
    assert fresh(lakes).video_count == 0
    viewer.post(keep, {"do": "make", "name": "Seas"})
    assert ana.collections.get(name="Seas").video_count == 1
    viewer.post(keep, {"do": "unsave"})
    assert ana.saved_videos.count() == 0


def test_a_refused_name_stays_in_its_field(browser, ana, walk_video):
    viewer = browser(ana)

    for path, form in (
        (f"/videos/{walk_video.pk}/keep/", {"do": "make", "name": "x" * 61}),
        ("/collections/", {"name": "x" * 61}),
    ):
        refused = viewer.post(path, form)
        assert refused.status_code == 422
        assert "x" * 61 in refused.content.decode()
        assert "60 characters" in refused.content.decode()


def test_a_collection_is_run_on_its_page(browser, ana, ben, walk_video, lakes):
    actions.put_in(ana, lakes, walk_video)
    viewer, path = browser(ana), f"/collections/{lakes.pk}/"
    assert "Shuffle" in shown(viewer, path)

    viewer.post(path, {"do": "change", "name": "Seas", "is_public": "on"})
    viewer.post(path, {"do": "let_in", "username": "ben"})
    assert (fresh(lakes).name, lakes.is_public, lakes.members.count()) == ("Seas", True, 1)
    assert "Seas" in shown(viewer, "/@ana/?tab=collections")
    viewer.post(path, {"do": "let_go", "username": "ben"})
    viewer.post(path, {"do": "take_out", "video": walk_video.pk})
    assert (lakes.members.count(), fresh(lakes).video_count) == (0, 0)
    assert viewer.post(path, {"do": "delete"}).status_code == 302
    shown(viewer, path, 404)


def test_who_may_only_look_changes_nothing(browser, ana, zoe, lakes):
    actions.change_collection(ana, lakes, is_public=True)
    viewer, path = browser(zoe), f"/collections/{lakes.pk}/"

    for form in ({"do": "change", "name": "Mine"}, {"do": "delete"}, {"do": "let_in"}):
        assert viewer.post(path, form).status_code in {403, 404}
    assert fresh(lakes).name == "Lakes"


def test_history_is_run_on_its_page(browser, ana, walk_video):
    viewer = browser(ana)
    watch(ana, walk_video)
    assert str(walk_video.pk) in shown(viewer, "/history/")

    viewer.post("/history/", {"do": "forget", "video": walk_video.pk})
    assert str(walk_video.pk) not in shown(viewer, "/history/")
    viewer.post("/history/", {"do": "pause"})
    assert "Keep history again" in shown(viewer, "/history/")
    viewer.post("/history/", {"do": "resume"})
    viewer.post("/history/", {"do": "clear"})
    assert viewer.post("/history/", {"do": "burn"}).status_code == 404


def test_the_profile_has_a_tab_for_each_kind(browser, ana, ben, walk_video):
    actions.repost(ana, walk_video)
    actions.like(ana, walk_video)

    own = browser(ana)
    assert str(walk_video.pk) in shown(own, "/@ana/?tab=reposts")
    assert str(walk_video.pk) in shown(own, "/@ana/?tab=liked")
    other = browser(ben)
    assert str(walk_video.pk) in shown(other, "/@ana/?tab=reposts")
    assert str(walk_video.pk) not in shown(other, "/@ana/?tab=liked")


@pytest.mark.parametrize(
    "path", ["/saved/", "/collections/", "/history/", "/videos/{}/keep/", "/settings/comments/"]
)
def test_signed_out_people_are_asked_to_sign_in(client, walk_video, path):
    answer = client.get(path.format(walk_video.pk))

    assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)
