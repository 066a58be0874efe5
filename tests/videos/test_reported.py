"""What is reported is suggested less: to others, by people whose word counts, and never hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Report, User
from tests.factories import follow, make_user
from tests.videos.factories import make_video
from videos import feed
from videos.feed import slates
from videos.models import Video


@pytest.fixture
def meadow(zoe) -> Video:
    return make_video(zoe, caption="a meadow")


def settled(name: str, days: float = 30) -> User:
    """Somebody who has been here for so long."""
    person = make_user(name)
    person.date_joined = timezone.now() - timedelta(days=days)
    person.save()
    return person


def report(reporter: User | None, video: Video, state: str = "open") -> Report:
    fields = {"reason": "hate", "title": "", "evidence": {}, "evidence_hash": ""}
    return Report.objects.create(
        reporter=reporter, kind="video", object_id=video.pk, state=state, **fields
    )


def response(viewer: User, video: Video) -> float:
    """What people did with it, as it counts for `viewer`."""
    scored = {one.facts.video: one for one in slates.chosen_for(viewer, None)}
    return scored[video.pk].factors.response


def test_each_person_who_reports_it_lowers_a_video(ana, meadow):
    before = response(ana, meadow)
    report(settled("kim"), meadow)
    once = response(ana, meadow)
    report(settled("lea"), meadow)

    assert before == 0 and response(ana, meadow) < once < before


def test_one_person_counts_once(ana, meadow):
    kim = settled("kim")
    report(kim, meadow, "acted")
    once = response(ana, meadow)
    report(kim, meadow)

    assert response(ana, meadow) == once < 0


@pytest.mark.parametrize(
    "make",
    [
        lambda video: report(settled("new", days=1), video),
        lambda video: report(settled("wrong"), video, "kept"),
        lambda video: report(None, video),
    ],
    ids=["by a new account", "found to be about nothing", "by somebody who is gone"],
)
def test_reports_that_are_not_credible_lower_nothing(ana, meadow, make):
    make(meadow)

    assert response(ana, meadow) == 0


def test_who_reports_for_nothing_more_often_than_not_is_not_heard(ana, ben, meadow):
    crier, watchful = settled("crier"), settled("watchful")
    for person in (crier, watchful):
        for _ in range(3):
            report(person, make_video(ben), "kept")
    for _ in range(3):
        report(watchful, make_video(ben), "acted")

    report(crier, meadow)
    assert response(ana, meadow) == 0
    report(watchful, meadow)
    assert response(ana, meadow) < 0


def test_a_suspended_account_is_not_heard(ana, meadow):
    report(settled("kim"), meadow)
    User.objects.filter(username="kim").update(is_active=False)

    assert response(ana, meadow) == 0


def test_reports_of_other_things_say_nothing_of_a_video(ana, meadow):
    told = report(settled("kim"), meadow)
    Report.objects.filter(pk=told.pk).update(kind="comment")

    assert response(ana, meadow) == 0


def test_its_author_and_followers_see_it_as_before(ana, zoe, meadow):
    follow(ana, zoe)
    for name in ("kim", "lea", "max"):
        report(settled(name), meadow)

    following = feed.page(ana, tab=feed.FOLLOWING)
    assert [item.video for item in following.items] == [meadow]
    assert list(Video.objects.visible_to(zoe).of(zoe)) == [meadow]


def test_reports_of_many_videos_cost_one_query(ana, ben, meadow, django_assert_num_queries):
    videos = [meadow, *(make_video(ben) for _ in range(20))]
    people = [settled("kim"), settled("lea")]
    for person in people:
        for video in videos:
            report(person, video)

    with django_assert_num_queries(1):
        counted = dict(Report.objects.credible().reporters_of("video", [v.pk for v in videos]))
    assert counted == {video.pk: 2 for video in videos}
