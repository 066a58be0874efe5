"""Disappearing messages: when they go, who hears of it, and what is left of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.pool import in_thread
from chat import actions, changes
from chat.models import Attachment, Edit, Media, Membership, Message, Reaction, Reminder
from chat.pages import inbox_rows, talk_of
from tests.chat.client import connected
from tests.chat.factories import make_group, say

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 24 * 60 * 60


def age(message_id, by: timedelta) -> None:
    """Let the message have been said so much earlier."""
    message = Message.objects.get(pk=message_id)
    assert message.expires_at is not None
    Message.objects.filter(pk=message_id).update(
        created_at=message.created_at - by, expires_at=message.expires_at - by
    )


@pytest.fixture
def fleeting(ana, group):
    """Ana's group with Ben, in which messages stay for a day."""
    actions.set_timer(ana, group, seconds=DAY)
    return group


def test_new_messages_get_an_end_and_system_lines_do_not(ana, fleeting):
    before = timezone.now()

    message = say(ana, fleeting, "for a day").message

    assert message.expires_at is not None
    assert before <= message.expires_at - timedelta(days=1) <= timezone.now()
    assert not fleeting.messages.filter(notice__isnull=False, expires_at__isnull=False).exists()


def test_what_was_said_before_stays(ana, group):
    stored = say(ana, group, "for ever")

    actions.set_timer(ana, group, seconds=DAY)

    assert stored.message.expires_at is None


def test_the_timer_is_told_once_with_a_system_line(ana, group):
    actions.set_timer(ana, group, seconds=DAY)
    actions.set_timer(ana, group, seconds=DAY)
    actions.set_timer(ana, group, seconds=0)

    notices = group.messages.filter(notice__isnull=False).order_by("seq")
    codes = [message.notice["code"] for message in notices]
    assert codes[-2:] == ["timer.day", "timer.off"]
    group.refresh_from_db()
    assert group.timer_seconds == 0


def test_an_expired_message_is_shown_nowhere_before_any_job_ran(ana, ben, fleeting):
    stored = say(ana, fleeting, "gone")
    age(stored.id, timedelta(days=2))

    membership = Membership.objects.get(conversation=fleeting, user=ben)
    assert not Message.objects.visible_to(ben).filter(pk=stored.id).exists()
    assert "gone" not in [shown.message.body for shown in talk_of(ben, membership).messages]
    assert "gone" not in [row.preview for row in inbox_rows(ben)]


def test_a_quote_keeps_no_words_of_it(ana, ben, fleeting):
    stored = say(ana, fleeting, "secret")
    answer = say(ben, fleeting, "I see", reply_to=stored.seq)
    age(stored.id, timedelta(days=2))

    membership = Membership.objects.get(conversation=fleeting, user=ben)
    shown = {item.message.seq: item for item in talk_of(ben, membership).messages}
    quote = shown[answer.seq].quote
    assert quote is not None
    assert quote["words"] == "Earlier message"


def test_the_job_deletes_what_was_in_it_and_keeps_its_place(ana, ben, fleeting):
    stored = say(ana, fleeting, "secret")
    actions.add_reaction(ben, fleeting, seq=stored.seq, emoji="🔥")
    actions.edit_message(ana, fleeting, seq=stored.seq, body="secret!")
    later = timezone.now() + timedelta(hours=30)
    actions.remind(ben, fleeting, seq=stored.seq, remind_at=later)
    kept = say(ana, fleeting, "still here")
    photo = Media.objects.create(owner=ana, message_id=stored.id, kind=Media.Kind.PHOTO)
    Message.objects.filter(pk=stored.id).update(media=[{"id": str(photo.pk)}])
    age(stored.id, timedelta(days=2))

    assert actions.empty_expired() == 1

    message = Message.objects.get(pk=stored.id)
    assert (message.seq, message.body, message.digest) == (stored.seq, "", "")
    assert message.is_unsent
    assert message.expired_at is not None
    assert message.media is None
    assert Media.objects.let_go(timezone.now()).filter(pk=photo.pk).exists()
    for model in (Attachment, Edit, Reaction, Reminder):
        assert not model.objects.filter(message=message).exists()
    assert Message.objects.get(pk=kept.id).body == "still here"


def test_the_job_is_safe_twice(ana, fleeting):
    age(say(ana, fleeting, "secret").id, timedelta(days=2))
    actions.empty_expired()
    fleeting.refresh_from_db()
    revision = fleeting.revision

    assert actions.empty_expired() == 0

    fleeting.refresh_from_db()
    assert fleeting.revision == revision


def test_whoever_was_away_learns_that_it_went_and_nothing_of_it(ana, fleeting):
    stored = say(ana, fleeting, "secret")
    cursor = stored.revision
    age(stored.id, timedelta(days=2))
    actions.empty_expired()

    found = changes.changes_after(fleeting.pk, cursor)

    expired = [event for event in found.events if event["type"] == "message.expired"]
    assert [sorted(event) for event in expired] == [["revision", "seq", "type"]]
    assert expired[0]["seq"] == stored.seq
    assert expired[0]["revision"] == found.head


def test_changes_tell_nothing_of_it_before_the_job_either(ana, fleeting):
    stored = say(ana, fleeting, "secret")
    age(stored.id, timedelta(days=2))

    found = changes.changes_after(fleeting.pk, 0)

    assert "secret" not in str(found.events)
    event = next(event for event in found.events if event.get("seq") == stored.seq)
    assert event["type"] == "message.expired"


def test_what_nobody_can_read_any_more_is_not_unread(ana, ben, fleeting):
    fleeting.refresh_from_db()
    Membership.objects.filter(user=ben).update(read_seq=fleeting.last_seq)
    for words in ("one", "two"):
        age(say(ana, fleeting, words).id, timedelta(days=2))

    actions.empty_expired()

    fleeting.refresh_from_db()
    membership = Membership.objects.get(conversation=fleeting, user=ben)
    assert membership.read_seq == fleeting.last_seq


def test_many_go_in_batches(ana, fleeting, monkeypatch):
    monkeypatch.setattr("chat.actions.timers.TOGETHER", 2)
    for number in range(5):
        age(say(ana, fleeting, f"words {number}").id, timedelta(days=2))

    assert actions.empty_expired() == 5
    assert not Message.objects.to_empty(timezone.now()).exists()


async def test_those_who_are_there_hear_of_it(live_hub, ana, ben, fleeting):
    stored = await in_thread(say, ana, fleeting, "secret")
    await in_thread(age, stored.id, timedelta(days=2))
    async with connected(ben) as client:
        await in_thread(actions.empty_expired)

        event = await client.hear_event("message.expired")

    assert event["seq"] == stored.seq


async def test_a_message_says_when_it_goes(live_hub, ana, ben, fleeting):
    async with connected(ben) as client:
        await in_thread(say, ana, fleeting, "for a day")

        event = await client.hear_event("message.created")

    assert event["expires_at"] > event["created_at"]


def test_the_same_message_said_again_after_it_went_is_no_conflict(ana, fleeting):
    client_id = "0190b1f0-0000-7000-8000-000000000001"
    first = say(ana, fleeting, "secret", client_id=client_id)
    age(first.id, timedelta(days=2))
    actions.empty_expired()

    again = say(ana, fleeting, "secret", client_id=client_id)

    assert (again.seq, again.replayed) == (first.seq, True)


def test_a_pair_sets_its_timer_from_either_side(ana, ben):
    direct = actions.start_direct(ana, ben)

    actions.set_timer(ben, direct, seconds=7 * DAY)
    actions.set_timer(ana, direct, seconds=90 * DAY)

    direct.refresh_from_db()
    assert direct.timer_seconds == 90 * DAY


def test_expiring_costs_the_same_queries_for_one_as_for_many(
    ana, ben, zoe, django_assert_max_num_queries
):
    group = make_group(ana, ben)
    actions.set_timer(ana, group, seconds=DAY)
    for number in range(10):
        age(say(ana, group, f"words {number}").id, timedelta(days=2))

    with django_assert_max_num_queries(40):
        actions.empty_expired()
