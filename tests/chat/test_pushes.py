"""Pushes of messages: who is told of what, once, and in which words."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from celery import current_app
from django.utils import timezone

import chat.tasks  # noqa: F401
from accounts.ids import uuid7_from
from accounts.models import Device, NotificationChoice, OutboxJob, User
from accounts.models.device import digest_of
from chat import actions, events
from chat.models import Conversation, Membership, Message, PushCursor, PushNet, WaitingPush
from chat.pushing import channels, looking, poking, sending, waiting
from tests.chat.channels import make_channel
from tests.chat.factories import ask, make_group, say
from tests.factories import befriend, block, make_user
from tests.rules import rule

pytestmark = pytest.mark.django_db(transaction=True)


def with_device(*people: User) -> None:
    """Each has one browser that wants to be told."""
    for person in people:
        address = f"https://push.example/{uuid4()}"
        digest = digest_of("web", address)
        Device.objects.create(user=person, kind="web", address=address, digest=digest)


@pytest.fixture(autouse=True)
def net():
    """What a test says, the net has not passed."""
    return PushNet.objects.create(pk=1, reached_at=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, str, str]]:
    """(who, title, body) of what reached a device."""
    found: list[tuple[str, str, str]] = []
    monkeypatch.setattr(
        sending,
        "send",
        lambda device, push: found.append((device.user.username, push.title, push.body)),
    )
    return found


def told() -> list[str]:
    """Who is to be told of something."""
    waits = WaitingPush.objects.values_list("membership__user__username", flat=True)
    return sorted(waits)


def tasks() -> list[str]:
    """The jobs for that."""
    jobs = OutboxJob.objects.filter(task__startswith="chat.push_", done_at=None).order_by("pk")
    return list(jobs.values_list("task", flat=True))


def run_jobs(*names: str) -> None:
    """What a worker would do of them, and of those that they bring."""
    names = names or (waiting.TO_FEW, waiting.TO_MANY)
    while jobs := list(OutboxJob.objects.filter(task__in=names, done_at=None, parked_at=None)):
        for job in jobs:
            current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def member(person: User, conversation: Conversation) -> Any:
    return Membership.objects.filter(conversation=conversation, user=person)


# --- Who is told ----------------------------------------------------------------------------------


def mute(person: User, group: Conversation) -> None:
    actions.mute(person, group, span="8h")


def listen_to_mentions(person: User, group: Conversation) -> None:
    member(person, group).update(notify="mentions")


def hear_nothing(person: User, group: Conversation) -> None:
    member(person, group).update(notify="none")


def be_asked(person: User, group: Conversation) -> None:
    member(person, group).update(state=Membership.State.INVITED)


def be_removed(person: User, group: Conversation) -> None:
    member(person, group).update(state=Membership.State.ENDED)


def be_young(person: User, group: Conversation) -> None:
    member(person, group).update(send_refusal="policy.R2")


def leave_the_house(person: User, group: Conversation) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def read_on(person: User, group: Conversation) -> None:
    member(person, group).update(read_seq=group.last_seq + 1)


def come_later(person: User, group: Conversation) -> None:
    member(person, group).update(from_seq=group.last_seq + 1)


def lose_the_device(person: User, group: Conversation) -> None:
    Device.objects.filter(user=person).delete()


@rule("R16", "job")
@rule("R28", "job")
@pytest.mark.parametrize(
    "without",
    [
        mute,
        listen_to_mentions,
        hear_nothing,
        be_asked,
        be_removed,
        be_young,
        leave_the_house,
        read_on,
        come_later,
        lose_the_device,
    ],
)
def test_members_are_told_but_for_those_who_are_not_to_be(ana, ben, zoe, without):
    befriend(ana, zoe)
    group = make_group(ana, ben, zoe)
    with_device(ana, ben, zoe)
    looking.look_everywhere()
    group.refresh_from_db()
    without(ben, group)

    say(ana, group)
    looking.look_at([group.pk])

    assert told() == ["zoe"]


@rule("R15", "job")
@pytest.mark.parametrize("made_by_reader", [True, False])
def test_blocks_keep_pushes_away_both_ways(ana, ben, zoe, made_by_reader):
    befriend(ana, zoe)
    group = make_group(ana, ben, zoe)
    with_device(ben, zoe)
    block(*((ben, zoe) if made_by_reader else (zoe, ben)))

    say(zoe, group)
    looking.look_at([group.pk])

    assert told() == []


@rule("R16", "job")
def test_who_is_hushed_wakes_nobody(ana, ben, zoe):
    befriend(ana, zoe)
    group = make_group(ana, ben, zoe)
    with_device(ben)
    actions.hush(ben, group, zoe, hushed=True)

    say(zoe, group)
    looking.look_at([group.pk])
    assert told() == []

    say(ana, group)
    looking.look_at([group.pk])
    assert told() == ["ben"]


def test_a_mention_reaches_who_wants_to_hear_of_those(ana, ben, group):
    with_device(ben)
    listen_to_mentions(ben, group)

    say(ana, group, "look, @ben", mentions=[str(ben.pk)])
    looking.look_at([group.pk])

    assert told() == ["ben"]


@rule("R12", "job")
def test_a_request_wakes_nobody_before_it_is_accepted(ana, zoe):
    with_device(ana)
    direct = actions.start_direct(zoe, ana)

    say(zoe, direct)
    looking.look_at([direct.pk])

    assert told() == []


def test_what_the_house_says_wakes_nobody(ana, ben, zoe, group):
    befriend(ana, zoe)
    with_device(ben)
    looking.look_at([group.pk])

    actions.add_member(ana, group, zoe)
    looking.look_at([group.pk])

    assert told() == []
    assert PushCursor.objects.get().seq == Conversation.objects.get(pk=group.pk).last_seq


# --- Once -----------------------------------------------------------------------------------------


def test_each_message_is_looked_at_once(ana, ben, group):
    with_device(ben)
    say(ana, group)

    looking.look_at([group.pk])
    looking.look_at([group.pk])
    looking.look_everywhere()

    assert tasks() == ["chat.push_waiting"]


def test_a_look_that_fails_leaves_nothing_and_the_next_finds_all(ana, ben, group, monkeypatch):
    with_device(ben)
    say(ana, group)
    with monkeypatch.context() as broken:
        broken.setattr(waiting, "enqueue_all", lambda jobs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            looking.look_at([group.pk])
    assert (told(), tasks(), PushCursor.objects.count()) == ([], [], 0)

    looking.look_at([group.pk])

    assert (told(), tasks()) == (["ben"], ["chat.push_waiting"])


def test_what_is_said_while_a_push_waits_joins_it(ana, ben, group, sent):
    with_device(ben)
    for words in ("one", "two", "three"):
        say(ana, group, words)
        looking.look_at([group.pk])
    assert tasks() == ["chat.push_waiting"]

    run_jobs()

    assert sent == [("ben", "Friday film", "3 new messages")]
    assert not WaitingPush.objects.exists()


def test_what_is_said_while_a_push_goes_is_told_right_after(ana, ben, group, monkeypatch):
    with_device(ben)
    said: list[str] = []

    def answer_meanwhile(_device, push):
        said.append(push.body)
        if len(said) == 1:
            say(ana, group, "and this")
            looking.look_at([group.pk])

    monkeypatch.setattr(sending, "send", answer_meanwhile)
    say(ana, group, "this")
    looking.look_at([group.pk])

    run_jobs()

    assert said == ["this", "and this"]
    assert not WaitingPush.objects.exists()


def test_each_device_has_a_job_of_its_own(ana, ben, group, sent):
    with_device(ben, ben)
    say(ana, group, "hello")

    looking.look_at([group.pk])
    assert tasks() == ["chat.push_waiting"] * 2
    run_jobs()

    assert sent == [("ben", "Ana in Friday film", "hello")] * 2


def test_a_push_that_was_given_up_does_not_hold_up_the_next(ana, ben, group, monkeypatch):
    with_device(ben)
    say(ana, group)
    looking.look_at([group.pk])
    job = OutboxJob.objects.get(task="chat.push_waiting")
    monkeypatch.setattr(sending, "send", lambda *_: 1 / 0)
    for _try in range(3):
        OutboxJob.objects.filter(pk=job.pk).update(due_at=timezone.now())
        with pytest.raises(ZeroDivisionError):
            current_app.tasks[job.task](**job.arguments, job_id=job.pk)

    say(ana, group)
    looking.look_at([group.pk])

    assert OutboxJob.objects.filter(task="chat.push_waiting").count() == 2
    assert WaitingPush.objects.get().after_seq == Message.objects.latest("seq").seq - 1


def test_one_whose_job_was_discarded_begins_anew(ana, ben, group):
    with_device(ben)
    say(ana, group)
    looking.look_at([group.pk])
    OutboxJob.objects.all().delete()
    WaitingPush.objects.update(since=timezone.now() - timedelta(hours=2))

    say(ana, group)
    looking.look_at([group.pk])

    assert tasks() == ["chat.push_waiting"]


# --- The net and the hints ------------------------------------------------------------------------


def test_the_net_finds_what_no_hint_was_heard_of(ana, ben, group):
    with_device(ben)
    say(ana, group)

    looking.look_everywhere()

    assert told() == ["ben"]


def test_the_net_passes_what_was_said_before_it_began(ana, ben, group):
    PushNet.objects.all().delete()
    said = say(ana, group)
    long_ago = uuid7_from(timezone.now() - timedelta(hours=1))
    Message.objects.filter(conversation=group, seq=said.seq).update(id=long_ago)
    with_device(ben)

    looking.look_everywhere()
    looking.look_at([group.pk])

    assert told() == []


def test_the_net_does_not_go_back(net):
    later = timezone.now() + timedelta(minutes=1)
    PushNet.objects.reach(later)

    looking.look_everywhere()

    assert PushNet.objects.reached() == later


def test_sending_hints_at_its_conversation(ana, ben, group, monkeypatch):
    poked: list[Any] = []
    monkeypatch.setattr(events, "poke", lambda keys: poked.extend(keys))

    stored = say(ana, group)
    assert poked == [group.pk]

    actions.add_reaction(ben, group, seq=stored.seq, emoji="👍")
    assert poked == [group.pk]


def test_hints_are_given_once_readers_had_their_time(monkeypatch):
    monkeypatch.setattr(poking.Poking, "_run", lambda self: None)
    hints, here = poking.Poking(), uuid4()
    began = poking.time.monotonic()
    hints.poke([here])
    hints.poke([here])

    assert hints.ripe(began + poking.SETTLED_AFTER / 2) == []
    assert hints.ripe(began + poking.SETTLED_AFTER + 1) == [here]
    assert hints.ripe(began + poking.SETTLED_AFTER + 2) == []


def test_a_broker_that_is_away_loses_a_hint_and_no_push(ana, ben, group, monkeypatch):
    monkeypatch.setattr(current_app, "send_task", lambda *_args, **_kwargs: 1 / 0)
    with_device(ben)
    say(ana, group)

    poking._hint([group.pk])
    looking.look_everywhere()

    assert told() == ["ben"]


def test_looking_costs_the_same_however_much_was_said(ana, ben, zoe, django_assert_num_queries):
    befriend(ana, zoe)
    groups = [make_group(ana, ben, zoe, title=f"Group {number}") for number in range(5)]
    with_device(ben, zoe)
    keys = [group.pk for group in groups]
    looking.look_at(keys)
    say(ana, groups[0])
    with django_assert_num_queries(14):
        looking.look_at(keys)
    for group in groups:
        for _ in range(3):
            say(ana, group)

    with django_assert_num_queries(15):  # what waits is joined, too
        looking.look_at(keys)


def test_where_nobody_has_a_device_one_question_is_all(ana, ben, group, django_assert_num_queries):
    say(ana, group)

    with django_assert_num_queries(1):
        looking.look_at([group.pk])
    assert not PushCursor.objects.exists()


# --- What is said ---------------------------------------------------------------------------------


def pushed(conversation: Conversation) -> None:
    looking.look_at([conversation.pk])
    run_jobs()


def test_words_name_who_said_them_and_where(ana, ben, group, sent):
    with_device(ben)
    direct = actions.start_direct(ana, ben)

    say(ana, group, "shall we?\nat eight")
    pushed(group)
    say(ana, direct, "just you and me")
    pushed(direct)

    assert sent == [
        ("ben", "Ana in Friday film", "shall we? at eight"),
        ("ben", "Ana", "just you and me"),
    ]


def test_a_nickname_stands_for_the_name(ana, ben, group, sent):
    with_device(ben)
    member(ben, group).update(nicknames={str(ana.pk): "Sis"})

    say(ana, group, "hi")
    pushed(group)

    assert sent == [("ben", "Sis in Friday film", "hi")]


def test_what_has_no_words_is_named(ana, ben, group, sent):
    with_device(ben)

    ask(ana, group, "Pizza?", ["yes", "no"])
    pushed(group)
    say(ana, group, "", share=f"profile:{ben.pk}")
    pushed(group)

    assert [body for _who, _title, body in sent] == ["Poll: Pizza?", "Shared a profile"]


def test_words_that_disappear_do_not_go_to_the_lock_screen(ana, ben, group, sent):
    with_device(ben)
    Conversation.objects.filter(pk=group.pk).update(timer_seconds=3600)

    say(ana, group, "between us")
    pushed(group)

    assert sent == [("ben", "Ana in Friday film", "New message")]


def test_it_is_in_the_language_of_who_reads_it(ana, ben, group, sent):
    User.objects.filter(pk=ben.pk).update(language="es")
    with_device(ben)
    direct = actions.start_direct(ana, ben)

    ask(ana, direct, "Pizza?", ["yes", "no"])
    pushed(direct)

    assert sent == [("ben", "Ana", "Encuesta: Pizza?")]


@pytest.mark.parametrize("meanwhile", [mute, hear_nothing, be_removed, leave_the_house])
def test_what_changed_since_is_asked_when_it_goes(ana, ben, group, sent, meanwhile):
    with_device(ben)
    say(ana, group)
    looking.look_at([group.pk])

    meanwhile(ben, group)
    run_jobs()

    assert sent == []
    assert not WaitingPush.objects.exists()


def test_what_was_read_or_unsent_meanwhile_is_not_pushed(ana, ben, group, sent):
    with_device(ben)
    first, second, third = (say(ana, group, words) for words in ("one", "two", "three"))
    looking.look_at([group.pk])

    member(ben, group).update(read_seq=first.seq)
    actions.unsend_message(ana, group, seq=second.seq)
    run_jobs()

    assert third.seq == second.seq + 1
    assert sent == [("ben", "Ana in Friday film", "three")]


def test_who_wants_no_pushes_of_messages_gets_none(ana, ben, group, sent):
    with_device(ben)
    NotificationChoice.objects.create(
        user=ben, kind="chat.message", in_app=False, push=False, mail=False
    )

    say(ana, group)
    pushed(group)

    assert sent == []


# --- Many -----------------------------------------------------------------------------------------


def test_a_post_reaches_followers_with_devices_in_batches(ana, sent, monkeypatch):
    monkeypatch.setattr(channels, "BATCH", 2)
    followers = [make_user(f"follower{number}") for number in range(5)]
    channel = make_channel(ana, *followers)
    with_device(*followers[:4], ana)
    mute(followers[0], channel)

    say(ana, channel, "new notes")
    looking.look_at([channel.pk])
    assert tasks() == ["chat.push_post"]
    run_jobs("chat.push_post", waiting.TO_MANY)

    assert sorted(sent) == [
        (person.username, "Meadow notes", "new notes") for person in followers[1:4]
    ]


def test_a_batch_that_fails_is_told_once_when_it_is_tried_again(ana, sent, monkeypatch):
    monkeypatch.setattr(channels, "BATCH", 2)
    followers = [make_user(f"follower{number}") for number in range(4)]
    channel = make_channel(ana, *followers)
    with_device(*followers)
    say(ana, channel, "new notes")
    looking.look_at([channel.pk])
    job = OutboxJob.objects.get(task="chat.push_post")
    with monkeypatch.context() as broken:
        broken.setattr(channels, "enqueue", lambda *_args, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            current_app.tasks[job.task](**job.arguments, job_id=job.pk)
    assert told() == []
    OutboxJob.objects.filter(pk=job.pk).update(due_at=timezone.now())

    run_jobs("chat.push_post", waiting.TO_MANY)

    assert sorted(who for who, _title, _body in sent) == [person.username for person in followers]


def test_a_large_group_does_not_hold_up_small_ones(ana, ben, monkeypatch):
    monkeypatch.setattr(waiting, "FEW", 1)
    friends = [make_user(f"friend{number}") for number in range(2)]
    for friend in friends:
        befriend(ana, friend)
    large, small = make_group(ana, *friends), make_group(ana, ben)
    with_device(ben, *friends)
    for conversation in (large, small):
        say(ana, conversation)

    looking.look_at([large.pk, small.pk])

    assert sorted(tasks()) == ["chat.push_to_many", "chat.push_to_many", "chat.push_waiting"]
