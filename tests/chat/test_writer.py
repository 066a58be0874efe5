"""The writer: nothing is acked that is not stored, nothing stored twice, no number skipped."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.http import Http404

from accounts.errors import Conflict, Refused, Unavailable
from chat import writer
from chat.batch import Committed
from chat.commits import Commits
from chat.drafts import Draft, draft_message
from chat.engines import OrmEngine
from chat.models import Conversation, Membership, Message
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


def draft(author, conversation, body="hello", **options):
    return draft_message(
        author.pk,
        conversation.pk,
        body=body,
        client_id=options.pop("client_id", uuid4()),
        **options,
    )


def commit(drafts: list[Draft]) -> Committed:
    """What the writer's thread does with a batch, here and now."""
    commits = Commits()
    try:
        return commits.commit(drafts, time.monotonic() + 5)
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

    drafts = [draft(ana, group), bad, draft(ben, group)]
    done = commit(drafts)

    outcomes = [done.outcomes[each] for each in drafts]
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


def test_only_members_are_mentioned(ana, ben, zoe, group):
    stored = say(ana, group, "@ben @zoe", mentions=[ben.pk, zoe.pk])

    assert stored.message.mentions == [str(ben.pk)]


def test_inactive_person_says_nothing(ana, group):
    ana.is_active = False
    ana.save()

    with pytest.raises(Refused) as refusal:
        say(ana, group)

    assert refusal.value.code == "account.inactive"


def test_many_drafts_cost_few_queries(ana, group, django_assert_max_num_queries):
    drafts = [draft(ana, group) for _ in range(50)]

    with django_assert_max_num_queries(12):
        OrmEngine().store(drafts, time.monotonic() + 5)
