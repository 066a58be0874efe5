"""The doors of sounds: pages and REST say the same, to whoever may and to whoever may not."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Report
from chat.sharing import resolve
from tests.factories import block, follow
from tests.videos.factories import make_video, with_files
from tests.videos.sounds import make_original, make_track
from videos.models import SavedSound, Sound, Video

SOUNDS = "/api/v1/sounds/"


def address(sound: Sound, *rest: str) -> str:
    return "/".join([f"{SOUNDS}{sound.pk}", *rest, ""])


def page(sound: Sound, *rest: str) -> str:
    return "/".join([f"/sounds/{sound.pk}", *rest, ""])


@pytest.fixture
def lent(ana) -> Sound:
    return make_original(with_files(make_video(ana, lends_sound=True)))


def test_a_track_in_full(api, ben):
    track = make_track(credit="Lena", source_url="https://example.com/")

    told = api(ben).get(address(track)).json()

    assert told.pop("created_at") and told.pop("peaks")
    assert told == {
        "id": str(track.pk),
        "kind": "library",
        "title": "Paper boats",
        "artist": "Lena",
        "owner": None,
        "video": None,
        "url": f"/sounds/{track.pk}/",
        "file": f"/media/sounds/{track.pk}/sound.m4a",
        "cover": "",
        "duration_ms": 30_000,
        "mood": "calm",
        "bpm": 80,
        "licence": "CC0",
        "credit": "Lena",
        "source_url": "https://example.com/",
        "is_open": True,
        "is_saved": False,
        "use_count": 0,
        "may_use": True,
        "contains": None,
    }


def test_an_original_names_its_owner_and_video(api, ana, ben, lent):
    told = api(ben).get(address(lent)).json()

    assert (told["title"], told["artist"]) == ("Original sound", "Ana")
    assert (told["owner"]["username"], told["video"]) == ("ana", str(lent.video_id))
    assert told["cover"] == lent.video.cover_small_url


def test_the_library_is_open_signed_out_and_read_page_by_page(api, browser, client, ana):
    for number in range(3):
        make_track(f"Song {number}", use_count=number)

    first = api().get(f"{SOUNDS}?limit=2").json()
    rest = api().get(first["next"]).json()

    titles = [sound["title"] for sound in first["results"] + rest["results"]]
    assert titles == ["Song 2", "Song 1", "Song 0"] and rest["next"] is None
    assert "Song 2" in client.get("/sounds/").content.decode()
    found = api().get(f"{SOUNDS}?q=song 1&mood=calm&tempo=slow").json()["results"]
    assert [sound["title"] for sound in found] == ["Song 1"]
    assert api().get(f"{SOUNDS}?tempo=sideways").status_code == 400


def test_lists_of_ones_own(api, ben, lent):
    make_video(ben, sound=lent)
    api(ben).post(address(lent, "save"))

    for name in ("saved", "recent"):
        assert [one["id"] for one in api(ben).get(f"{SOUNDS}?list={name}").json()["results"]] == [
            str(lent.pk)
        ]
        assert api().get(f"{SOUNDS}?list={name}").json()["results"] == []


def test_rows_come_without_a_frame_for_htmx(client, db):
    make_track()

    shown = client.get("/sounds/?q=boats", headers={"HX-Request": "true"}).content.decode()

    assert "Paper boats" in shown and "<html" not in shown


@pytest.mark.parametrize("who", ["zoe", "nobody"])
def test_a_sound_one_may_not_hear_does_not_exist(api, client, ana, zoe, who):
    sound = make_original(with_files(make_video(ana, audience="friends")))
    person = zoe if who == "zoe" else None
    rest = api(person)
    if person:
        client.force_login(person)

    assert rest.get(address(sound)).status_code == 404
    assert rest.get(address(sound, "videos")).status_code == 404
    assert rest.get(f"/api/v1/videos/{sound.video_id}/sound/").status_code == 404
    for path in (page(sound), sound.file_url, f"/videos/{sound.video_id}/sound/"):
        assert client.get(path).status_code == 404
    if person:
        for verb in ("save", "use", "withdraw"):
            assert rest.post(address(sound, verb)).status_code == 404
            assert client.post(page(sound, verb)).status_code == 404
        assert rest.patch(address(sound), {"is_open": True}).status_code == 404
        assert client.post(page(sound, "lend")).status_code == 404


def test_signed_out_one_hears_and_does_nothing(api, client, lent):
    assert client.get(page(lent)).status_code == 200
    assert client.get(lent.file_url).status_code == 200
    for verb in ("save", "use", "withdraw"):
        assert api().post(address(lent, verb)).status_code == 401
        assert client.post(page(lent, verb)).status_code == 302
    assert api().patch(address(lent), {"is_open": False}).status_code == 401
    assert SavedSound.objects.count() == Video.objects.filter(state="draft").count() == 0


def test_keeping_a_sound_by_rest_and_page(api, browser, ben, lent):
    assert api(ben).post(address(lent, "save")).json()["is_saved"]
    assert not api(ben).delete(address(lent, "save")).json()["is_saved"]
    client = browser(ben)
    assert client.post(page(lent, "save")).status_code == 302
    shown = client.post(page(lent, "save"), headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in shown


def test_using_a_sound_by_rest_and_page(api, browser, ben, lent):
    told = api(ben).post(address(lent, "use"))
    assert told.status_code == 201
    assert told.json()["recipe"]["music"]["sound"] == str(lent.pk)

    answer = browser(ben).post(page(lent, "use"))
    draft = Video.objects.filter(author=ben).latest("pk")
    assert (answer.status_code, answer.url) == (302, f"/drafts/{draft.pk}/")


def test_a_closed_sound_is_refused_by_both_doors(api, browser, ana, ben, lent):
    assert api(ana).patch(address(lent), {"is_open": False}).json()["is_open"] is False

    told = api(ben).post(address(lent, "use"))
    assert (told.status_code, told.json()["code"]) == (403, "sound.closed")
    assert browser(ben).post(page(lent, "use")).status_code == 403
    assert not api(ben).get(address(lent)).json()["may_use"]
    assert "Use this sound" not in browser(ben).get(page(lent)).content.decode()


def test_the_sound_of_a_child_is_used_by_nobody(api, ana, kid):
    follow(ana, kid)
    sound = make_original(make_video(kid))

    told = api(ana).post(address(sound, "use"))

    assert (told.status_code, told.json()["code"]) == (403, "policy.R5")


def test_only_its_owner_lends_and_withdraws(api, browser, ana, ben, lent):
    assert api(ben).patch(address(lent), {"is_open": False}).status_code == 403
    assert api(ben).post(address(lent, "withdraw")).status_code == 403
    client = browser(ben)
    assert client.post(page(lent, "lend")).status_code == 403
    assert client.post(page(lent, "withdraw")).status_code == 403
    assert "This is your sound" not in client.get(page(lent)).content.decode()

    client = browser(ana)
    assert "This is your sound" in client.get(page(lent)).content.decode()
    assert client.post(page(lent, "lend")).status_code == 302
    lent.refresh_from_db()
    assert not lent.is_open
    assert api(ana).post(address(lent, "withdraw")).status_code == 204


def test_its_page_shows_the_videos_one_may_see(api, browser, ana, ben, zoe, lent):
    open_to_all = make_video(ben, sound=lent, caption="for everybody")
    make_video(ben, sound=lent, caption="for friends", audience="friends")
    own = lent.video

    shown = browser(zoe).get(page(lent)).content.decode()
    told = api(zoe).get(address(lent, "videos")).json()["results"]

    assert "for everybody" in shown and "for friends" not in shown
    assert {video["id"] for video in told} == {str(open_to_all.pk), str(own.pk)}
    assert {video["sound"] and video["sound"]["id"] for video in told} == {str(lent.pk), None}


def test_a_sound_across_a_block_is_named_nowhere(api, ana, ben, zoe, lent):
    video = make_video(ben, sound=lent)
    assert api(zoe).get(f"/api/v1/videos/{video.pk}/").json()["sound"]["artist"] == "Ana"

    block(ana, zoe)

    assert api(zoe).get(f"/api/v1/videos/{video.pk}/").json()["sound"] is None


def test_what_a_video_sounds_like(api, browser, ana, ben, lent):
    music = make_video(ben, sound=lent)
    silent = make_video(ben)

    assert api(ben).get(f"/api/v1/videos/{music.pk}/sound/").json()["id"] == str(lent.pk)
    assert api(ben).get(f"/api/v1/videos/{lent.video_id}/sound/").json()["id"] == str(lent.pk)
    assert api(ben).get(f"/api/v1/videos/{silent.pk}/sound/").status_code == 404
    assert browser(ben).get(f"/videos/{music.pk}/sound/").url == page(lent)


def test_a_clip_names_its_sound_and_leads_to_it(browser, ana, ben, lent):
    client = browser(ben)
    music = make_video(ben, sound=lent)
    silent = make_video(ben, peaks=[0, 0])

    assert page(lent) in client.get(f"/videos/{music.pk}/").content.decode()
    own = client.get(f"/videos/{lent.video_id}/").content.decode()
    assert "Original sound · Ana" in own and f"/videos/{lent.video_id}/sound/" in own
    assert 'class="clip__sound"' not in client.get(f"/videos/{silent.pk}/").content.decode()


def test_no_other_file_of_a_sound_is_served(client, lent):
    for name in ("words.raw", "..%2Fsecret", "sound.mp4"):
        assert client.get(f"/media/sounds/{lent.pk}/{name}").status_code == 404


def test_a_sound_is_shared_as_a_card_that_plays(ana, ben, zoe, lent):
    shared = resolve(ben, f"sound:{lent.pk}")
    assert shared.card is not None
    assert shared.card == lent.share_card()
    assert (shared.card["title"], shared.card["video"]) == ("Original sound", lent.file_url)

    for_friends = make_original(make_video(ana, audience="friends"))
    assert resolve(ben, f"sound:{for_friends.pk}").card is None  # each asks for it
    with pytest.raises(ValidationError):
        resolve(zoe, f"sound:{for_friends.pk}")


def test_a_sound_is_reported(api, ben, lent):
    said = {"kind": "sound", "id": str(lent.pk), "reason": "spam"}

    made = api(ben).post("/api/v1/reports/", said)

    assert made.status_code == 201
    assert Report.objects.get().evidence["sound"]["id"] == str(lent.pk)


@pytest.mark.parametrize("count", [1, 12])
def test_pages_of_sounds_cost_the_same_however_many(
    browser, api, ana, ben, lent, count, django_assert_max_num_queries
):
    for number in range(count):
        make_track(f"Song {number}")
        make_original(make_video(ana))
        make_video(ben, sound=lent)

    client = browser(ben)
    with django_assert_max_num_queries(12):
        assert client.get("/sounds/?tempo=slow").status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get(page(lent)).status_code == 200
    with django_assert_max_num_queries(6):
        assert api(ben).get(SOUNDS).status_code == 200
