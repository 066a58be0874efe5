"""What players tell: kept, refused one by one, and counted."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories import block, make_user
from tests.videos.factories import make_video
from tests.videos.watching import watch, watched
from videos import actions
from videos.feed import counting
from videos.feed.signals import Signals
from videos.models import Affinity, Reception, SlateItem, Trend, Video, View, WatchEvent

NOBODY = AnonymousUser()
WATCH = "/api/v1/watch/"


def told(video: Video, **fields) -> dict:
    """An event as a player sends it."""
    return {
        "video": str(video.pk),
        "source": "for_you",
        "watched_ms": video.duration_ms,
        "duration_ms": video.duration_ms,
        "loops": 0,
        "at": timezone.now().isoformat(),
        **fields,
    }


def test_what_was_watched_is_kept_and_counted_once(ana, zoe):
    video = make_video(zoe)
    watch(ana, video, loops=1)
    watch(ana, video, share=0.01)

    assert counting.count() == 2
    assert counting.count() == 0

    received = Reception.objects.get(video=video)
    assert (received.shown, received.finished, received.skipped, received.rewatched) == (2, 1, 1, 1)
    assert received.watched_ms == 2 * 31_000 + 310
    affinity = Affinity.objects.get(user=ana, video=video)
    assert (affinity.score, affinity.finished, affinity.times) == (0.75, 1, 2)
    video.refresh_from_db()
    assert video.view_count == 1
    assert View.objects.get(user=ana, video=video).times == 1


def test_sums_are_added_to_what_is_there(ana, zoe):
    video = make_video(zoe)
    for _time in range(2):
        watch(ana, video)
        counting.count()

    assert Affinity.objects.get().score == 2.0
    assert Reception.objects.get().shown == 2


def test_signed_out_people_count_and_are_not_remembered(zoe):
    video = make_video(zoe)
    watch(NOBODY, video)
    counting.count()

    video.refresh_from_db()
    assert video.view_count == 1
    assert WatchEvent.objects.get().user is None
    assert not Affinity.objects.exists() and not View.objects.exists()


def test_without_a_profile_watching_says_nothing_of_the_person(ana, zoe):
    video = make_video(zoe)
    watch(ana, video)
    counting.count()

    actions.set_personal(ana, False)
    watch(ana, video)
    counting.count()

    assert not Affinity.objects.exists()
    assert set(WatchEvent.objects.values_list("user", flat=True)) == {None}
    assert Reception.objects.get().shown == 2


def test_what_is_seen_leaves_the_slate(ana, zoe):
    video = make_video(zoe)
    actions.fill_slate(ana)

    watch(ana, video, share=0.01)

    assert SlateItem.objects.get().seen_at is not None


def test_trends_are_where_people_live_and_fade(zoe):
    old, new = make_video(zoe), make_video(zoe)
    yesterday = timezone.now() - timedelta(days=1)
    fan = make_user("fan", region="ES")
    watch(fan, old, at=yesterday)
    watch(make_user("mei"), old, at=yesterday)
    watch(fan, new)
    watch(fan, new)
    counting.count()

    there = {(row.region, row.video_id) for row in Trend.objects.all()}
    assert there == {("ES", old.pk), ("", old.pk), ("ES", new.pk), ("", new.pk)}
    # Two plays of yesterday are worth one of today.
    heat = dict(Trend.objects.filter(region="").values_list("video", "heat"))
    assert heat[new.pk] - heat[old.pk] == pytest.approx(1.0, abs=1e-3)
    Trend.objects.update(heat=0)
    assert counting.cool() == 4


@pytest.mark.parametrize(
    ("signals", "liking"),
    [
        (Signals(31_000, 31_000), 1.0),
        (Signals(28_000, 31_000), 1.0),
        (Signals(93_000, 31_000, 2), 1.5),
        (Signals(1_500, 31_000), -0.5),
        (Signals(1_500, 1_600), 1.0),
        (Signals(9_300, 31_000), 0.0),
    ],
)
def test_how_far_says_how_much(signals, liking):
    assert signals.liking == pytest.approx(liking, abs=0.01)


# --- The door -------------------------------------------------------------------------------------


def test_bad_events_are_refused_one_by_one(api, ana, ben, zoe):
    good, private = make_video(zoe), make_video(ben, audience="private")
    events = [
        told(good),
        told(private),
        told(good, at=(timezone.now() - timedelta(days=8)).isoformat()),
        told(good, at=(timezone.now() + timedelta(hours=1)).isoformat()),
        told(good, watched_ms=80_000),
        told(good, duration_ms=60_000),
        told(good, source="moon"),
        "nonsense",
        told(good, watched_ms=-1),
    ]

    answer = api(ana).post(WATCH, {"events": events}).json()

    assert answer["accepted"] == 1
    assert [(one["index"], one["code"]) for one in answer["refused"]] == [
        (1, "watch.video"),
        (2, "watch.time"),
        (3, "watch.time"),
        (4, "watch.length"),
        (5, "watch.length"),
        (6, "watch.shape"),
        (7, "watch.shape"),
        (8, "watch.shape"),
    ]
    assert WatchEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"events": "x"}, "watch.events"),
        ({}, "watch.events"),
        ([], "watch.events"),
        ({"events": [{}] * 101}, "watch.many"),
    ],
)
def test_what_is_no_list_of_events_is_refused(api, ana, body, code):
    answer = api(ana).post(WATCH, body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_beacon_tells_by_form_with_its_token(client, ana, zoe):
    video = make_video(zoe)
    client.force_login(ana)
    client.handler.enforce_csrf_checks = True
    token = client.get("/discover/").cookies["csrftoken"].value
    events = json.dumps([told(video)])

    without = client.post(WATCH, {"events": events})
    with_token = client.post(WATCH, {"events": events, "csrfmiddlewaretoken": token})

    assert (without.status_code, with_token.status_code) == (403, 200)
    assert WatchEvent.objects.get().user == ana


def test_a_batch_costs_the_same_however_many(ana, zoe, django_assert_max_num_queries):
    videos = [make_video(zoe) for _number in range(20)]

    with django_assert_max_num_queries(12):
        assert actions.note_watches(ana, [watched(video) for video in videos]) == {}


@pytest.mark.parametrize("who", ["blocked", "fourteen"])
def test_only_what_one_may_see_is_watched(api, ana, ben, kid, who):
    video = make_video(ben, audience="friends")
    if who == "blocked":
        block(ben, ana)
    viewer = {"blocked": ana, "fourteen": kid}[who]

    answer = api(viewer).post(WATCH, {"events": [told(video)]}).json()

    assert [one["code"] for one in answer["refused"]] == ["watch.video"]
