"""A client's copy: whatever arrives twice, late or with holes, it ends as the line says."""

from tests.chaos.copy import Copy


def created(revision: int, seq: int | None = None) -> dict:
    seq = seq or revision
    event = {"type": "message.created", "revision": revision, "seq": seq, "id": f"m{seq}"}
    return event | {"body": f"words {seq}"}


def frame(after: int, *events: dict) -> dict:
    return {"after": after, "head": events[-1]["revision"], "events": list(events)}


def test_what_is_next_is_applied():
    copy = Copy()

    assert list(copy.take(frame(0, created(1), created(2)))) == [created(1), created(2)]
    assert (copy.cursor, copy.is_behind) == (2, False)


def test_what_is_here_already_is_dropped():
    copy = Copy()
    list(copy.take(frame(0, created(1), created(2))))

    assert list(copy.take(frame(1, created(2), created(3)))) == [created(3)]


def test_what_comes_early_waits_for_the_piece_before_it():
    copy = Copy()

    assert list(copy.take(frame(1, created(2)))) == []
    assert copy.is_behind
    assert list(copy.take(frame(0, created(1)))) == [created(1), created(2)]
    assert copy.early == []


def test_a_reaction_changes_the_number_of_its_message():
    copy = Copy()
    reaction = {"type": "reaction.changed", "revision": 2, "seq": 1, "reactions": ["👍"]}

    list(copy.take(frame(0, created(1))))
    list(copy.take(frame(1, reaction)))

    assert copy.listed() == [[1, "m1", 2, "words 1"]]


def test_messages_are_listed_by_their_places():
    copy = Copy()

    list(copy.take(frame(0, created(2), created(3, seq=1))))

    assert [message[0] for message in copy.listed()] == [1, 2]
