"""The load client and the audit on a tiny run: four members, a fraction of a second.

No speed is measured here; with real servers of each kind, since a load client that miscounts would
flatter whatever it measures.
"""

import os
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection

from chat.models import Conversation, Message
from tests.bench import load, programs, world
from tests.bench.cases import Case
from tests.bench.measuring import Serving, Timing
from tests.bench.processes import Usage
from tests.bench.stack import Stack
from tests.bench.subjects.floor import Floor
from tests.bench.subjects.medley import Medley
from tests.bench.websocket import upgrade

FOUR = Case("four", members=4, senders=2, window=2)
SHORT = Timing(seconds=0.2, warm_up=0.1, rounds=1)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> programs.Programs:
    try:
        return programs.compiled(tmp_path_factory.mktemp("programs"))
    except programs.NotAvailable as why:
        pytest.skip(str(why))


@pytest.fixture
def stack(built, tmp_path) -> Stack:
    """Enough of a stack for a small run: this process stands for the services."""
    here = os.getpid()
    port = int(connection.settings_dict["PORT"] or 0)
    return Stack(tmp_path, tmp_path, built, port, here, settings.REDIS_URL, here)


def answer_of(stack: Stack, serving: Serving, **plan) -> load.Answer:
    """What the load client saw of a short run."""
    usage = Usage(serving.processes)
    plan = {"window": 2, "warm_up": 0.1, "seconds": 0.2, "settle": 2, "silence": 0.1} | plan
    short = load.Plan(serving.members, ack=serving.ack, **plan)
    return load.run(stack.programs.load, short, usage.begin, usage.end)


def test_everybody_hears_everything_once(stack):

    with Floor().serving(stack, FOUR) as serving:
        answer = answer_of(stack, serving)

    assert answer.said > 0
    assert answer.heard == 4 * answer.said
    assert (answer.missing, answer.incomplete, answer.strange) == (0, 0, 0)
    assert answer.one_order


def test_a_member_who_hears_nothing_is_missed(stack):

    with Floor().serving(stack, FOUR) as serving:
        elsewhere = replace(serving.members[3], script=(upgrade("/elsewhere"),))
        deaf = replace(serving, members=[*serving.members[:3], elsewhere])
        answer = answer_of(stack, deaf, rate=20, window=0, settle=0.2)

    assert answer.missing == answer.incomplete == answer.said > 0
    assert not answer.one_order


def test_rooms_are_apart(stack):

    with Floor().serving(stack, Case("rooms", members=2, rooms=3, window=1)) as serving:
        answer = answer_of(stack, serving, rooms=3, window=1)

    assert answer.heard == 2 * answer.said > 0
    assert answer.strange == 0


def test_a_server_that_closes_gives_its_words(stack):

    with Floor().serving(stack, FOUR) as serving:
        wrong = replace(serving.members[0], script=(load.Step("HELLO", expect="welcome"),))
        with pytest.raises(load.LoadFailed, match="closes connections"):
            answer_of(stack, replace(serving, members=[wrong]))


@pytest.fixture
def own_world(transactional_db, monkeypatch):
    """Medley's own process serves the tests' database, and knows the few people of this world."""
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}"
    address = address.format(**connection.settings_dict)
    monkeypatch.setattr(Stack, "database_url", lambda stack, name="": address)
    monkeypatch.setattr("tests.bench.stack.SECRET_KEY", settings.SECRET_KEY)
    monkeypatch.setattr(world, "MOST_PEOPLE", FOUR.people)
    world.people.cache_clear()
    yield
    world.people.cache_clear()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the benchmarks need PostgreSQL")
def test_medley_passes_its_audit_and_a_row_of_nobody_fails_it(stack, own_world):

    with Medley().serving(stack, FOUR) as serving:
        answer = answer_of(stack, serving, silence=0.8)
        faults = serving.faults(answer)
    store_what_nobody_was_told()

    assert answer.said == answer.acks > 0
    assert faults == []
    assert f"{answer.said + 1} rows, {answer.acks} acks" in serving.faults(answer)


def store_what_nobody_was_told() -> None:
    """One more message in the only conversation, under the next number."""
    room = Conversation.objects.get()
    place = {"seq": room.last_seq + 1, "revision": room.revision + 1}
    Message.objects.create(conversation=room, **place)
    Conversation.objects.update(last_seq=place["seq"], revision=place["revision"])
