"""Streaks: which days count, for whom, and what ends them."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import policy
from accounts.ids import uuid7_from
from chat import actions
from chat.models import Membership, Message
from tests.chat.factories import make_group, say
from tests.factories import befriend, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
DAY = timedelta(days=1)
LONG = timedelta(days=3650)


def write(author, conversation, at: datetime) -> None:
    """The author wrote then: a message with the id and time of that moment."""
    stored = say(author, conversation, "hello")
    made = uuid7_from(at).int | stored.id.int & (2**62 - 1)
    Message.objects.filter(pk=stored.id).update(id=type(stored.id)(int=made), created_at=at)


def write_all(conversation, at: datetime, *people) -> None:
    for person in people:
        write(person, conversation, at)


def streak_of(conversation, on: datetime) -> int:
    conversation.refresh_from_db()
    return conversation.streak(on.date())


@pytest.fixture
def pair(ana, ben):
    return actions.start_direct(ana, ben)


def test_a_day_counts_when_both_wrote(ana, ben, pair):
    write_all(pair, NOON - DAY, ana, ben)
    actions.count_streaks(LONG, now=NOON - DAY + timedelta(hours=1))
    write(ana, pair, NOON)
    actions.count_streaks(LONG, now=NOON + timedelta(hours=1))

    assert streak_of(pair, NOON) == 1
    write(ben, pair, NOON + timedelta(minutes=5))
    actions.count_streaks(LONG, now=NOON + timedelta(hours=1))
    assert streak_of(pair, NOON) == 2


def test_a_day_counts_once(ana, ben, pair):
    write_all(pair, NOON, ana, ben)
    now = NOON + timedelta(hours=1)

    assert actions.count_streaks(LONG, now=now) == 1
    assert actions.count_streaks(LONG, now=now) == 0
    assert streak_of(pair, NOON) == 1


def test_what_was_said_just_before_midnight_is_counted_after_it(ana, ben, pair):
    midnight = NOON.replace(hour=0)
    write_all(pair, midnight - timedelta(minutes=1), ana, ben)

    actions.count_streaks(LONG, now=midnight + timedelta(minutes=5))

    pair.refresh_from_db()
    assert (pair.streak_days, pair.streak_on) == (1, (NOON - DAY).date())


def test_a_missed_day_ends_it(ana, ben, pair):
    pair.streak_days, pair.streak_on = 40, (NOON - 2 * DAY).date()
    pair.save()

    assert streak_of(pair, NOON) == 0
    write_all(pair, NOON, ana, ben)
    actions.count_streaks(LONG, now=NOON + timedelta(hours=1))
    assert streak_of(pair, NOON) == 1


def test_two_thirds_of_a_group_are_enough(ana, ben):
    mei = make_user("mei")
    befriend(ana, mei)
    group = make_group(ana, ben, mei)
    write_all(group, NOON - DAY, ana)
    actions.count_streaks(LONG, now=NOON - DAY + timedelta(hours=1))
    assert streak_of(group, NOON - DAY) == 0

    write_all(group, NOON, ana, mei)
    actions.count_streaks(LONG, now=NOON + timedelta(hours=1))

    assert streak_of(group, NOON) == 1


def test_minors_take_part_only_where_they_say_so(ana, teo):
    befriend(ana, teo)
    pair = actions.start_direct(ana, teo)
    write_all(pair, NOON, ana, teo)
    now = NOON + timedelta(hours=1)
    assert actions.count_streaks(LONG, now=now) == 0

    actions.set_streaks(teo, pair, on=True)

    assert actions.count_streaks(LONG, now=now) == 1


def test_a_birthday_switches_nothing_on(ana, teo):
    befriend(ana, teo)
    pair = actions.start_direct(ana, teo)
    teo.birth_date = teo.birth_date.replace(year=teo.birth_date.year - 3)
    Membership.objects.filter(user=teo).update(joined_at=NOON - 900 * DAY)
    teo.save()

    membership = Membership.objects.select_related("user").get(user=teo, conversation=pair)
    assert teo.age >= policy.ADULT_AGE
    assert not membership.keeps_streaks


def test_eithers_no_ends_a_pairs_streak(ana, ben, pair):
    pair.streak_days, pair.streak_on = 40, NOON.date()
    pair.save()

    actions.set_streaks(ben, pair, on=False)

    assert streak_of(pair, NOON) == 0
    write_all(pair, NOON, ana, ben)
    assert actions.count_streaks(LONG, now=NOON + timedelta(hours=1)) == 0


def test_counting_asks_the_same_of_many_conversations(ana, ben, django_assert_max_num_queries):
    for number in range(4):
        group = make_group(ana, ben, title=f"Group {number}")
        write(ana, group, NOON)

    with django_assert_max_num_queries(3):
        actions.count_streaks(LONG, now=NOON + timedelta(hours=1))
