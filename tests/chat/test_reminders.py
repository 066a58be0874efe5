"""Reminders: one person's own, once, of what they may still see."""

from datetime import timedelta
from html import unescape

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refused
from accounts.pool import in_thread
from chat import actions, tasks
from chat.models import Reminder
from chat.refusals import sentence
from tests.chat.client import connected
from tests.chat.factories import say

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def stored(ana, group):
    return say(ana, group, "bring the projector")


def remind(person, group, stored, after=HOUR):
    return actions.remind(person, group, seq=stored.seq, remind_at=timezone.now() + after)


def test_it_comes_once_when_its_time_does(ben, group, stored):
    reminder = remind(ben, group, stored)

    assert actions.remind_due() == 0
    assert actions.remind_due(reminder.remind_at) == 1
    assert actions.remind_due(reminder.remind_at) == 0

    reminder.refresh_from_db()
    assert reminder.is_due


def test_asking_again_moves_it(ben, group, stored):
    first = remind(ben, group, stored)
    again = remind(ben, group, stored, after=3 * HOUR)

    assert first.pk == again.pk
    assert again.remind_at > first.remind_at


def test_snoozed_it_comes_again(ben, group, stored):
    reminder = remind(ben, group, stored)
    actions.remind_due(reminder.remind_at)
    later = timezone.now() + 2 * HOUR

    actions.move_reminder(ben, reminder.pk, remind_at=later)

    assert actions.remind_due(later) == 1


def test_done_it_is_gone(ben, group, stored):
    reminder = remind(ben, group, stored)

    actions.finish_reminder(ben, reminder.pk)

    assert not Reminder.objects.exists()


def test_whoever_may_not_see_the_message_is_not_reminded_of_it(ana, ben, group, stored):
    reminder = remind(ben, group, stored)
    actions.remove_member(ana, group, ben)

    assert not Reminder.objects.of(ben).exists()
    assert actions.remind_due(reminder.remind_at) == 0
    assert not Reminder.objects.exists()


def test_a_reminder_is_its_owners_alone(ana, ben, zoe, group, stored):
    reminder = remind(ben, group, stored)

    for person in (ana, zoe):
        with pytest.raises(Http404):
            actions.finish_reminder(person, reminder.pk)
        with pytest.raises(Http404):
            actions.move_reminder(person, reminder.pk, remind_at=timezone.now() + HOUR)
    with pytest.raises(Http404):
        remind(zoe, group, stored)


def test_there_is_a_limit(ben, group, stored, monkeypatch):
    monkeypatch.setattr("chat.actions.reminders.LIMIT", 1)
    remind(ben, group, stored)
    other = say(ben, group, "another")

    with pytest.raises(Refused) as refusal:
        remind(ben, group, other)
    remind(ben, group, stored, after=2 * HOUR)

    assert refusal.value.code == "reminder.too_many"


def test_of_what_was_unsent_nobody_is_reminded_anew(ana, ben, group, stored):
    actions.unsend_message(ana, group, seq=stored.seq)

    with pytest.raises(Http404):
        remind(ben, group, stored)


def test_the_job_reminds(ben, group, stored):
    remind(ben, group, stored)
    Reminder.objects.update(remind_at=timezone.now())

    tasks.remind_due()

    assert Reminder.objects.get().is_due


async def test_only_their_own_devices_hear_it(live_hub, ana, ben, group, stored):
    reminder = await in_thread(remind, ben, group, stored)
    async with connected(ben) as his, connected(ana) as hers:
        await in_thread(actions.remind_due, reminder.remind_at)
        told = (await his.hear_type("reminder.due"))["reminder"]

        assert await hers.is_silent()

    assert (told["seq"], told["words"], told["title"]) == (
        stored.seq,
        "bring the projector",
        "Friday film",
    )


def test_the_list_costs_the_same_for_one_and_many(api, ben, group, django_assert_num_queries):
    for number in range(5):
        remind(ben, group, say(ben, group, f"words {number}"))
    api(ben).get("/api/v1/reminders/")

    with django_assert_num_queries(4):
        answer = api(ben).get("/api/v1/reminders/")

    assert len(answer.json()) == 5


def test_one_is_set_on_the_message_s_own_page_without_script(browser, ben, group, stored):
    page = reverse("chat:message", args=[group.pk, stored.seq])
    at = timezone.localtime(timezone.now() + HOUR).strftime("%Y-%m-%dT%H:%M")

    answer = browser(ben).post(page, {"act": "remind", "at": at})
    late = browser(ben).post(page, {"act": "remind", "at": "2020-01-01T09:00"})
    missing = browser(ben).post(page, {"act": "remind"})

    assert answer.url == reverse("chat:reminders")
    assert Reminder.objects.get(user=ben).message_id == stored.id
    assert (late.status_code, missing.status_code) == (422, 422)
    assert sentence("reminder.past") in unescape(late.content.decode())
