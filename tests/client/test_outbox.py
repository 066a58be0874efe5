"""Words wait in their order, and are said until they are answered."""

import random

import pytest

from tests.client.outbox import LATEST, SOONEST, Outbox
from tests.client.store import Store

PATIENCE = 12.0


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "copy.sqlite3")
    yield store
    store.close()


@pytest.fixture
def outbox(store) -> Outbox:
    return Outbox(store.db, random.Random(1), PATIENCE)


def bodies(frames) -> list[str]:
    return [frame["body"] for frame in frames]


def answer(kind: str, client_id: str, **more) -> dict:
    return {"type": kind, "client_id": client_id, **more}


def test_one_of_each_conversation_is_under_way_in_the_order_of_writing(outbox):
    first = outbox.add("here", "one")
    outbox.add("here", "two")
    outbox.add("there", "three", reply_to=4)

    said = outbox.due(0.0)
    outbox.heard(answer("ack", first), 0.1)

    assert bodies(said) == ["one", "three"]
    assert (said[0]["type"], said[0]["client_id"], said[1]["reply_to"]) == (
        "message.send",
        first,
        4,
    )
    assert bodies(outbox.due(0.1)) == ["two"]
    assert len(outbox) == 2


def test_what_is_not_answered_is_said_again_under_the_same_client_id(outbox):
    outbox.add("here", "one")

    first = outbox.due(0.0)

    assert outbox.due(PATIENCE - 0.1) == []
    assert outbox.due(PATIENCE) == first


def test_on_another_line_it_is_said_at_once(outbox):
    outbox.add("here", "one")
    outbox.due(0.0)

    outbox.lost()

    assert bodies(outbox.due(0.1)) == ["one"]


def test_not_now_is_tried_again_in_a_moment_and_overtaken_by_nobody(outbox):
    client_id = outbox.add("here", "one")
    outbox.add("here", "two")
    outbox.due(0.0)

    outbox.heard(answer("error", client_id, code="unavailable"), 1.0)

    assert outbox.due(1.0 + SOONEST - 0.01) == []
    assert bodies(outbox.due(1.0 + LATEST)) == ["one"]


def test_a_refusal_is_kept_for_the_person_and_the_next_goes_on(outbox):
    client_id = outbox.add("here", "one")
    outbox.add("here", "two")
    outbox.due(0.0)

    outbox.heard(answer("refused", client_id, code="policy.R13"), 0.1)

    assert bodies(outbox.due(0.1)) == ["two"]
    shown = [(frame["body"], frame["refusal"]) for frame in outbox.waiting("here")]
    assert shown == [("one", "policy.R13"), ("two", None)]
    outbox.give_up(client_id)
    assert bodies(outbox.waiting("here")) == ["two"]


def test_words_outlive_the_app(outbox, store, tmp_path):
    with store.changing():
        client_id = outbox.add("here", "one")
    outbox.due(0.0)
    store.close()

    again = Store(tmp_path / "copy.sqlite3")

    frames = Outbox(again.db, random.Random(1), PATIENCE).due(0.0)
    assert [frame["client_id"] for frame in frames] == [client_id]
    again.close()
