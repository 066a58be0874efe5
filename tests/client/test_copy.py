"""A client's copy: whatever arrives twice, late or with holes, it ends as the line says."""

import pytest

from tests.client.copy import Copy


def created(revision: int, seq: int | None = None, **more) -> dict:
    seq = seq or revision
    event = {"type": "message.created", "revision": revision, "seq": seq, "id": f"m{seq}"}
    return event | {"body": f"words {seq}"} | more


def frame(after: int, *events: dict) -> dict:
    return {"after": after, "head": events[-1]["revision"], "events": list(events)}


def copy_of(*events: dict) -> Copy:
    copy = Copy()
    copy.take(frame(0, *events))
    return copy


def test_what_is_next_is_applied():
    copy = Copy()

    assert copy.take(frame(0, created(1), created(2))) == [created(1), created(2)]
    assert (copy.cursor, copy.is_behind) == (2, False)


def test_what_is_here_already_is_dropped():
    copy = copy_of(created(1), created(2))

    assert copy.take(frame(1, created(2), created(3))) == [created(3)]


def test_what_comes_early_waits_for_the_piece_before_it():
    copy = Copy()

    assert copy.take(frame(1, created(2))) == []
    assert copy.is_behind
    assert copy.take(frame(0, created(1))) == [created(1), created(2)]
    assert copy.early == []


def test_a_reaction_changes_the_number_of_its_message():
    copy = copy_of(created(1))
    reaction = {"type": "reaction.changed", "revision": 2, "seq": 1, "reactions": ["👍"]}

    copy.take(frame(1, reaction))

    assert copy.listed() == [[1, "m1", 2, "words 1"]]
    assert copy.messages[1]["reactions"] == ["👍"]


def test_messages_are_listed_by_their_places():
    copy = copy_of(created(2), created(3, seq=1))

    assert [message[0] for message in copy.listed()] == [1, 2]


def test_what_disappeared_leaves_no_trace_and_links_that_went_no_field():
    copy = copy_of(created(1), created(2, links=[{"url": "https://example.com"}]))
    gone = {"type": "links.changed", "revision": 3, "seq": 2, "links": [], "blocked_hosts": []}

    copy.take(frame(2, gone, {"type": "message.expired", "revision": 4, "seq": 1}))

    assert copy.messages == {2: {"seq": 2, "id": "m2", "revision": 3, "body": "words 2"}}


@pytest.mark.parametrize("kind", ["poll.changed", "message.edited"])
def test_ones_own_votes_stay_when_everybody_hears_of_the_poll(kind):
    poll = {"question": "When?", "mine": [1]}
    copy = copy_of(created(1, poll=poll))

    copy.take(frame(1, created(2, seq=1, poll={"question": "Now?", "mine": None}) | {"type": kind}))

    assert copy.messages[1]["poll"] == {"question": "Now?", "mine": [1]}


def test_events_of_history_that_nobody_looked_at_are_passed_over():
    copy = Copy(cursor=9, head=9, begins=5)

    copy.take(frame(9, created(10, seq=4), created(11, seq=5)))

    assert list(copy.messages) == [5]


def test_what_is_told_while_history_is_under_way_waits_for_it():
    copy = Copy(cursor=2, head=2, begins=3)
    told = frame(2, created(3, seq=1, body="edited once") | {"type": "message.edited"})
    later = frame(3, created(5, seq=2, body="edited") | {"type": "message.edited"})

    copy.hold()
    assert copy.take(told) == []
    copy.fold([created(4, seq=1, body="edited twice"), created(2)], begins=0)
    copy.take(later)
    copy.release()

    assert [message[2:] for message in copy.listed()] == [[4, "edited twice"], [5, "edited"]]
    assert (copy.cursor, copy.early) == (5, [])
