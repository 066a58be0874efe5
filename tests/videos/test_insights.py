"""What creators are told: counted by day in their zone, again where something comes late, and never
so little that it tells of one person."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Follow, User
from tests.factories import befriend, block, follow, make_user
from tests.videos.factories import make_video
from tests.videos.watching import watch
from videos.feed import counting as feed_counting
from videos.insights import audience, counting
from videos.insights.periods import bounds
from videos.insights.sketch import Sketch
from videos.insights.sums import Sums
from videos.models import (
    CreatorDay,
    FollowerDay,
    FollowerHours,
    Sound,
    Video,
    VideoDay,
    WatchEvent,
)

NOBODY = AnonymousUser()
INSIGHTS = "/api/v1/insights/"


def event(video: Video, at: datetime, user: User | None = None, **fields: Any) -> WatchEvent:
    """A row as `note_watches` keeps it, at whatever time."""
    fields = {"source": "for_you", "watched_ms": 31_000, "duration_ms": 31_000, **fields}
    return WatchEvent.objects.create(video=video, user=user, at=at, **fields)


def count_all() -> None:
    """What the jobs do, one after the other."""
    feed_counting.count()
    counting.count()


def people(number: int) -> list[User]:
    return [make_user() for _each in range(number)]


def told(client, path: str = INSIGHTS) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def values(answer: dict[str, Any]) -> dict[str, int]:
    return {name: figure["value"] for name, figure in answer["figures"].items()}


def sheet(client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


# --- How many different ones ----------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 5, 100])
def test_few_are_counted_as_they_are(number):
    ids = [uuid4() for _each in range(number)]

    assert abs(len(Sketch().add(ids).add(ids)) - number) <= number * 0.05


def test_many_are_counted_within_five_percent():
    assert len(Sketch().add(uuid4() for _each in range(50_000))) == pytest.approx(50_000, rel=0.05)


def test_two_sketches_are_one_of_both_and_keep_no_ids():
    ids = [uuid4() for _each in range(300)]
    one, other = Sketch().add(ids[:200]), Sketch().add(ids[100:])

    both = Sketch(bytes(one)).merge(bytes(other)).merge(b"")

    assert bytes(both) == bytes(Sketch().add(ids))
    assert bytes(Sketch()) == b"" and len(Sketch(b"")) == 0
    assert not any(each.bytes in bytes(both) for each in ids)


# --- A day ----------------------------------------------------------------------------------------


def test_a_day_sums_up_what_was_watched(ana, ben, zoe):
    video = make_video(zoe)
    watch(ana, video, loops=1)
    watch(ana, video, share=0.5, source="profile")
    watch(ben, video, share=0.01)
    watch(NOBODY, video, source="link")
    count_all()

    day = VideoDay.objects.get()
    assert (day.plays, day.views, day.watched_ms) == (4, 3, 62_000 + 15_500 + 310 + 31_000)
    assert day.sources == {"for_you": 1, "profile": 1, "link": 1}
    assert {place: n for place, n in enumerate(day.reached) if n} == {1: 1, 50: 1, 100: 2}
    assert len(Sketch(day.viewers)) == 1
    assert day.stale_at is None


def test_ones_own_watching_does_not_count(zoe):
    watch(zoe, make_video(zoe))
    count_all()

    assert (CreatorDay.objects.get().views, CreatorDay.objects.get().plays) == (0, 0)


def test_counting_twice_changes_nothing(ana, zoe):
    video = make_video(zoe)
    watch(ana, video)
    count_all()
    first = VideoDay.objects.values().get()

    assert counting.count() == 0
    VideoDay.objects.update(stale_at=timezone.now())
    assert counting.count() == 1

    assert VideoDay.objects.values().get() | {"counted_at": 0} == first | {"counted_at": 0}
    assert CreatorDay.objects.get().views == 1


def test_who_dies_half_way_does_it_all_again(ana, zoe, monkeypatch):
    watch(ana, make_video(zoe))
    feed_counting.count()
    monkeypatch.setattr(counting, "_add_up", lambda pairs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        counting.count()
    monkeypatch.undo()

    assert counting.count() == 1
    assert CreatorDay.objects.get().views == 1


def test_what_comes_while_a_day_is_counted_is_counted_next(ana, ben, zoe, monkeypatch):
    video = make_video(zoe)
    watch(ana, video)
    feed_counting.count()
    add_up = counting._add_up

    def meanwhile(pairs):
        watch(ben, video)
        feed_counting.count()
        add_up(pairs)

    monkeypatch.setattr(counting, "_add_up", meanwhile)
    counting.count()
    monkeypatch.undo()

    assert counting.count() == 1
    assert CreatorDay.objects.get().views == 2


def test_late_news_goes_to_its_own_day(ana, zoe):
    video = make_video(zoe, hours=200)
    watch(ana, video)
    count_all()
    late = timezone.now() - timedelta(days=6)
    watch(ana, video, at=late)
    count_all()

    days = dict(CreatorDay.objects.values_list("day", "views"))
    assert days == {late.date(): 1, timezone.now().date(): 1}


def test_a_day_of_very_many_plays_is_read_once_an_hour(zoe):
    now = timezone.now()
    busy = VideoDay.objects.create(
        video=make_video(zoe), author=zoe, day=now.date(), plays=counting.MANY, counted_at=now
    )

    assert counting.count() == 0
    VideoDay.objects.filter(pk=busy.pk).update(counted_at=now - timedelta(hours=2))
    assert counting.count() == 1


# --- Time zones -----------------------------------------------------------------------------------


def test_a_day_is_one_where_the_creator_lives(ana):
    mei = make_user("mei", time_zone="Asia/Tokyo")
    video = make_video(mei)
    evening = datetime(2026, 3, 1, 14, 59, tzinfo=UTC)  # 23:59 in Tokyo
    event(video, evening, ana)
    event(video, evening + timedelta(minutes=1), ana)
    count_all()

    assert list(VideoDay.objects.order_by("day").values_list("day", "views")) == [
        (date(2026, 3, 1), 1),
        (date(2026, 3, 2), 1),
    ]


@pytest.mark.parametrize(("day", "hours"), [((3, 29), 23), ((10, 25), 25), ((6, 1), 24)])
def test_days_are_as_long_as_the_clocks_say(day, hours):
    begin, end = bounds(date(2026, *day), "Europe/Madrid")

    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=hours)


def test_who_moves_has_every_day_counted_where_they_live_now(ana, zoe):
    video = make_video(zoe)
    event(video, datetime(2026, 3, 1, 23, 0, tzinfo=UTC), ana)
    count_all()
    audience.look_after(zoe)
    assert CreatorDay.objects.get(views=1).day == date(2026, 3, 1)

    zoe.time_zone = "Asia/Tokyo"
    zoe.save()
    assert audience.look_after_all() == 1
    count_all()

    assert CreatorDay.objects.get(views=1).day == date(2026, 3, 2)
    assert CreatorDay.objects.get(day=date(2026, 3, 1)).views == 0


def test_days_from_before_anybody_counted_are_counted(ana, zoe):
    video = make_video(zoe)
    before = timezone.now() - timedelta(days=40)
    event(video, before, ana, counted_at=before)
    counting.count()
    assert not VideoDay.objects.exists()

    audience.look_after_all()
    counting.count()

    assert CreatorDay.objects.get().day == before.date()


# --- Followers ------------------------------------------------------------------------------------


def followed_since(follower: User, followed: User, days: int) -> None:
    follow(follower, followed)
    then = timezone.now() - timedelta(days=days)
    Follow.objects.filter(follower=follower, followed=followed).update(
        created_at=then, accepted_at=then
    )


def test_followers_of_the_past_are_made_of_who_follows(api, ana, ben, zoe):
    make_video(zoe)
    followed_since(ana, zoe, 40)
    followed_since(ben, zoe, 3)
    waiting = make_user()
    Follow.objects.create(follower=waiting, followed=zoe)
    audience.look_after_all()

    rows = told(api(zoe), f"{INSIGHTS}?days=7")["followers"]

    assert [(row["followers"], row["gained"]) for row in rows] == [
        *((1, 0), (1, 0), (1, 0), (2, 1), (2, 0), (2, 0), (2, 0))
    ]
    assert [row["is_estimate"] for row in rows] == [True] * 6 + [False]


def test_a_count_is_kept_from_then_on_and_only_where_it_changes(ana, ben, zoe):
    make_video(zoe)
    followed_since(ana, zoe, 40)
    for _twice in range(2):
        audience.look_after(zoe)
    assert FollowerDay.objects.count() == 1

    follow(ben, zoe)
    audience.look_after(zoe)
    Follow.objects.filter(follower=ben).delete()
    audience.look_after(zoe)

    today = FollowerDay.objects.get(day=timezone.now().date())
    assert (today.count, today.is_reconstructed) == (1, False)


def test_each_creator_is_looked_after_in_turn(ana, zoe):
    make_video(zoe)
    make_video(ana, state=Video.State.DRAFT)

    assert audience.look_after_all() == 1
    assert audience.look_after_all() == 0
    FollowerHours.objects.update(counted_at=timezone.now() - audience.FRESH - timedelta(minutes=1))
    assert audience.look_after_all() == 1


def test_hours_are_when_followers_watch_anything_in_the_creators_zone(api, zoe):
    mei = make_user("mei", time_zone="Asia/Tokyo")
    make_video(mei)
    another = make_video(zoe)
    fans = people(5)
    monday = timezone.now().replace(hour=15, minute=30) - timedelta(days=7)
    monday -= timedelta(days=monday.weekday())  # in Tokyo half past midnight on Tuesday
    for fan in fans:
        follow(fan, mei)
        event(another, monday, fan)
        event(another, monday, fan)
    event(another, monday + timedelta(hours=2), fans[0])
    for stranger in people(3):
        event(another, monday + timedelta(hours=4), stranger)
    audience.look_after(mei)

    hours = told(api(mei))["hours"]

    assert len(hours) == 168
    assert [hour for hour in hours if hour["activity"]] == [
        {"weekday": 2, "hour": 0, "activity": 100},
        {"weekday": 2, "hour": 2, "activity": 20},
    ]


def test_hours_of_fewer_than_five_are_nobodys_business(api, ana, zoe):
    make_video(zoe)
    for fan in people(4):
        follow(fan, zoe)
        event(make_video(ana), timezone.now(), fan)
    audience.look_after(zoe)

    assert told(api(zoe))["hours"] is None
    assert sheet(api(zoe), f"{INSIGHTS}hours.csv") == []


# --- What is told ---------------------------------------------------------------------------------


def test_a_period_is_compared_with_the_one_before(api, ana, ben, zoe):
    video, now = make_video(zoe), timezone.now()
    for days, viewer in ((0, ana), (6, ana), (6, ben), (7, ben)):
        event(video, now - timedelta(days=days), viewer)
    event(video, now - timedelta(days=14), ben)
    count_all()

    answer = told(api(zoe), f"{INSIGHTS}?days=7")

    assert answer["figures"]["views"] == {"value": 3, "before": 1, "change": 200}
    assert answer["figures"]["viewers"] == {"value": 2, "before": 1, "change": 100}
    assert answer["figures"]["senders"] == {"value": 0, "before": 0, "change": None}
    assert [day["views"] for day in answer["days"]] == [2, 0, 0, 0, 0, 0, 1]
    assert [day["views_before"] for day in answer["days"]] == [0, 0, 0, 0, 0, 0, 1]
    assert answer["last"] == now.date().isoformat()


def test_somebody_who_watched_two_videos_on_two_days_is_one_viewer(api, ana, zoe):
    for days in (0, 1):
        event(make_video(zoe), timezone.now() - timedelta(days=days), ana)
    count_all()

    assert values(told(api(zoe)))["viewers"] == 1


def test_averages_and_the_curve_say_how_far_people_came(api, zoe):
    video = make_video(zoe)
    for person, share in zip(people(6), (0.02, 0.5, 0.5, 1, 1, 1), strict=True):
        watch(person, video, share=share)
    count_all()

    answer = told(api(zoe), f"/api/v1/videos/{video.pk}/insights/")

    assert values(answer)["average_percent"] == 67
    assert values(answer)["average_seconds"] == 21
    curve = [point["still_watching"] for point in answer["retention"]]
    assert len(curve) == 101
    assert (curve[0], curve[2], curve[3], curve[50], curve[51], curve[100]) == (
        *(100.0, 100.0, 83.3),
        *(83.3, 50.0, 50.0),
    )


def test_nothing_watched_has_no_curve_and_no_average():
    nothing = Sums()

    assert (nothing.retention, nothing.average_ms, nothing.average_percent) == ([], 0, 0)


@pytest.mark.parametrize(("viewers", "is_told"), [(4, False), (5, True)])
def test_under_five_viewers_nothing_is_broken_down(api, zoe, viewers, is_told):
    video = make_video(zoe)
    for person in people(viewers):
        watch(person, video)
    watch(NOBODY, video, source="link")
    count_all()

    for path in (INSIGHTS, f"/api/v1/videos/{video.pk}/insights/"):
        answer = told(api(zoe), path)
        assert values(answer)["views"] == viewers + 1
        assert (answer["sources"] is not None, answer["retention"] is not None) == (is_told,) * 2
        assert bool(sheet(api(zoe), f"{path}sources.csv")) is is_told
        assert bool(sheet(api(zoe), f"{path}retention.csv")) is is_told


def test_sources_say_where_views_came_from(api, zoe):
    video = make_video(zoe)
    for person in people(6):
        watch(person, video, source="chat")
    for person in people(2):
        watch(person, video, source="sound")
    watch(make_user(), video, share=0.01, source="search")
    count_all()

    assert told(api(zoe))["sources"] == [
        {"source": "chat", "name": "Conversations", "views": 6, "percent": 75},
        {"source": "sound", "name": "Sound", "views": 2, "percent": 25},
    ]


def test_sounds_say_which_were_heard(api, ana, zoe):
    track = Sound.objects.create(
        kind="library", title="Rain", artist="Moss", file="x.m4a", duration_ms=9_000, use_count=7
    )
    own = make_video(zoe)
    Sound.objects.create(kind="original", owner=zoe, video=own, file="y.m4a", duration_ms=9_000)
    watch(ana, own)
    for video in (make_video(zoe, sound=track), make_video(zoe, sound=track)):
        watch(ana, video)
    count_all()

    rows = told(api(zoe))["sounds"]

    assert [(row["name"], row["by"], row["views"], row["videos"]) for row in rows] == [
        ("Rain", "Moss", 2, 2),
        ("Original sound", "Zoe", 1, 1),
    ]
    assert rows[0]["videos_of_all"] == 7


def test_videos_are_listed_by_what_was_watched(api, ana, ben, zoe):
    little, much = make_video(zoe, caption="little"), make_video(zoe, caption="much")
    watch(ana, little, share=0.5)
    watch(ana, much)
    watch(ben, much)
    count_all()

    rows = told(api(zoe))["videos"]

    assert [(row["title"], row["views"], row["average_seconds"]) for row in rows] == [
        ("much", 2, 31),
        ("little", 1, 16),
    ]
    little.delete()
    assert [row["title"] for row in told(api(zoe))["videos"]] == ["much"]


# --- The doors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["rest", "csv"])
def test_only_its_makers_see_the_insights_of_a_video(api, ana, ben, zoe, kid, mod, door):
    video = make_video(zoe)
    block(zoe, ben)
    path = f"/api/v1/videos/{video.pk}/insights/" + ("days.csv" if door == "csv" else "")

    assert api(zoe).get(path).status_code == 200
    for other in (ana, ben, kid, mod):
        assert api(other).get(path).status_code == 404
    assert api().get(path).status_code == 401


def test_ones_own_insights_are_ones_own(api, ana, zoe):
    watch(ana, make_video(zoe))
    count_all()

    assert values(told(api(zoe)))["views"] == 1
    assert values(told(api(ana)))["views"] == 0
    assert api().get(INSIGHTS).status_code == 401


def test_at_fourteen_ones_own_insights_are_there(api, kid, ana):
    video = make_video(kid)
    befriend(ana, kid)
    watch(ana, video)
    count_all()

    assert values(told(api(kid)))["views"] == 1


@pytest.mark.parametrize("length", ["1", "30", "x", "-7"])
def test_other_lengths_are_refused(api, zoe, length):
    answer = api(zoe).get(f"{INSIGHTS}?days={length}")

    assert (answer.status_code, answer.json()["code"]) == (400, "insights.days")


@pytest.mark.parametrize("length", [7, 28, 90, 365])
def test_each_length_has_its_days(api, zoe, length):
    assert len(told(api(zoe), f"{INSIGHTS}?days={length}")["days"]) == length


@pytest.mark.parametrize("table", ["days", "followers", "videos", "sounds"])
def test_every_table_is_a_sheet(api, ana, zoe, table):
    watch(ana, make_video(zoe))
    count_all()
    answer = told(api(zoe))[table]

    rows = sheet(api(zoe), f"{INSIGHTS}{table}.csv")

    assert len(rows) == len(answer)
    assert not rows or list(rows[0]) == list(answer[0])


def test_there_is_no_other_sheet(api, zoe):
    video = make_video(zoe)

    assert api(zoe).get(f"{INSIGHTS}viewers.csv").status_code == 404
    assert api(zoe).get(f"/api/v1/videos/{video.pk}/insights/followers.csv").status_code == 404


def test_words_become_no_formula(api, ana, zoe):
    watch(ana, make_video(zoe, caption='=HYPERLINK("http://x")'))
    count_all()

    assert sheet(api(zoe), f"{INSIGHTS}videos.csv")[0]["title"] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize("videos", [1, 8])
def test_insights_cost_the_same_however_many_videos(
    api, ana, zoe, videos, django_assert_num_queries
):
    for _each in range(videos):
        watch(ana, make_video(zoe))
    count_all()
    audience.look_after_all()
    client = api(zoe)

    with django_assert_num_queries(8):
        told(client)


def test_counting_costs_the_same_however_many_events(ana, ben, zoe, django_assert_max_num_queries):
    video = make_video(zoe)
    for viewer in (ana, ben, NOBODY):
        watch(viewer, video)
    feed_counting.count()

    with django_assert_max_num_queries(13):
        counting.count()


# --- The pages ------------------------------------------------------------------------------------


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_new_creator_is_invited_to_begin(browser, zoe):
    shown = page(browser(zoe), "/insights/")

    assert "Your first video is still to come" in shown and "/upload/" in shown
    assert "figures" not in shown


def test_a_video_that_nobody_watched_says_so(browser, zoe):
    video = make_video(zoe)

    for path in ("/insights/", f"/videos/{video.pk}/insights/"):
        assert "Nobody has watched in these days yet" in page(browser(zoe), path)


def test_the_page_says_what_the_api_says(browser, zoe):
    video = make_video(zoe, caption="a <b>walk</b>")
    for person in people(6):
        watch(person, video, source="chat", share=0.5)
    count_all()

    own = page(browser(zoe), "/insights/?days=7")
    one = page(browser(zoe), f"/videos/{video.pk}/insights/?days=7")

    for shown in (own, one):
        assert "1 min 33 s" in shown and "50% of it" in shown and "Conversations" in shown
        assert "100% were there at the middle, 0% at the end." in shown
    assert "a &lt;b&gt;walk&lt;/b&gt;" in own and f"/videos/{video.pk}/insights/?days=7" in own
    assert 'href="/insights/days.csv?days=7"' in own
    assert f'href="/videos/{video.pk}/insights/days.csv?days=7"' in one


def test_pages_of_few_viewers_break_nothing_down(browser, ana, zoe):
    video = make_video(zoe)
    watch(ana, video, source="chat")
    count_all()

    for path in ("/insights/", f"/videos/{video.pk}/insights/"):
        shown = page(browser(zoe), path)
        assert "Shown once five people have watched" in shown
        assert "Conversations</th>" not in shown and "retention-numbers" not in shown


def test_nobody_else_opens_the_pages_of_a_video(client, browser, ana, ben, zoe, kid, mod):
    video = make_video(zoe)
    block(zoe, ben)
    paths = [f"/videos/{video.pk}/insights/", f"/videos/{video.pk}/insights/days.csv"]

    for path in [*paths, "/insights/", "/insights/days.csv"]:
        assert client.get(path)["Location"].startswith("/accounts/login/")
    for other in (ana, ben, kid, mod):
        for path in paths:
            assert browser(other).get(path).status_code == 404


def test_pages_of_other_lengths_lead_to_the_usual_one(browser, zoe):
    video = make_video(zoe)

    for path in ("/insights/", f"/videos/{video.pk}/insights/"):
        for asked in (path, f"{path}days.csv"):
            assert browser(zoe).get(f"{asked}?days=3")["Location"] == path


def test_a_sheet_is_saved_under_a_name_that_says_what_it_is(browser, zoe):
    today = timezone.now().date()

    answer = browser(zoe).get("/insights/followers.csv?days=7")

    first = today - timedelta(days=6)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="medley-followers-{first}-{today}.csv"'
    )
    assert len(sheet(browser(zoe), "/insights/followers.csv?days=7")) == 7


def test_the_way_to_insights_is_on_ones_own_profile(browser, ana, zoe):
    assert 'href="/insights/"' in page(browser(zoe), "/@zoe/")
    assert 'href="/insights/"' not in page(browser(ana), "/@zoe/")


@pytest.mark.parametrize("videos", [1, 8])
def test_the_page_costs_the_same_however_many_videos(
    browser, ana, zoe, videos, django_assert_num_queries
):
    for _each in range(videos):
        watch(ana, make_video(zoe))
    count_all()
    audience.look_after_all()
    client = browser(zoe)
    client.get("/insights/")

    with django_assert_num_queries(11):
        client.get("/insights/?days=365")


def test_the_page_of_a_video_costs_few_queries(browser, ana, zoe, django_assert_num_queries):
    video = make_video(zoe)
    watch(ana, video)
    count_all()
    client = browser(zoe)

    with django_assert_num_queries(6):
        client.get(f"/videos/{video.pk}/insights/")
