"""What becomes of a batch when the database fails it: nobody is told anything false.

Collected on PostgreSQL only (conftest.py).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from accounts.errors import Conflict, Unavailable
from chat import actions, writer
from chat.models import Conversation, Message
from chat.writing.drafts import Draft, Stored
from tests.chat.factories import make_group, say
from tests.chat.test_writer import at_once, commit, draft, numbers

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """Another connection, outside of every transaction."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        yield other


@contextmanager
def held(conversation: Conversation) -> Iterator[None]:
    """Another process holds the conversation's line."""
    with server() as other, other.transaction():
        other.execute("select from chat_conversation where id = %s for update", [conversation.pk])
        yield


def backends(waiting: bool = False) -> list[int]:
    """The writers' connections, as the server knows them; or only those that wait for a lock."""
    with server() as other:
        rows = other.execute(
            "select pid from pg_stat_activity where datname = current_database()"
            " and application_name = 'medley writer' and (wait_event_type = 'Lock' or not %s)",
            [waiting],
        )
        return [pid for (pid,) in rows]


def until(condition) -> None:
    """Wait for it, at most 5 seconds."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def kill(pids: list[int]) -> None:
    with server() as other:
        for pid in pids:
            other.execute("select pg_terminate_backend(%s)", [pid])
    until(lambda: not set(pids) & set(backends()))


# --- Lost and slow servers ------------------------------------------------------------------------


def test_connection_lost_between_two_messages_is_nobodys_trouble(ana, group):
    say(ana, group)

    kill(backends())

    assert say(ana, group).seq == 3


def test_connection_lost_under_way_is_neither_ack_nor_refusal(ana, group):
    say(ana, group)
    with held(group):
        said = draft(ana, group)
        answer = writer.submit(said)
        until(lambda: backends(waiting=True))
        kill(backends(waiting=True))

        assert isinstance(answer.exception(5), Unavailable)

    assert numbers(group) == [1, 2]
    assert writer.save(said).replayed is False


def test_whoever_waits_for_a_line_gets_an_answer_in_time(ana, ben, group, monkeypatch):
    """Its holder may hang; afterwards the same words settle what became of them."""
    say(ana, group)
    monkeypatch.setattr(writer, "ANSWER_WITHIN", 0.4)
    others = make_group(ana, ben)
    with held(group):
        begun = time.monotonic()
        stuck = [writer.submit(said) for said in (draft(ana, group), draft(ben, group))]

        assert all(isinstance(answer.exception(5), Unavailable) for answer in stuck)
        assert time.monotonic() - begun < 2
        assert say(ben, others).seq == 2


def test_message_requests_get_an_answer_in_time_too(ana, zoe, monkeypatch):
    """Those go through Django's connection, which waits for ever by itself."""
    monkeypatch.setattr(writer, "ANSWER_WITHIN", 0.4)
    request = actions.start_direct(zoe, ana)
    with held(request):
        said = draft(zoe, request, "hello")

        assert isinstance(writer.submit(said).exception(5), Unavailable)

    assert writer.save(said).seq == 1


def test_server_that_cannot_be_reached_is_unavailable(ana, group, monkeypatch):
    writer.close()
    nowhere = connection.get_connection_params() | {"host": "127.0.0.1", "port": 1}
    with monkeypatch.context() as patch:
        patch.setattr(
            type(connections[DEFAULT_DB_ALIAS]), "get_connection_params", lambda _: nowhere
        )
        with pytest.raises(Unavailable):
            say(ana, group)

    assert say(ana, group).seq == 2


@pytest.mark.parametrize("state", ["57014", "53100", "25006", "42703"])
def test_trouble_of_the_server_is_no_senders_fault(ana, ben, group, state):
    """Cancelled, disk full, read-only after a failover, a column that is not there yet."""
    with failing("before insert", "chat_message", state):
        outcomes = commit([draft(ana, group), draft(ben, group)])

        assert [type(outcome) for outcome in outcomes] == [Unavailable, Unavailable]


@contextmanager
def failing(when: str, table: str, state: str, body: str | None = None) -> Iterator[None]:
    """The server raises `state` for each row, or for those with this body."""
    condition = "" if body is None else f"when (new.body = '{body}')"
    deferred = "deferrable initially deferred" if when == "after insert" else ""
    kind = "constraint trigger" if deferred else "trigger"
    with server() as other:
        other.execute(
            "create function fail() returns trigger language plpgsql as"
            f" $$begin raise exception 'no' using errcode = '{state}'; end$$"
        )
        other.execute(
            f"create {kind} fail {when} on {table} {deferred} for each row {condition}"
            " execute function fail()"
        )
        try:
            yield
        finally:
            other.execute("drop function fail cascade")


# --- Bad rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["a\0b", "half a pair \ud83d"])
def test_words_that_postgresql_cannot_hold_refuse_one_sender(ana, ben, group, body):
    """The doors clean both away; were one to forget, the others must not suffer."""
    bad = Draft(group.pk, author_id=ana.pk, client_id=uuid4(), body=body)
    drafts = [draft(who, group) for who in (ana, ben, ana)] + [bad, draft(ben, group)]

    outcomes = commit(drafts)

    assert [getattr(outcome, "seq", None) for outcome in outcomes] == [2, 3, 4, None, 5]
    assert outcomes[3].code == "message.unstorable"
    assert numbers(group) == [1, 2, 3, 4, 5]


def test_row_that_fails_the_commit_itself_is_not_acked(ana, ben, group):
    """Foreign keys are checked when the transaction ends, after the last row has answered."""
    with failing("after insert", "chat_message", "23503", body="bad"):
        drafts = [draft(ana, group), draft(ben, group, "bad"), draft(ana, group)]
        outcomes = commit(drafts)

    assert [getattr(outcome, "seq", None) for outcome in outcomes] == [2, None, 3]
    assert outcomes[1].code == "message.unstorable"
    assert numbers(group) == [1, 2, 3]


# --- Two processes --------------------------------------------------------------------------------


@pytest.fixture
def writers():
    """Those of two processes."""
    pair = (writer.Writer(), writer.Writer())
    yield pair
    for each in pair:
        each.close()


def test_same_client_id_in_two_places_at_once_is_stored_once(ana, ben, writers):
    """No line is common to both: only the unique constraint sees it."""
    here, there = make_group(ana, ben), make_group(ana, ben)
    ids = [uuid4() for _ in range(60)]

    def say_all(by: writer.Writer, conversation: Conversation) -> list[object]:
        answers = [by.submit(draft(ana, conversation, client_id=each)) for each in ids]
        return [answer.exception(9) or answer.result() for answer in answers]

    one, two = at_once(lambda: say_all(writers[0], here), lambda: say_all(writers[1], there))

    for first, second in zip(one, two, strict=True):
        assert {type(first), type(second)} == {Stored, Conflict}
    assert Message.objects.filter(client_id__in=ids).count() == len(ids)
    for conversation in (here, there):
        assert_gapless(conversation)


def test_batches_that_cross_never_wait_in_a_ring(ana, ben, writers):
    groups = [make_group(ana, ben) for _ in range(4)]

    def say_all(by: writer.Writer, order: list[Conversation]) -> list[object]:
        answers = [by.submit(draft(ana, each)) for _ in range(40) for each in order]
        return [answer.exception(9) for answer in answers]

    outcomes = at_once(
        lambda: say_all(writers[0], groups), lambda: say_all(writers[1], groups[::-1])
    )

    assert [set(each) for each in outcomes] == [{None}, {None}]
    for group in groups:
        assert_gapless(group)


def assert_gapless(conversation: Conversation) -> None:
    conversation.refresh_from_db()
    assert numbers(conversation) == list(range(1, conversation.last_seq + 1))


def test_members_removed_in_another_process_say_nothing_more(ana, ben, group):
    """What was decided while the batch waited for the line is seen by it."""
    with server() as other, other.transaction():
        other.execute("select from chat_conversation where id = %s for update", [group.pk])
        answer = writer.submit(draft(ben, group))
        until(lambda: backends(waiting=True))
        other.execute("update chat_membership set state = 'ended' where user_id = %s", [ben.pk])

    assert answer.exception(5).__class__.__name__ == "Http404"
    assert numbers(group) == [1]
