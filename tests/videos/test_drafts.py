"""Drafts: kept for all devices, seen by nobody else, posted at once or at their time."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.errors import Conflict, Refused
from accounts.models import OutboxJob
from tests.factories import make_user
from tests.videos.factories import make_video
from videos.actions import drafts
from videos.models import Clip, Video

DRAFTS = "/api/v1/drafts/"


def with_clip(draft: Video, **fields) -> Clip:
    """A clip of four seconds, ready unless something else is said."""
    fields = {"state": Clip.State.READY, "duration_ms": 4000, **fields}
    return Clip.objects.create(video=draft, source=f"videos/{draft.pk}/source", **fields)


def recipe_of(*clips: Clip, **more) -> dict:
    """A whole clip after the other."""
    segments = [
        {"clip": str(clip.pk), "in_ms": 0, "out_ms": clip.duration_ms, "speed": 1} for clip in clips
    ]
    return {"segments": segments, **more}


def jobs(task: str) -> int:
    return OutboxJob.objects.filter(task=task).count()


def code_of(error) -> str:
    return (
        error.value.error_dict.popitem()[1][0].code
        if hasattr(error.value, "error_dict")
        else (error.value.code)
    )


def problem(response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


# --- Kept -----------------------------------------------------------------------------------------


def test_a_draft_is_the_authors_alone(ana, ben):
    draft = drafts.begin_draft(ana, caption="not yet")

    assert draft.state == Video.State.DRAFT
    assert list(Video.objects.drafts_of(ana)) == [draft]
    assert not Video.objects.visible_to(ben).filter(pk=draft.pk).exists()
    assert not Video.objects.drafts_of(ben).exists()


def test_a_changed_recipe_is_a_new_version(ana):
    draft = drafts.begin_draft(ana)
    clip = with_clip(draft)

    changed = drafts.change_draft(ana, draft, recipe=recipe_of(clip, filter="warm"), version=1)
    again = drafts.change_draft(ana, draft, recipe=recipe_of(clip, filter="warm"), version=2)

    assert changed.recipe["filter"] == "warm"
    assert (changed.recipe_version, again.recipe_version) == (2, 2)


def test_another_devices_change_is_not_overwritten(ana):
    draft = drafts.begin_draft(ana)
    clip = with_clip(draft)
    drafts.change_draft(ana, draft, recipe=recipe_of(clip, filter="mono"), version=1)

    with pytest.raises(Conflict) as refusal:
        drafts.change_draft(ana, draft, recipe=recipe_of(clip, filter="warm"), version=1)

    draft.refresh_from_db()
    assert (refusal.value.code, draft.recipe["filter"]) == ("draft.changed", "mono")


def test_words_are_kept_without_touching_the_version(ana):
    draft = drafts.begin_draft(ana)

    changed = drafts.change_draft(ana, draft, caption="  out\r\nearly ", audience="friends")

    assert (changed.caption, changed.audience, changed.recipe_version) == (
        "out\nearly",
        "friends",
        1,
    )


def test_a_recipe_without_clips_keeps_the_rest(ana):
    draft = drafts.begin_draft(ana, recipe={"segments": [], "filter": "noir"})

    assert draft.recipe["filter"] == "noir"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("filter", "sparkle", "recipe.choice"),
        ("texts", [{"text": "x" * 121, "from_ms": 0, "to_ms": 500}], "recipe.text_too_long"),
        ("layout", {"kind": "duet", "video": str(uuid4())}, "draft.layout"),
        ("music", {"sound": str(uuid4())}, "draft.sound_gone"),
    ],
)
def test_what_cannot_be_in_a_recipe_is_named(ana, field, value, code):
    draft = drafts.begin_draft(ana)

    with pytest.raises(ValidationError) as refusal:
        drafts.change_draft(ana, draft, recipe={"segments": [], field: value})

    assert code_of(refusal) == code


def test_the_clips_of_others_are_not_to_be_had(ana, ben):
    others = with_clip(drafts.begin_draft(ben))
    draft = drafts.begin_draft(ana)

    with pytest.raises(ValidationError) as refusal:
        drafts.change_draft(ana, draft, recipe=recipe_of(others))

    assert code_of(refusal) == "draft.clip_unknown"


def test_a_hundred_drafts_are_enough(ana, monkeypatch):
    monkeypatch.setattr(drafts, "LIMIT", 1)
    drafts.begin_draft(ana)

    with pytest.raises(Refused) as refusal:
        drafts.begin_draft(ana)

    assert refusal.value.code == "draft.too_many"


@pytest.mark.parametrize("verb", [drafts.change_draft, drafts.post_draft, drafts.take_back_draft])
def test_nobody_else_changes_a_draft(ana, ben, verb):
    draft = drafts.begin_draft(ana)
    with_clip(draft)

    with pytest.raises(Http404):
        verb(ben, draft)


# --- Posted ---------------------------------------------------------------------------------------


def test_a_posted_draft_is_prepared(ana):
    draft = drafts.begin_draft(ana, caption="a #walk")
    clip = with_clip(draft)
    drafts.change_draft(ana, draft, recipe=recipe_of(clip))

    posted = drafts.post_draft(ana, draft)

    assert (posted.state, posted.publish_at) == (Video.State.PROCESSING, None)
    assert list(posted.hashtags.values_list("name", flat=True)) == ["walk"]
    assert jobs("videos.process_video") == 1
    assert not Video.objects.drafts_of(ana).exists()


def test_a_posted_draft_is_a_draft_no_more(ana):
    draft = drafts.begin_draft(ana)
    with_clip(draft)
    drafts.post_draft(ana, draft)

    with pytest.raises(Conflict) as refusal:
        drafts.change_draft(ana, draft, caption="late")

    assert refusal.value.code == "draft.posted"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (None, "draft.empty"),
        (Clip.State.UPLOADING, "draft.clip_unready"),
        (Clip.State.CHECKING, "draft.clip_unready"),
        (Clip.State.REFUSED, "draft.clip_refused"),
    ],
)
def test_nothing_may_be_missing_when_it_is_posted(ana, state, code):
    draft = drafts.begin_draft(ana)
    if state:
        with_clip(draft, state=state)

    with pytest.raises(ValidationError) as refusal:
        drafts.post_draft(ana, draft)

    assert code_of(refusal) == code
    assert jobs("videos.process_video") == 0


def test_a_refused_clip_that_is_not_used_holds_up_nothing(ana):
    draft = drafts.begin_draft(ana)
    clip = with_clip(draft)
    with_clip(draft, state=Clip.State.REFUSED)
    drafts.change_draft(ana, draft, recipe=recipe_of(clip))

    assert drafts.post_draft(ana, draft).state == Video.State.PROCESSING


def test_clips_that_are_taken_whole_last_three_minutes_at_most(ana):
    draft = drafts.begin_draft(ana)
    with_clip(draft, duration_ms=100_000)
    with_clip(draft, duration_ms=100_000, position=1)

    with pytest.raises(ValidationError) as refusal:
        drafts.post_draft(ana, draft)

    assert code_of(refusal) == "recipe.too_long"


# --- At a time ------------------------------------------------------------------------------------


def scheduled(author, hours: float = 2) -> Video:
    draft = drafts.begin_draft(author)
    with_clip(draft)
    return drafts.post_draft(author, draft, publish_at=timezone.now() + timedelta(hours=hours))


def test_what_waits_for_its_time_is_prepared_meanwhile(ana):
    draft = scheduled(ana)

    assert draft.state == Video.State.PROCESSING
    assert jobs("videos.process_video") == 1
    assert list(Video.objects.drafts_of(ana)) == [draft]


def test_what_waits_takes_other_words_and_another_time_but_no_other_picture(ana):
    draft = scheduled(ana)
    later = timezone.now() + timedelta(days=3)

    drafts.change_draft(ana, draft, caption="later")
    moved = drafts.post_draft(ana, draft, publish_at=later)
    with pytest.raises(Conflict) as refusal:
        drafts.change_draft(ana, draft, recipe={"segments": []})

    assert (moved.publish_at, moved.caption) == (later, "later")
    assert jobs("videos.process_video") == 1
    assert refusal.value.code == "draft.scheduled"


def test_what_waits_is_taken_back(ana):
    draft = drafts.take_back_draft(ana, scheduled(ana))

    assert (draft.state, draft.publish_at) == (Video.State.DRAFT, None)


def test_what_could_not_be_prepared_is_taken_back_and_put_right(ana):
    draft = scheduled(ana)
    Video.objects.filter(pk=draft.pk).update(state=Video.State.FAILED, failure_code="video.cut")

    back = drafts.take_back_draft(ana, draft)

    assert (back.state, back.failure_code) == (Video.State.DRAFT, "")


def test_what_is_out_is_never_a_draft_again(ana):
    video = make_video(ana)

    with pytest.raises(Conflict):
        drafts.take_back_draft(ana, video)


def test_what_is_prepared_goes_out_before_its_time(ana):
    draft = scheduled(ana)
    Video.objects.filter(pk=draft.pk).update(state=Video.State.SCHEDULED)

    drafts.post_draft(ana, draft)

    draft.refresh_from_db()
    assert draft.publish_at
    assert draft.publish_at <= timezone.now()
    assert jobs("videos.publish_due") == 1


@pytest.mark.parametrize(
    ("away", "code"),
    [(timedelta(seconds=-1), "schedule.past"), (timedelta(days=367), "schedule.too_far")],
)
def test_a_time_lies_ahead_and_within_a_year(ana, away, code):
    draft = drafts.begin_draft(ana)
    with_clip(draft)

    with pytest.raises(ValidationError) as refusal:
        drafts.post_draft(ana, draft, publish_at=timezone.now() + away)

    assert code_of(refusal) == code


# --- On pages -------------------------------------------------------------------------------------


def test_the_list_shows_what_is_kept_and_what_waits(
    browser, ana, ben, django_assert_max_num_queries
):
    drafts.begin_draft(ana, caption="still to cut")
    scheduled(ana)
    drafts.begin_draft(ben, caption="of somebody else")
    client = browser(ana)

    with django_assert_max_num_queries(10):
        page = client.get("/drafts/").content.decode()

    assert "still to cut" in page
    assert "Waiting for their time" in page
    assert "of somebody else" not in page


def test_a_new_draft_opens_in_the_editor(browser, ana):
    answer = browser(ana).post("/drafts/")

    draft = Video.objects.drafts_of(ana).get()
    assert answer.url == f"/drafts/{draft.pk}/"
    assert str(draft.pk) in browser(ana).get(answer.url).content.decode()


def test_the_editor_asks_little(browser, ana, django_assert_max_num_queries):
    draft = drafts.begin_draft(ana)
    for position in range(5):
        with_clip(draft, position=position)
    client = browser(ana)

    with django_assert_max_num_queries(8):
        assert client.get(f"/drafts/{draft.pk}/").status_code == 200


def test_a_draft_is_posted_by_a_plain_form(browser, ana):
    draft = drafts.begin_draft(ana)
    with_clip(draft)

    answer = browser(ana).post(
        f"/drafts/{draft.pk}/post/", {"caption": "plain", "audience": "friends"}
    )

    draft.refresh_from_db()
    assert answer.url == f"/videos/{draft.pk}/"
    assert (draft.state, draft.caption, draft.audience) == ("processing", "plain", "friends")


def test_the_plain_form_keeps_what_was_typed_where_it_says_no(browser, ana):
    draft = drafts.begin_draft(ana)

    answer = browser(ana).post(
        f"/drafts/{draft.pk}/post/", {"caption": "mine", "audience": "public"}
    )

    assert answer.status_code == 422
    assert "There is no clip yet" in answer.content.decode()
    assert "mine" in answer.content.decode()


def test_a_time_on_the_form_is_meant_in_the_persons_own_zone(browser, ana):
    ana.time_zone = "Asia/Tokyo"
    ana.save()
    draft = drafts.begin_draft(ana)
    with_clip(draft)
    at = (
        (timezone.now() + timedelta(days=2))
        .astimezone(ZoneInfo("Asia/Tokyo"))
        .replace(second=0, microsecond=0)
    )

    answer = browser(ana).post(
        f"/drafts/{draft.pk}/post/",
        {"audience": "public", "publish_at": at.strftime("%Y-%m-%dT%H:%M")},
    )

    draft.refresh_from_db()
    assert answer.url == "/drafts/"
    assert draft.publish_at == at


def test_what_waits_is_shown_with_its_time_and_taken_back(browser, ana):
    draft = scheduled(ana)
    client = browser(ana)

    opened = client.get(f"/drafts/{draft.pk}/")
    shown = client.get(opened.url).content.decode()
    back = client.post(f"/drafts/{draft.pk}/take-back/")

    assert opened.url == f"/drafts/{draft.pk}/post/"
    assert "It goes out on" in shown
    assert back.url == f"/drafts/{draft.pk}/"
    draft.refresh_from_db()
    assert draft.state == Video.State.DRAFT


def test_what_waits_is_posted_at_once(browser, ana):
    draft = scheduled(ana)

    answer = browser(ana).post(f"/drafts/{draft.pk}/post/now/")

    draft.refresh_from_db()
    assert (answer.url, draft.publish_at) == (f"/videos/{draft.pk}/", None)


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("get", ""),
        ("get", "post/"),
        ("post", "post/"),
        ("post", "post/now/"),
        ("post", "take-back/"),
        ("post", "delete/"),
    ],
)
def test_the_pages_of_a_draft_are_there_for_nobody_else(browser, ana, zoe, method, rest):
    draft = scheduled(ana)

    answer = getattr(browser(zoe), method)(f"/drafts/{draft.pk}/{rest}")

    assert answer.status_code == 404
    draft.refresh_from_db()
    assert draft.publish_at is not None


# --- By REST --------------------------------------------------------------------------------------


def test_a_draft_by_rest_from_begin_to_post(api, ana):
    begun = api(ana).post(DRAFTS, {"caption": "one"}).json()
    clip = with_clip(Video.objects.get(pk=begun["id"]))
    address = f"{DRAFTS}{begun['id']}/"

    changed = api(ana).patch(address, {"recipe": recipe_of(clip), "version": 1, "caption": "two"})
    posted = api(ana).post(f"{address}publish/")

    assert (changed.status_code, changed.json()["version"], changed.json()["caption"]) == (
        200,
        2,
        "two",
    )
    assert [one["id"] for one in changed.json()["clips"]] == [str(clip.pk)]
    assert (posted.status_code, posted.json()["state"]) == (202, "processing")
    assert api(ana).get(address).status_code == 404


def test_a_collision_by_rest_is_a_409(api, ana):
    draft = drafts.begin_draft(ana)
    clip = with_clip(draft)
    drafts.change_draft(ana, draft, recipe=recipe_of(clip))

    answer = api(ana).patch(f"{DRAFTS}{draft.pk}/", {"recipe": recipe_of(clip), "version": 1})

    assert problem(answer) == (409, "draft.changed")


def test_a_schedule_by_rest_is_set_and_taken_back(api, ana):
    draft = drafts.begin_draft(ana)
    with_clip(draft)
    address = f"{DRAFTS}{draft.pk}/publish/"
    at = (timezone.now() + timedelta(hours=1)).isoformat()

    set_ = api(ana).post(address, {"publish_at": at})
    back = api(ana).delete(address)

    assert set_.json()["publish_at"] is not None
    assert (back.status_code, back.json()["state"], back.json()["publish_at"]) == (
        200,
        "draft",
        None,
    )


def test_drafts_are_listed_changed_last_first(api, ana, django_assert_num_queries):
    old, new = drafts.begin_draft(ana), drafts.begin_draft(ana)
    with_clip(old)
    drafts.change_draft(ana, old, caption="changed")
    client = api(ana)

    with django_assert_num_queries(3):
        listed = client.get(DRAFTS).json()["results"]

    assert [one["id"] for one in listed] == [str(old.pk), str(new.pk)]


def test_a_draft_is_deleted_with_its_clips(api, ana):
    draft = drafts.begin_draft(ana)
    with_clip(draft)

    assert api(ana).delete(f"{DRAFTS}{draft.pk}/").status_code == 204
    assert not Clip.objects.exists()
    assert jobs("videos.delete_files") == 1


def test_what_is_published_is_not_deleted_as_a_draft(api, ana):
    video = make_video(ana)

    assert api(ana).delete(f"{DRAFTS}{video.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["zoe", "ben", "kid"])
@pytest.mark.parametrize(
    ("method", "rest"),
    [("get", ""), ("patch", ""), ("delete", ""), ("post", "publish/"), ("delete", "publish/")],
)
def test_a_draft_is_there_for_nobody_else(api, ana, request, who, method, rest):
    draft = drafts.begin_draft(ana)
    with_clip(draft)
    person = request.getfixturevalue(who)

    answer = getattr(api(person), method)(f"{DRAFTS}{draft.pk}/{rest}", {})

    assert answer.status_code == 404
    assert Video.objects.drafts_of(ana).count() == 1


def test_no_drafts_without_signing_in(api, db):
    assert problem(api().get(DRAFTS)) == (401, "not_authenticated")
    assert problem(api().post(DRAFTS, {})) == (401, "not_authenticated")


def test_a_fourteen_year_old_has_drafts_too(api, db):
    kid = make_user("kid14", age=14)

    assert api(kid).post(DRAFTS, {"caption": "mine"}).status_code == 201
