"""Who may watch, who may do what with it, and what authors change after posting."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions as people
from accounts.errors import Refused
from accounts.models import OutboxJob, User
from accounts.policy import Refusal
from chat import sharing
from tests.factories import befriend, block, follow, make_user, years_ago
from tests.rules import rule
from tests.videos.factories import make_video, upload_of, with_files
from videos import actions, reading, rights
from videos.actions import collecting, defaults, drafts, remixing, removing
from videos.models import Collection, Sound, Video, VideoSettings

NOBODY = AnonymousUser()
CIRCLES = ["everyone", "followers", "friends", "no_one"]


def refusal(act: Callable[[], Any]) -> str:
    """The code with which it is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def invalid(act: Callable[[], Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        act()
    errors = refused.value.error_dict if hasattr(refused.value, "error_dict") else {}
    return str(next((e[0].code for e in errors.values()), None) or refused.value.code)


def code_of(refusal: Refusal | None) -> str:
    return refusal.code if refusal else ""


def sees(viewer: Any, video: Video) -> bool:
    return Video.objects.visible_to(viewer).filter(pk=video.pk).exists()


@pytest.fixture
def ida(ana) -> User:
    """A friend whom Ana does not choose."""
    ida = make_user("ida")
    befriend(ana, ida)
    return ida


@pytest.fixture
def fay(ana) -> User:
    """She follows Ana, who does not follow her."""
    fay = make_user("fay")
    follow(fay, ana)
    return fay


@pytest.fixture
def cast(ana, ben, ida, fay, zoe) -> dict[str, Any]:
    out = make_user("out")
    block(ana, out)
    young = make_user("young", age=15)
    befriend(ana, young)
    return {
        "ana": ana,
        "ben": ben,
        "ida": ida,
        "fay": fay,
        "zoe": zoe,
        "out": out,
        "young": young,
        "nobody": NOBODY,
    }


# --- Audience x viewer x surface ------------------------------------------------------------------

WATCHES = {
    "public": {"ben", "ida", "young", "fay", "zoe", "nobody"},
    "followers": {"ben", "ida", "young", "fay"},
    "friends": {"ben", "ida", "young"},
    "chosen": {"ben"},
    "private": set(),
    "sensitive": {"ben", "ida", "fay", "zoe"},
}


def client_of(viewer: Any) -> Client:
    client = Client()
    if viewer.is_authenticated:
        client.force_login(viewer)
    return client


def api_of(viewer: Any) -> APIClient:
    client = APIClient()
    if viewer.is_authenticated:
        client.force_authenticate(viewer)
    return client


def page(viewer: Any, video: Video) -> bool:
    return client_of(viewer).get(f"/videos/{video.pk}/").status_code == 200


def file(viewer: Any, video: Video) -> bool:
    return client_of(viewer).get(video.large_url).status_code == 200


def profile(viewer: Any, video: Video) -> bool:
    shown = client_of(viewer).get(f"/@{video.author.username}/")
    return f"/videos/{video.pk}/" in shown.content.decode()


def rest(viewer: Any, video: Video) -> bool:
    return api_of(viewer).get(f"/api/v1/videos/{video.pk}/").status_code == 200


def rest_list(viewer: Any, video: Video) -> bool:
    told = api_of(viewer).get(f"/api/v1/users/{video.author.username}/videos/").json()
    return str(video.pk) in {one["id"] for one in told.get("results", ())}


def topic(viewer: Any, video: Video) -> bool:
    return f"/videos/{video.pk}/" in client_of(viewer).get("/tags/rights/").content.decode()


def search(viewer: Any, video: Video) -> bool:
    from videos.search import find, indexing

    indexing.catch_up()
    return video in find(viewer, "unheardof").videos


def sound_grid(viewer: Any, video: Video) -> bool:
    shown = client_of(viewer).get(f"/sounds/{video.sound_id}/")
    return f"/videos/{video.pk}/" in shown.content.decode()


def feed_page(viewer: Any, video: Video) -> bool:
    if viewer.is_authenticated:
        actions.fill_slate(viewer)
    return video in [item.video for item in actions.feed_page(viewer).items]


def collection(viewer: Any, video: Video) -> bool:
    held = Collection.objects.get(name="all")
    return held.videos_for(viewer).filter(pk=video.pk).exists()


def card(viewer: Any, video: Video) -> bool:
    try:
        return sharing.resolve(viewer, f"video:{video.pk}").thing == video
    except ValidationError:
        return False


def prepared(viewer: Any, video: Video) -> bool:
    return video.pk in reading.shown(viewer, [video.pk])


SURFACES = (
    *(page, file, profile, rest, rest_list, topic, search, sound_grid, feed_page, collection),
    *(card, prepared),
)


@pytest.fixture
def filmed(ana, ben) -> Callable[[str], Video]:
    """`filmed("chosen")`: Ana's video for that audience, on every surface there is."""

    def film(kind: str) -> Video:
        sound = Sound.objects.create(kind="library", title="Tide", file="t.m4a", duration_ms=9000)
        audience = "public" if kind == "sensitive" else kind
        video = with_files(
            make_video(ana, caption="unheardof #rights", audience=audience, sound=sound)
        )
        if kind == "sensitive":
            actions.edit_video(ana, video, is_sensitive=True)
        video.chosen.add(ben)
        held = Collection.objects.create(owner=ana, name="all", is_public=True)
        collecting.put_in(ana, held, video)
        video.refresh_from_db()
        return video

    return film


@pytest.mark.parametrize("kind", WATCHES)
def test_everybody_watches_what_is_for_them_wherever_it_stands(filmed, cast, kind):
    video = filmed(kind)
    viewers = {name: viewer for name, viewer in cast.items() if name != "ana"}

    shown = {
        surface.__name__: {name for name, viewer in viewers.items() if surface(viewer, video)}
        for surface in SURFACES
    }

    assert shown == {surface.__name__: WATCHES[kind] for surface in SURFACES}


@pytest.mark.parametrize("kind", WATCHES)
def test_an_author_watches_their_own_whatever_they_chose(filmed, ana, kind):
    assert sees(ana, filmed(kind))


# --- Chosen friends -------------------------------------------------------------------------------


def test_only_friends_are_chosen_a_hundred_at_most(ana, ben, fay, zoe):
    video = make_video(ana)

    for person in (fay, zoe):
        edit = partial(actions.edit_video, ana, video, chosen=[ben, person])
        assert refusal(edit) == "chosen.friends_only"
    many = [User(username=str(number)) for number in range(101)]
    assert invalid(lambda: actions.edit_video(ana, video, chosen=many)) == "chosen.too_many"
    assert not video.chosen.exists()


def test_a_video_for_chosen_friends_needs_one(ana, ben):
    video, draft = make_video(ana), drafts.begin_draft(ana, audience="chosen")

    assert invalid(lambda: actions.edit_video(ana, video, audience="chosen")) == "chosen.nobody"
    assert not sees(ben, draft)
    actions.edit_video(ana, video, audience="chosen", chosen=[ben])
    assert sees(ben, video)
    assert invalid(lambda: actions.edit_video(ana, video, chosen=[])) == "chosen.nobody"


@pytest.mark.parametrize("part", [people.unfollow, people.remove_follower, people.block])
@pytest.mark.parametrize("by_author", [True, False])
def test_who_is_no_friend_any_more_leaves_the_list_for_good(ana, ben, part, by_author):
    video = make_video(ana, audience="chosen")
    video.chosen.add(ben)

    part(*((ana, ben) if by_author else (ben, ana)))

    assert not video.chosen.exists()
    assert not sees(ben, video)
    people.unblock(ana, ben)
    befriend(ana, ben)
    assert not sees(ben, video)


def test_others_stay_chosen(ana, ben, ida):
    video = make_video(ana, audience="chosen")
    video.chosen.set([ben, ida])

    people.unfollow(ana, ben)

    assert list(video.chosen.all()) == [ida]


# --- What others do -------------------------------------------------------------------------------

MAY = {
    "everyone": {"ben", "fay", "zoe"},
    "followers": {"ben", "fay"},
    "friends": {"ben"},
    "no_one": set(),
}
REFUSALS = {
    "comments_by": rights.comment_refusal,
    "duets_by": rights.duet_refusal,
    "stitches_by": rights.stitch_refusal,
    "downloads_by": rights.download_refusal,
}


@pytest.mark.parametrize("circle", MAY)
@pytest.mark.parametrize("name", REFUSALS)
def test_those_do_it_whom_the_author_lets(ana, ben, fay, zoe, name, circle):
    video = make_video(ana, **{name: circle})
    viewers = {"ben": ben, "fay": fay, "zoe": zoe}

    allowed = {who for who, one in viewers.items() if REFUSALS[name](one, video) is None}

    assert allowed == MAY[circle]
    assert REFUSALS[name](ana, video) is None


def test_what_is_closed_is_refused_by_its_verb(api, ana, ben, zoe):
    video = make_video(ana, comments_by="friends", duets_by="no_one", stitches_by="no_one")

    assert refusal(lambda: actions.add_comment(zoe, video, body="hi")) == "policy.R5"
    assert refusal(lambda: remixing.begin_duet(ben, video)) == "policy.R5"
    assert refusal(lambda: remixing.begin_stitch(ben, video, in_ms=0, out_ms=4000)) == "policy.R5"
    assert api(ben).get(f"/api/v1/videos/{video.pk}/rights/").json() == {
        "may_comment": True,
        "may_duet": False,
        "may_stitch": False,
        "may_download": True,
    }


def test_the_drawer_says_who_comments(browser, ana, zoe):
    video = make_video(ana, comments_by="no_one")

    shown = browser(zoe).get(f"/videos/{video.pk}/").content.decode()

    assert "Comments are turned off here." in shown
    assert 'name="body"' not in shown


def test_only_what_everybody_watches_is_taken_along(ana, ben):
    video = make_video(ana, audience="friends")

    assert code_of(rights.download_refusal(ben, video)) == "remix.audience"
    assert rights.may_download(ana, video)


def test_a_duet_is_downloaded_where_both_authors_let(ana, ben, zoe):
    mine = make_video(ana, downloads_by="no_one")
    duet = make_video(ben, parent=mine, parent_kind="duet")

    assert code_of(rights.download_refusal(zoe, duet)) == "policy.R5"
    mine.downloads_by = "everyone"
    mine.save()
    assert rights.may_download(zoe, Video.objects.get(pk=duet.pk))


# --- What age and privacy lock (R5, R10) ----------------------------------------------------------

BEGINNINGS = {
    14: ("friends", "no_one", "no_one", "no_one"),
    16: ("everyone", "friends", "friends", "no_one"),
    25: ("everyone", "everyone", "everyone", "everyone"),
}


@pytest.mark.parametrize("age", BEGINNINGS)
def test_r5_videos_begin_as_is_right_at_that_age(db, age):
    draft = drafts.begin_draft(make_user(age=age))

    assert tuple(draft.permissions.values()) == BEGINNINGS[age]


def test_r10_a_birthday_loosens_nothing(db):
    teen = make_user(age=17)
    User.objects.filter(pk=teen.pk).update(
        birth_date=years_ago(19), date_joined=timezone.now() - timedelta(days=3 * 365)
    )
    grown = User.objects.get(pk=teen.pk)

    assert grown.age == 19
    assert defaults.video_settings_of(grown).duets_by == "friends"


@pytest.mark.parametrize(
    ("age", "is_private", "name", "open_to"),
    [
        (14, True, "comments_by", ["friends", "no_one"]),
        (14, True, "duets_by", ["no_one"]),
        (14, True, "downloads_by", ["no_one"]),
        (16, False, "comments_by", CIRCLES),
        (16, False, "stitches_by", CIRCLES),
        (16, True, "stitches_by", ["no_one"]),
        (25, False, "downloads_by", CIRCLES),
        (25, True, "duets_by", ["no_one"]),
        (25, True, "comments_by", CIRCLES),
    ],
)
def test_r5_locks_what_age_and_privacy_lock(db, age, is_private, name, open_to):
    author = make_user(age=age, is_private=is_private)
    closed: Any = {name: "no_one"}
    video = make_video(author, **closed)

    for circle in open_to:
        wish: Any = {name: circle}
        assert getattr(actions.edit_video(author, video, **wish), name) == circle
    for circle in set(CIRCLES) - set(open_to):
        edit = partial(actions.edit_video, author, video, **closed | {name: circle})
        assert refusal(edit) == "policy.R5"
    assert bool(rights.permission_lock(author, name)) == (open_to != CIRCLES)


def test_r5_a_private_account_closes_what_was_open_and_forgets_no_wish(api, ana, ben):
    video = make_video(ana, duets_by="everyone", downloads_by="everyone")

    ana.is_private = True
    ana.save()
    video = Video.objects.get(pk=video.pk)

    assert code_of(rights.duet_refusal(ben, video)) == "policy.R5"
    assert code_of(rights.download_refusal(ben, video)) == "policy.R5"
    told = api(ana).get(f"/api/v1/videos/{video.pk}/").json()
    assert told["locks"]["duets_by"] == "Not while your account is private."
    assert told["duets_by"] == "everyone"


def test_r5_under_a_video_of_a_child_friends_comment_whatever_is_stored(kid, ben, zoe):
    befriend(kid, ben)
    video = make_video(kid, comments_by="everyone")

    assert rights.comment_refusal(ben, video) is None
    assert code_of(rights.comment_refusal(zoe, video)) == "policy.R5"


# --- Labels ---------------------------------------------------------------------------------------


def test_r7_paid_partnerships_are_for_adults(ana, teo):
    hers, his = make_video(ana), make_video(teo)

    assert actions.edit_video(ana, hers, is_paid_partnership=True).is_paid_partnership
    assert refusal(lambda: actions.edit_video(teo, his, is_paid_partnership=True)) == "policy.R7"
    assert refusal(lambda: drafts.begin_draft(teo, is_paid_partnership=True)) == "policy.R7"


def test_labels_stand_on_the_clip(client, ana):
    video = with_files(make_video(ana))
    actions.edit_video(ana, video, is_ai_made=True, is_paid_partnership=True)

    shown = client.get(f"/videos/{video.pk}/").content.decode()

    assert "AI-made" in shown
    assert "Paid partnership" in shown


def test_a_sensitive_video_is_covered_until_the_viewer_decides(browser, ana, zoe):
    video = with_files(make_video(ana))
    actions.edit_video(ana, video, is_sensitive=True)
    page = f"/videos/{video.pk}/"

    assert "Watch anyway" in browser(zoe).get(page).content.decode()
    assert "grid__one--covered" in browser(zoe).get("/@ana/").content.decode()
    assert "Watch anyway" not in browser(ana).get(page).content.decode()
    actions.change_video_settings(zoe, shows_sensitive=True)
    assert "Watch anyway" not in browser(zoe).get(page).content.decode()
    assert "grid__one--covered" not in browser(zoe).get("/@ana/").content.decode()


def test_sensitive_videos_are_no_business_of_minors_nor_of_strangers(ana, teo):
    befriend(ana, teo)
    video = make_video(ana)
    duet = make_video(make_user("dora"), parent=video, parent_kind="duet")
    assert sees(teo, duet)

    actions.edit_video(ana, video, is_sensitive=True)
    video = Video.objects.get(pk=video.pk)

    assert not sees(teo, video) and not sees(teo, duet)
    assert not video.is_public
    assert refusal(lambda: actions.repost(make_user(), video)) == "repost.not_public"
    assert refusal(lambda: actions.change_video_settings(teo, shows_sensitive=True)) == (
        "label.adults_only"
    )


def test_what_a_moderator_marked_only_moderators_unmark(ana):
    video = make_video(ana)

    removing.cover_video(video.pk, True)

    video = Video.objects.get(pk=video.pk)
    assert video.is_sensitive
    assert refusal(lambda: actions.edit_video(ana, video, is_sensitive=False)) == "label.moderator"
    assert actions.edit_video(ana, video, is_sensitive=True, caption="so").caption == "so"
    assert rights.locks(ana, video)["is_sensitive"].startswith("A moderator marked")
    removing.cover_video(video.pk, False)
    assert not Video.objects.get(pk=video.pk).is_sensitive


def test_covers_ask_the_database_once_and_only_where_something_is_sensitive(
    ana, zoe, django_assert_num_queries
):
    plain = make_video(ana)
    marked = [make_video(ana, sensitivity="author") for _number in range(3)]
    viewer = User.objects.get(pk=zoe.pk)

    with django_assert_num_queries(0):
        assert not plain.is_covered_for(viewer)
    with django_assert_num_queries(1):
        assert all(video.is_covered_for(viewer) for video in marked)


# --- Editing after posting ------------------------------------------------------------------------


def test_what_viewers_read_is_shown_as_edited_and_who_may_watch_is_not(client, ana):
    video = with_files(make_video(ana))

    assert actions.edit_video(ana, video, audience="followers").revised_at is None
    assert actions.edit_video(ana, video, duets_by="no_one").revised_at is None
    assert actions.edit_video(ana, video, caption=video.caption).revised_at is None
    assert actions.edit_video(ana, video, audience="public", caption="new").revised_at
    assert "edited" in client.get(f"/videos/{video.pk}/").content.decode()


def test_nobody_edits_what_is_anothers(api, browser, ana, ben, zoe, kid, mod):
    video = make_video(ana)

    for person in (ben, zoe, kid, mod):
        with pytest.raises(PermissionDenied):
            actions.edit_video(person, video, caption="mine")
        assert browser(person).get(f"/videos/{video.pk}/edit/").status_code == 404
        answer = api(person).patch(f"/api/v1/videos/{video.pk}/", {"caption": "mine"})
        assert answer.status_code == 403
    assert api().patch(f"/api/v1/videos/{video.pk}/", {"caption": "x"}).status_code in (401, 403)
    assert Video.objects.get(pk=video.pk).caption != "mine"


def test_rest_changes_all_of_it(api, ana, ben):
    video = make_video(ana)
    wanted = {
        "caption": "new words",
        "alt_text": "A meadow",
        "audience": "chosen",
        "chosen": ["ben"],
        "comments_by": "friends",
        "duets_by": "no_one",
        "is_ai_made": True,
        "is_sensitive": True,
    }

    told = api(ana).patch(f"/api/v1/videos/{video.pk}/", wanted, format="json").json()

    assert {name: told[name] for name in wanted} == wanted
    assert told["revised_at"]
    seen = api(ben).get(f"/api/v1/videos/{video.pk}/").json()
    assert not {"chosen", "locks", "comments_by"} & seen.keys()


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"chosen": ["zoe"]}, 400),
        ({"chosen": ["nobody-at-all"]}, 400),
        ({"audience": "chosen"}, 400),
        ({"audience": "aliens"}, 400),
        ({"duets_by": "aliens"}, 400),
    ],
)
def test_rest_refuses_what_cannot_be(api, ana, ben, zoe, wanted, status):
    video = make_video(ana)

    answer = api(ana).patch(f"/api/v1/videos/{video.pk}/", wanted, format="json")

    assert answer.status_code == status


def test_drafts_take_all_of_it(api, ana, ben):
    begun = api(ana).post("/api/v1/drafts/", {}, format="json").json()
    wanted = {"audience": "chosen", "chosen": ["ben"], "duets_by": "friends", "is_ai_made": True}

    told = api(ana).patch(f"/api/v1/drafts/{begun['id']}/", wanted, format="json").json()

    assert {name: told[name] for name in wanted} == wanted
    assert told["comments_by"] == "everyone"
    assert told["locks"] == {}


def test_the_page_changes_all_of_it_without_a_script(browser, ana, ben):
    video = with_files(make_video(ana))
    form = {
        "caption": "on the page",
        "alt_text": "A meadow",
        "audience": "chosen",
        "chosen": ["ben"],
        "comments_by": "no_one",
        "duets_by": "friends",
        "stitches_by": "followers",
        "downloads_by": "no_one",
        "is_ai_made": "on",
        "is_sensitive": "on",
    }

    answer = browser(ana).post(f"/videos/{video.pk}/edit/", form)

    assert answer.status_code == 302
    kept = Video.objects.get(pk=video.pk)
    assert list(kept.permissions.values()) == ["no_one", "friends", "followers", "no_one"]
    assert (kept.caption, kept.audience, kept.is_ai_made) == ("on the page", "chosen", True)
    assert kept.is_sensitive and list(kept.chosen.all()) == [ben]


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(browser, ana, ben):
    video = with_files(make_video(ana))

    answer = browser(ana).post(
        f"/videos/{video.pk}/edit/", {"caption": "typed", "audience": "chosen"}
    )

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Choose at least one friend" in shown and "typed" in shown


def test_the_page_says_why_something_is_locked(browser, kid):
    video = with_files(make_video(kid))

    shown = browser(kid).get(f"/videos/{video.pk}/edit/").content.decode()

    assert "Not before you are 16. It is the same for everybody your age." in shown
    assert "Until you are 16, only friends comment on your videos, or nobody." in shown
    assert "Paid partnerships are for people of 18 and over." in shown


def test_the_edit_page_costs_the_same_however_many_friends(
    browser, ana, ben, django_assert_num_queries
):
    video = with_files(make_video(ana))
    client = browser(ana)
    client.get(f"/videos/{video.pk}/edit/")
    with django_assert_num_queries(QUERIES_OF_EDIT):
        client.get(f"/videos/{video.pk}/edit/")
    for number in range(5):
        befriend(ana, make_user(f"friend{number}"))

    with django_assert_num_queries(QUERIES_OF_EDIT):
        client.get(f"/videos/{video.pk}/edit/")


QUERIES_OF_EDIT = 7


# --- Once and for all -----------------------------------------------------------------------------


def test_what_is_decided_once_is_how_videos_begin(api, browser, ana):
    video = make_video(ana)

    answer = browser(ana).post(
        "/settings/videos/", {"comments_by": "friends", "duets_by": "no_one"}
    )

    assert answer.status_code == 302
    draft = drafts.begin_draft(ana)
    assert (draft.comments_by, draft.duets_by, draft.stitches_by) == (
        "friends",
        "no_one",
        "everyone",
    )
    assert Video.objects.get(pk=video.pk).comments_by == "everyone"
    assert api(ana).get("/api/v1/me/video-settings/").json() == {
        "comments_by": "friends",
        "duets_by": "no_one",
        "stitches_by": "everyone",
        "downloads_by": "everyone",
        "shows_sensitive": False,
        "locked": [],
    }


@rule("R5", "api")
def test_rest_decides_once_for_all_within_what_age_allows(api, ana, kid):
    address = "/api/v1/me/video-settings/"

    told = api(ana).patch(address, {"shows_sensitive": True}, format="json").json()
    refused = api(kid).patch(address, {"duets_by": "everyone"}, format="json")

    assert told["shows_sensitive"] is True
    assert (refused.status_code, refused.json()["code"]) == (403, "policy.R5")
    assert not VideoSettings.objects.filter(user=kid).exists()
    assert api().get(address).status_code in (401, 403)


@rule("R5", "page")
def test_settings_page_says_what_is_locked(browser, kid):
    shown = browser(kid).get("/settings/videos/").content.decode()

    assert "Not before you are 16." in shown
    assert "Sensitive videos are for people of 18 and over." in shown


# --- The cover ------------------------------------------------------------------------------------


def test_another_moment_becomes_the_cover(ana, walk):
    video = actions.upload_video(ana, upload_of(walk))
    actions.process_video(video.pk)
    before = Video.objects.get(pk=video.pk)

    actions.choose_cover(ana, before, 800)
    job = OutboxJob.objects.get(task="videos.make_cover")
    actions.make_cover_of(**job.arguments)
    actions.make_cover_of(**job.arguments)

    after = Video.objects.get(pk=video.pk)
    assert after.cover != before.cover and after.cover_small != before.cover_small
    assert default_storage.exists(after.cover) and default_storage.exists(after.cover_small)
    assert after.revised_at
    gone = OutboxJob.objects.get(task="videos.delete_files")
    assert set(gone.arguments["names"]) == {before.cover, before.cover_small}


def test_a_cover_is_a_moment_of_ones_own_posted_video(api, browser, ana, ben):
    video = with_files(make_video(ana))
    address = f"/api/v1/videos/{video.pk}/cover/"

    assert api(ana).put(address, {"at_ms": 2000}).status_code == 202
    assert api(ana).put(address, {"at_ms": 31_001}).json()["code"] == "cover.range"
    assert api(ben).put(address, {"at_ms": 2000}).status_code == 403
    assert browser(ben).post(f"/videos/{video.pk}/cover/", {"at": "2"}).status_code == 404
    assert browser(ana).post(f"/videos/{video.pk}/cover/", {"at": "2.5"}).status_code == 302
    jobs = OutboxJob.objects.filter(task="videos.make_cover")
    assert sorted(job.arguments["at_ms"] for job in jobs) == [2000, 2500]
    draft = drafts.begin_draft(ana)
    assert refusal(lambda: actions.choose_cover(ana, draft, 0)) == "cover.unpublished"
