"""The writer: nothing is acked that is not stored, nothing stored twice, no number skipped."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.http import Http404
from django.utils import timezone

from accounts import live
from accounts.errors import Conflict, Refused, Unavailable
from accounts.models import OutboxJob
from chat import writer
from chat.models import Conversation, Membership, Message
from chat.writing.commits import Commits
from chat.writing.drafts import Draft, Job, Outcome, Stored, Submission, draft_message
from chat.writing.engines import OrmEngine
from tests.chat.factories import make_group, say

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Call all at the same moment in threads of their own; each result, or what it raised."""
    together = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            together.wait(5)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def numbers(conversation: Conversation) -> list[int]:
    return list(conversation.messages.order_by("seq").values_list("seq", flat=True))


def draft(author, conversation, body="hello", jobs=(), **options):
    said = draft_message(
        author.pk,
        conversation.pk,
        body=body,
        client_id=options.pop("client_id", uuid4()),
        **options,
    )
    said.jobs += jobs
    return said


def commit(submitted: Sequence[Submission]) -> list[Any]:
    """What the writer's thread does with a batch, here and now: an outcome for each."""
    commits = Commits()
    try:
        done = commits.commit(submitted, time.monotonic() + 5)
        return [done.outcomes[each] for each in submitted]
    finally:
        commits.close()


def test_answer_means_that_the_row_is_committed(ana, group):
    stored = say(ana, group, "hello")

    row = Message.objects.get(pk=stored.id)
    assert (row.seq, row.revision, row.body) == (stored.seq, stored.revision, "hello")
    assert row.created_at == stored.created_at


def test_numbers_have_no_holes_whoever_speaks(ana, ben, group):
    at_once(*[lambda who=who: [say(who, group) for _ in range(10)] for who in (ana, ben) * 2])

    group.refresh_from_db()
    assert numbers(group) == list(range(1, 42))
    assert group.last_seq == 41


def test_batch_keeps_the_order_in_which_it_was_queued(ana, group):
    answers = [writer.submit(draft(ana, group, str(n))) for n in range(30)]

    places = [answer.result(5).seq for answer in answers]
    assert places == list(range(2, 32))


def test_same_client_id_is_stored_once(ana, group):
    client_id = uuid4()

    first = say(ana, group, "once", client_id=client_id)
    again = say(ana, group, "once", client_id=client_id)

    assert (again.id, again.seq, again.replayed) == (first.id, first.seq, True)
    assert Message.objects.filter(client_id=client_id).count() == 1


def test_same_client_id_sent_at_once_is_stored_once(ana, group):
    client_id = uuid4()

    answers = at_once(*[lambda: say(ana, group, "once", client_id=client_id)] * 5)

    assert len({answer.id for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1


def test_same_client_id_in_two_batches_of_two_processes_is_stored_once(ana, group):
    """Two processes have two writers: the conversation's lock puts them in a row."""
    other = writer.Writer()
    client_id = uuid4()

    one = writer.submit(draft(ana, group, client_id=client_id))
    two = other.submit(draft(ana, group, client_id=client_id))

    assert one.result(5).id == two.result(5).id
    other.close()


def test_same_client_id_with_other_words_conflicts(ana, ben, group):
    client_id = uuid4()
    say(ana, group, "one thing", client_id=client_id)

    with pytest.raises(Conflict) as conflict:
        say(ana, group, "another", client_id=client_id)
    with pytest.raises(Conflict):
        say(ana, make_group(ana, ben), "one thing", client_id=client_id)

    assert conflict.value.code == "client_id.conflict"


def test_same_client_id_in_one_batch_is_stored_once(ana, ben, group):
    client_id = uuid4()
    words = ["once", "once", "other words"]
    drafts = [draft(ana, group, body, client_id=client_id) for body in words] + [draft(ben, group)]

    first, again, other, last = commit(drafts)

    assert (again.id, again.seq, again.replayed) == (first.id, first.seq, True)
    assert other.code == "client_id.conflict"
    assert (first.seq, last.seq) == (2, 3)


def test_client_id_belongs_to_its_author(ana, ben, group):
    client_id = uuid4()

    places = [say(who, group, client_id=client_id).seq for who in (ana, ben)]

    assert places == [2, 3]


def test_unknown_and_foreign_conversations_are_alike(ana, zoe, group):
    for conversation in (group.pk, uuid4()):
        with pytest.raises(Http404):
            say(zoe, conversation)


def test_one_refusal_in_a_batch_refuses_one(ana, ben, zoe, group):
    answers = [writer.submit(draft(who, group)) for who in (ana, zoe, ben)]

    outcomes = [answer.exception(5) for answer in answers]
    assert [type(outcome) for outcome in outcomes] == [type(None), Http404, type(None)]
    assert numbers(group) == [1, 2, 3]


def test_row_that_the_database_rejects_refuses_only_its_sender(ana, ben, group):
    bad = Draft(group.pk, author_id=ana.pk, client_id=uuid4(), body="a", notice={"n": {1, 2}})

    outcomes = commit([draft(ana, group), bad, draft(ben, group)])

    assert [getattr(outcome, "seq", None) for outcome in outcomes] == [2, None, 3]
    assert getattr(outcomes[1], "code", "") == "message.unstorable"
    assert numbers(group) == [1, 2, 3]


@pytest.mark.parametrize("lost", [True, False])
def test_lost_connection_is_neither_ack_nor_refusal(ana, group, lost):
    """Whether the commit came through is unknown; the same words again settle it."""

    class Broken(OrmEngine):
        def store(self, drafts, deadline):
            if not lost:
                super().store(drafts, deadline)
            raise OperationalError("server closed the connection")

    broken, said = writer.Writer(lambda: Commits([Broken()])), draft(ana, group)
    with pytest.raises(Unavailable):
        broken.save(said)
    broken.close()

    again = writer.save(said)
    assert again.replayed is not lost
    assert numbers(group) == [1, 2]


def test_slow_database_is_waited_for_a_while_only(ana, group, monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE", 0.1)
    may_go_on = threading.Event()

    class Slow(OrmEngine):
        def store(self, drafts, deadline):
            may_go_on.wait(5)
            return super().store(drafts, deadline)

    slow = writer.Writer(lambda: Commits([Slow()]))

    with pytest.raises(Unavailable):
        slow.save(draft(ana, group))

    may_go_on.set()
    slow.close()


def test_what_waited_too_long_is_turned_away(ana, group, monkeypatch):
    late = draft(ana, group)
    monkeypatch.setattr(writer, "SHED_AFTER", 0.0)
    time.sleep(0.01)

    with pytest.raises(Unavailable):
        writer.save(late)

    assert numbers(group) == [1]


def test_what_waited_too_long_does_not_wait_for_the_others(ana, group):
    """A frozen database has its time with what is fresh; the rest hears at once that it is late."""
    heard: list[Any] = []
    late, fresh = draft(ana, group), draft(ana, group)
    late.drafted_at -= writer.SHED_AFTER + 1
    entries: list[writer.Entry] = [(each, heard.append, None) for each in (late, fresh)]

    assert writer._shed(entries) == entries[1:]
    assert [type(outcome) for outcome in heard] == [Unavailable]


def test_full_queue_says_so_at_once(ana, group, monkeypatch):
    monkeypatch.setattr(writer, "QUEUE_LIMIT", 0)

    with pytest.raises(Unavailable):
        writer.submit(draft(ana, group))


def test_waiting_inside_a_transaction_is_a_mistake(ana, group):
    with transaction.atomic(), pytest.raises(AssertionError):
        say(ana, group)


def test_append_belongs_to_its_transaction(ana, group):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        writer.append(draft(ana, group, "gone with it"))
        raise ZeroDivisionError

    with transaction.atomic():
        stored = writer.append(draft(ana, group, "stays"))

    assert stored.seq == 2
    assert numbers(group) == [1, 2]


def test_append_outside_a_transaction_is_a_mistake(ana, group):
    with pytest.raises(AssertionError):
        writer.append(draft(ana, group))


def test_closed_writer_begins_anew(ana, group):
    writer.close()

    assert say(ana, group).seq == 2


def test_speaking_counts_as_reading(ana, ben, group):
    say(ben, group)

    stored = say(ana, group)

    assert Membership.objects.get(user=ana, conversation=group).read_seq == stored.seq
    assert Membership.objects.get(user=ben, conversation=group).read_seq == stored.seq - 1


def test_reply_must_point_at_something_there(ana, group):
    first = say(ana, group)

    assert say(ana, group, reply_to=first.seq).message.reply_to == first.seq
    for nowhere in (0, -1, 99, 10**30):
        with pytest.raises(ValidationError) as refusal:
            say(ana, group, reply_to=nowhere)
        assert refusal.value.code == "reply.unknown"


def test_what_is_being_said_cannot_be_answered_yet(ana, ben, group):
    """Whoever writes beside it cannot have seen it."""
    drafts = [draft(ana, group), draft(ben, group, reply_to=2)]

    first, reply = commit(drafts)

    assert first.seq == 2
    assert reply.code == "reply.unknown"


def test_only_members_are_mentioned(ana, ben, zoe, group):
    stored = say(ana, group, "@ben @zoe", mentions=[ben.pk, zoe.pk])

    assert stored.message.mentions == [str(ben.pk)]


def test_inactive_person_says_nothing(ana, group):
    ana.is_active = False
    ana.save()

    with pytest.raises(Refused) as refusal:
        say(ana, group)

    assert refusal.value.code == "account.inactive"


def test_silenced_member_reads_but_does_not_write(ana, ben, group):
    silence(group, ben, timedelta(hours=1))
    with pytest.raises(Refused) as refusal:
        say(ben, group)
    silence(group, ben, -timedelta(seconds=1))

    assert refusal.value.code == "member.silenced"
    assert say(ben, group).seq == 2


def silence(conversation: Conversation, user, span: timedelta) -> None:
    """Until that long from now."""
    row = Membership.objects.filter(conversation=conversation, user=user)
    row.update(silenced_until=timezone.now() + span)


@pytest.fixture
def slow_group(group):
    """Ana's group, in which members speak once a minute."""
    Conversation.objects.filter(pk=group.pk).update(slow_seconds=60)
    return group


def test_slow_mode_makes_members_wait(ben, slow_group):
    say(ben, slow_group)
    with pytest.raises(Refused) as refusal:
        say(ben, slow_group)
    minute_ago = timezone.now() - timedelta(seconds=61)
    Membership.objects.filter(user=ben, conversation=slow_group).update(said_at=minute_ago)

    assert refusal.value.code == "rate.slow"
    assert say(ben, slow_group).seq == 3


def test_slow_mode_lets_one_message_of_a_batch_pass(ben, slow_group):
    drafts = [draft(ben, slow_group, reply_to=99), draft(ben, slow_group), draft(ben, slow_group)]

    codes = [getattr(outcome, "code", None) for outcome in commit(drafts)]

    assert codes == ["reply.unknown", None, "rate.slow"]


def test_who_runs_a_slow_group_does_not_wait(ana, ben, slow_group):
    Membership.objects.filter(user=ben).update(role=Membership.Role.ADMIN)

    places = [say(who, slow_group).seq for who in (ana, ana, ben, ben)]

    assert places == [2, 3, 4, 5]


def test_saying_it_again_is_not_too_soon(ben, slow_group):
    client_id = uuid4()

    first = say(ben, slow_group, client_id=client_id)

    assert say(ben, slow_group, client_id=client_id).id == first.id


def test_time_of_speaking_is_kept_in_slow_groups_only(ana, ben, group, slow_group):
    quick = make_group(ana, ben)
    for conversation in (quick, slow_group):
        say(ben, conversation)

    said = dict(Membership.objects.filter(user=ben).values_list("conversation", "said_at"))
    assert said[quick.pk] is None
    assert said[slow_group.pk] is not None


def test_job_is_written_with_its_message_and_only_with_it(ana, zoe, group):
    drafts = [draft(who, group, jobs=(("x.y", {"of": who.username}),)) for who in (ana, zoe)]

    commit(drafts)

    assert [(job.task, job.arguments) for job in OutboxJob.objects.all()] == [
        ("x.y", {"of": "ana"})
    ]


def test_replay_writes_no_job_again(ana, group):
    client_id = uuid4()
    jobs: tuple[Job, ...] = (("x.y", {}),)

    for _time in range(2):
        commit([draft(ana, group, client_id=client_id, jobs=jobs)])

    assert OutboxJob.objects.count() == 1


def test_job_goes_with_the_transaction_of_an_appended_message(ana, group):
    with transaction.atomic():
        writer.append(draft(ana, group, jobs=(("x.y", {"n": 1}),)))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        writer.append(draft(ana, group, jobs=(("x.y", {"n": 2}),)))
        raise ZeroDivisionError

    assert [job.arguments for job in OutboxJob.objects.all()] == [{"n": 1}]


def test_appended_message_is_refused_like_any_other(ana, zoe, group):
    client_id = uuid4()
    with transaction.atomic():
        first = writer.append(draft(ana, group, client_id=client_id))
        again = writer.append(draft(ana, group, client_id=client_id))
        with pytest.raises(Http404):
            writer.append(draft(zoe, group))

    assert (again.id, again.replayed) == (first.id, True)
    assert numbers(group) == [1, 2]


class Order:
    """Hears what is published in the loop, and when answers came in between."""

    has_others = False

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    def answered(self, stored: Outcome) -> None:
        assert isinstance(stored, Stored)
        self.heard.append(("answer", stored.seq))

    def receive(self, _group: str, message: dict[str, Any]) -> None:
        said = json.loads(message["frame"])["events"]
        self.heard += [("news", event["seq"]) for event in said]


async def test_answers_of_a_commit_come_just_before_its_news(ana, ben, group):
    loop, order = asyncio.get_running_loop(), Order()
    live.listen(loop, order)
    try:
        for seq, who in enumerate((ana, ben), start=2):
            answers = len(order.heard) + 2
            writer.submit_to(draft(who, group), order.answered)
            async with asyncio.timeout(5):
                while len(order.heard) < answers:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)
            assert order.heard[-2:] == [("answer", seq), ("news", seq)]
    finally:
        live.listen(loop, None)


async def test_refusals_reach_the_loop_too(zoe, group):
    answer = asyncio.get_running_loop().create_future()

    writer.submit_to(draft(zoe, group), answer.set_result)

    assert isinstance(await asyncio.wait_for(answer, 5), Http404)


async def test_answer_that_nobody_takes_spoils_no_other(ana, ben, group):
    answer = asyncio.get_running_loop().create_future()

    writer.submit_to(draft(ana, group), lambda _outcome: 1 / 0)
    writer.submit_to(draft(ben, group), answer.set_result)

    assert (await asyncio.wait_for(answer, 5)).seq == 3


def test_many_drafts_cost_few_queries(ana, group, django_assert_max_num_queries):
    drafts = [draft(ana, group) for _ in range(50)]

    with django_assert_max_num_queries(12):
        OrmEngine().store(drafts, time.monotonic() + 5)
