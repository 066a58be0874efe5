"""Messages for later: sent once, by the rules of their time, and told to nobody before."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from accounts import actions as people
from accounts.errors import Conflict, Refused
from accounts.pool import in_thread
from chat import actions, tasks
from chat.models import ScheduledMessage
from tests.chat.client import connected

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def schedule(author, conversation, body="later", **options):
    options.setdefault("send_at", timezone.now() + HOUR)
    return actions.schedule_message(author, conversation, body=body, **options)


def words_in(conversation) -> list[str]:
    said = conversation.messages.filter(notice__isnull=True).order_by("seq")
    return list(said.values_list("body", flat=True))


def test_it_is_said_when_its_time_comes_and_not_before(ana, group):
    scheduled = schedule(ana, group, "good morning")

    assert actions.send_due() == 0
    assert words_in(group) == []
    assert actions.send_due(scheduled.send_at) == 1
    assert words_in(group) == ["good morning"]
    assert not ScheduledMessage.objects.exists()


def test_two_workers_send_it_once(ana, group):
    scheduled = schedule(ana, group)
    later = scheduled.send_at + HOUR

    assert actions.send_due(later) == 1
    assert actions.send_due(later) == 0
    assert words_in(group) == ["later"]


def test_a_worker_that_died_after_sending_does_not_send_it_twice(ana, group):
    scheduled = schedule(ana, group)
    actions.send_message(ana, group, body="later", client_id=scheduled.client_id)
    lost = scheduled.send_at - timedelta(minutes=2)
    ScheduledMessage.objects.update(taken_at=lost)

    assert actions.send_due(scheduled.send_at) == 1
    assert words_in(group) == ["later"]
    assert not ScheduledMessage.objects.exists()


def test_what_is_on_its_way_cannot_be_changed(ana, group):
    scheduled = schedule(ana, group)
    ScheduledMessage.objects.update(taken_at=timezone.now())

    for verb in (actions.cancel_scheduled, actions.send_scheduled, actions.edit_scheduled):
        with pytest.raises(Conflict) as refusal:
            verb(ana, scheduled.pk)
        assert refusal.value.code == "schedule.leaving"


def test_a_block_meanwhile_keeps_it_with_the_reason(ana, ben):
    direct = actions.start_direct(ana, ben)
    scheduled = schedule(ana, direct)
    people.block(ben, ana)

    assert actions.send_due(scheduled.send_at) == 0

    scheduled.refresh_from_db()
    assert scheduled.refusal == "policy.unreachable"
    assert words_in(direct) == []
    assert actions.send_due(scheduled.send_at + HOUR) == 0


def test_whoever_left_sends_nothing_and_sees_it_no_more(ana, ben, group):
    scheduled = schedule(ben, group)
    actions.leave(ben, group)

    assert actions.send_due(scheduled.send_at) == 0

    assert words_in(group) == []
    assert not ScheduledMessage.objects.of(ben).exists()


def test_slow_mode_only_puts_it_off(ana, ben, group):
    group.slow_seconds = 3600
    group.save()
    scheduled = schedule(ben, group)
    actions.send_message(ben, group, body="now", client_id=uuid4())

    assert actions.send_due(scheduled.send_at) == 0

    scheduled.refresh_from_db()
    assert scheduled.refusal == ""
    group.memberships.filter(user=ben).update(said_at=None)
    assert actions.send_due(scheduled.send_at + timedelta(minutes=2)) == 1


def test_a_refused_one_waits_again_once_it_has_a_new_time(ana, ben):
    direct = actions.start_direct(ana, ben)
    scheduled = schedule(ana, direct)
    ScheduledMessage.objects.update(refusal="policy.unreachable")
    moment = timezone.now() + 2 * HOUR

    actions.edit_scheduled(ana, scheduled.pk, body="better words", send_at=moment)

    assert actions.send_due(moment) == 1
    assert words_in(direct) == ["better words"]


def test_it_can_be_sent_at_once(ana, group):
    scheduled = schedule(ana, group)

    stored = actions.send_scheduled(ana, scheduled.pk)

    assert stored.message.body == "later"
    assert not ScheduledMessage.objects.exists()


def test_sending_at_once_what_is_refused_leaves_it_waiting(ana, ben):
    direct = actions.start_direct(ana, ben)
    scheduled = schedule(ana, direct)
    people.block(ben, ana)

    with pytest.raises(Refused):
        actions.send_scheduled(ana, scheduled.pk)

    scheduled.refresh_from_db()
    assert (scheduled.refusal, scheduled.taken_at) == ("", None)


def test_the_same_client_id_is_kept_once(ana, group):
    client_id = uuid4()

    first = schedule(ana, group, client_id=client_id)
    again = schedule(ana, group, client_id=client_id)

    assert first.pk == again.pk


def test_they_are_sent_in_the_order_of_their_times(ana, group):
    now = timezone.now()
    schedule(ana, group, "second", send_at=now + 2 * HOUR)
    schedule(ana, group, "first", send_at=now + HOUR)

    actions.send_due(now + 3 * HOUR)

    assert words_in(group) == ["first", "second"]


def test_nobody_else_can_touch_it(ana, ben, zoe, group):
    scheduled = schedule(ana, group)

    for person in (ben, zoe):
        for verb in (actions.cancel_scheduled, actions.send_scheduled, actions.edit_scheduled):
            with pytest.raises(Http404):
                verb(person, scheduled.pk)
    assert ScheduledMessage.objects.filter(pk=scheduled.pk).exists()


def test_a_time_in_another_zone_is_the_same_moment(ana, group):
    tomorrow = (timezone.now() + timedelta(days=1)).astimezone(UTC).date()

    scheduled = schedule(ana, group, send_at=f"{tomorrow}T23:30:00-05:00")

    expected = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 4, 30, tzinfo=UTC)
    assert scheduled.send_at == expected + timedelta(days=1)


def test_the_job_sends_what_is_due(ana, group):
    schedule(ana, group)
    ScheduledMessage.objects.update(send_at=timezone.now())

    tasks.send_due()

    assert words_in(group) == ["later"]


async def test_only_the_authors_devices_hear_of_it(live_hub, ana, ben, group):
    async with connected(ana) as hers, connected(ben) as his:
        scheduled = await in_thread(schedule, ana, group)
        told = await hers.hear_type("schedule.changed")
        await in_thread(actions.send_due, scheduled.send_at)
        gone = await hers.hear_type("schedule.gone")
        heard = await his.hear_event("message.created")

    assert told["scheduled"]["id"] == str(scheduled.pk)
    assert (gone["id"], gone["seq"]) == (str(scheduled.pk), heard["seq"])
    assert not [frame for frame in his.heard if frame["type"].startswith("schedule.")]


async def test_a_refusal_is_told_with_its_sentence(live_hub, ana, ben):
    direct = await in_thread(actions.start_direct, ana, ben)
    scheduled = await in_thread(schedule, ana, direct)
    await in_thread(people.block, ben, ana)
    async with connected(ana) as hers:
        await in_thread(actions.send_due, scheduled.send_at)

        told = await hers.hear_type("schedule.refused")

    assert told["scheduled"]["refusal"] == {
        "code": "policy.unreachable",
        "detail": "This person cannot be reached.",
    }
