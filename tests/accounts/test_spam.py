"""Spam by its features: a pure score, counts in the cache, limits that tighten, a case."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from accounts import actions, tasks
from accounts.errors import Refused
from accounts.filtering import counting, spam
from accounts.filtering.spam import (
    AN_HOUR,
    REVIEWS,
    TIGHTENS,
    WAITING_AN_HOUR,
    Facts,
    Surface,
    score,
)
from accounts.models import Case, OutboxJob, User


@pytest.fixture(autouse=True)
def empty_counts():
    cache.clear()


@pytest.fixture
def settled(ana) -> User:
    """Ana, who has been here for a year."""
    ana.date_joined = timezone.now() - timedelta(days=365)
    ana.save(update_fields=["date_joined"])
    return ana


def weighed(person: User, times: int, surface=Surface.REQUEST, text: str = "hi {}") -> list[str]:
    """What became of so many acts: "" or the code."""
    return [_weighed(person, surface, text.format(number)) for number in range(times)]


def _weighed(person: User, surface: Surface, text: str) -> str:
    try:
        spam.weigh(person, surface, text=text)
    except Refused as refused:
        return refused.code
    return ""


# --- The score ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        (Facts(age=365), 0),
        (Facts(age=0), 3),
        (Facts(age=1), 2),
        (Facts(age=6), 2),
        (Facts(age=7), 1),
        (Facts(age=30), 1),
        (Facts(age=31), 0),
        (Facts(age=365, strangers=4), 0),
        (Facts(age=365, strangers=5), 1),
        (Facts(age=365, strangers=15), 3),
        (Facts(age=365, strangers=40), 5),
        (Facts(age=365, follows=50), 1),
        (Facts(age=365, follows=150), 3),
        (Facts(age=365, comments=30), 1),
        (Facts(age=365, comments=100), 2),
        (Facts(age=365, same_text=3), 2),
        (Facts(age=365, same_text=8), 4),
        (Facts(age=365, has_link=True), 1),
    ],
)
def test_each_feature_has_its_points(facts, points):
    assert score(facts) == points


NUMBERS = some.integers(0, 500)
FACTS = some.builds(Facts, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, some.booleans())


@given(FACTS, NUMBERS)
def test_more_never_scores_less(facts, more):
    from dataclasses import replace

    assert score(replace(facts, strangers=facts.strangers + more)) >= score(facts)
    assert score(replace(facts, same_text=facts.same_text + more)) >= score(facts)
    assert score(replace(facts, age=facts.age + more)) <= score(facts)


def test_one_feature_alone_reviews_nobody():
    assert score(Facts(age=0)) < TIGHTENS
    assert score(Facts(age=365, strangers=500)) < REVIEWS
    assert score(Facts(age=365, same_text=500)) < TIGHTENS


# --- What becomes of it ---------------------------------------------------------------------------


def test_somebody_who_is_settled_writes_to_a_few(settled):
    assert set(weighed(settled, 14)) == {""}


def test_new_account_that_repeats_itself_is_slowed_down(ana):
    became = weighed(ana, 7 + 1, text="buy this")

    assert became[:4] == [""] * 4
    assert became[-1] == "rate.slow_down"


def test_room_of_an_hour_is_used_up(settled):
    for _act in range(40):
        counting.note(settled.pk, Surface.REQUEST, timezone.now(), tuple(Surface))

    became = weighed(settled, AN_HOUR[Surface.REQUEST] + 1)

    assert became == [""] * AN_HOUR[Surface.REQUEST] + ["rate.slow_down"]


def test_sentence_says_when(ana):
    now = timezone.now().replace(minute=50)

    assert spam.slow_down(now).detail == "That was a lot in a short time. Try again in 10 min."


def test_worst_is_brought_before_moderators_once_a_day(ana):
    assert weighed(ana, 12, text="https://buy.example/ now")[-1] == "rate.slow_down"

    (job,) = OutboxJob.objects.filter(task="accounts.flag_spam")
    tasks.flag_spam(**job.arguments, job_id=job.pk)

    case = Case.objects.get()
    assert (case.origin, case.reason, case.kind) == ("spam", "spam", "user")
    assert case.evidence is not None
    assert (case.object_id, case.evidence["hits"][0]["surface"]) == (ana.pk, "request")


def test_case_and_spaces_make_no_other_text(ana):
    assert spam._digest("Buy  THIS!") == spam._digest("buy this")


def test_without_redis_nobody_is_slowed_down(ana, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args, **options: True)
    monkeypatch.setattr(cache, "incr", lambda *args, **options: 1)
    monkeypatch.setattr(cache, "get_many", lambda *args, **options: {})

    assert set(weighed(ana, 50, text="https://buy.example/")) == {""}


# --- Where it is asked ----------------------------------------------------------------------------


@pytest.fixture
def over(monkeypatch):
    """Whatever is done looks like spam."""
    monkeypatch.setattr(spam, "score", lambda facts: REVIEWS)


def test_follows_are_slowed_down(ana, zoe, over, api):
    with pytest.raises(Refused) as refused:
        actions.follow(ana, zoe)

    assert refused.value.code == "rate.slow_down"
    answer = api(ana).post("/api/v1/users/zoe/follow/")
    assert answer.json()["code"] == "rate.slow_down"


def test_what_can_wait_does_a_few_times_an_hour(ana, over):
    waits = [spam.weigh(ana, Surface.COMMENT, can_wait=True) for _ in range(WAITING_AN_HOUR)]

    assert waits == [True] * WAITING_AN_HOUR
    assert not OutboxJob.objects.exists()
    with pytest.raises(Refused) as refused:
        spam.weigh(ana, Surface.COMMENT, can_wait=True)
    assert refused.value.code == "rate.slow_down"
    assert OutboxJob.objects.get().task == "accounts.flag_spam"


def test_nothing_of_ones_own_is_weighed(ana, over):
    from tests.videos.factories import make_video
    from videos import actions as video_actions

    assert video_actions.add_comment(ana, make_video(ana), body="my own").held_at is None
