"""The checker itself: an honest history holds, and each kind of lie is caught."""

from dataclasses import replace

import pytest

from tests.chaos.checker import Row, Truth, check

ROOM, OTHER_ROOM = "room", "other"
OBSERVED = {"ana", "ben", "zoe"}


def row(at: int, **fields) -> Row:
    """Ana's message at this place, said under the client_id `c<at>`."""
    return replace(Row(ROOM, at, f"m{at}", at, "ana", f"c{at}", f"words {at}"), **fields)


def truth(*rows: Row, members=("ana", "ben")) -> Truth:
    return Truth(
        list(rows), {ROOM: max((each.seq for each in rows), default=0)}, {ROOM: {*members}}
    )


def said(seq: int, t: float = 1.0) -> list[dict]:
    """Ana sends it and it is acked."""
    about = {"t": t, "user": "ana", "client_id": f"c{seq}", "conversation": ROOM}
    ok = {**about, "what": "ok", "seq": seq, "revision": seq, "via": "socket"}
    return [{**about, "what": "invoke"}, ok]


def applied(user: str, seq: int, t: float = 2.0, **fields) -> dict:
    about = {"t": t, "user": user, "what": "applied", "conversation": ROOM}
    event = {"type": "message.created", "revision": seq, "seq": seq, "id": f"m{seq}"}
    return about | event | {"body": f"words {seq}"} | fields


def final(user: str, *rows: Row) -> dict:
    messages = [each.listed for each in rows]
    return {"t": 9.0, "user": user, "what": "final", "conversation": ROOM, "messages": messages}


def honest(*rows: Row) -> list[dict]:
    """Ana said all, Ben heard all, both have all."""
    records = [record for each in rows for record in said(each.seq)]
    records += [applied(user, each.seq) for each in rows for user in ("ana", "ben")]
    return [*records, final("ana", *rows), final("ben", *rows)]


def verdict(records, facts, **options):
    return check(records, facts, observed=OBSERVED, **options)


def test_an_honest_history_holds():
    rows = [row(1), row(2)]

    found = verdict(honest(*rows), truth(*rows))

    assert found.problems == []
    assert (found.acked, found.stored) == (2, 2)


def test_an_ack_without_a_row_is_lost():
    found = verdict([*honest(row(1)), *said(2)], truth(row(1)))

    assert (found.lost, found.acked, found.stored) == (1, 2, 1)


def test_an_ack_for_another_place_is_lost():
    rows = [row(1), row(2, client_id="c9")]
    records = [*honest(*rows), *said(9)]

    assert verdict(records, truth(*rows)).lost == 2  # c2 has no row, c9 another place


def test_a_message_that_never_came_to_a_member_is_lost():
    rows = [row(1), row(2)]
    records = [r for r in honest(*rows) if (r["user"], r["what"]) != ("ben", "final")]

    found = verdict([*records, final("ben", rows[0])], truth(*rows))

    assert (found.lost, found.doubled, found.misordered) == (1, 0, 0)


def test_a_member_without_a_list_has_lost_everything():
    records = [r for r in honest(row(1)) if r["user"] != "ben"]

    assert verdict(records, truth(row(1))).lost == 1


def test_members_without_a_client_are_not_asked():
    facts = truth(row(1), members=("ana", "ben", "mute"))

    assert verdict(honest(row(1)), facts).holds


def test_an_unknown_send_may_be_stored_or_not():
    unknown = {"t": 3.0, "user": "ana", "what": "unknown", "client_id": "c2", "conversation": ROOM}
    invoked = {**unknown, "what": "invoke", "t": 2.0}

    stored = verdict([*honest(row(1), row(2)), unknown], truth(row(1), row(2)))
    absent = verdict([*honest(row(1)), invoked, unknown], truth(row(1)))

    assert stored.holds
    assert absent.holds
    assert absent.stored == 1


def test_one_client_id_in_two_rows_is_doubled():
    rows = [row(1), row(2, client_id="c1")]
    records = [*said(1), final("ana", *rows), final("ben", *rows)]

    assert verdict(records, truth(*rows)).doubled == 1


def test_the_same_client_id_of_two_authors_is_fine():
    rows = [row(1), row(2, client_id="c1", author="ben")]
    records = [final("ana", *rows), final("ben", *rows)]

    assert verdict(records, truth(*rows)).holds


def test_a_message_applied_twice_is_doubled():
    rows = [row(1)]

    assert verdict([*honest(*rows), applied("ben", 1, t=3)], truth(*rows)).doubled == 1


def test_a_message_twice_in_a_list_is_doubled():
    rows = [row(1)]
    twice = [r for r in honest(*rows) if r["what"] != "final"]
    twice += [final("ana", row(1)), final("ben", row(1), row(1))]

    assert verdict(twice, truth(*rows)).doubled == 1


def test_two_answers_to_one_client_id_are_doubled():
    rows = [row(1), row(2, client_id=None)]
    elsewhere = {**said(1)[1], "seq": 2}

    assert verdict([*said(1), elsewhere, *honest(*rows)[4:]], truth(*rows)).doubled == 1


def test_a_hole_in_the_numbers_is_misordered():
    rows = [row(1), row(3)]

    assert verdict(honest(*rows), truth(*rows)).misordered == 1


def test_a_last_number_without_its_row_is_misordered():
    facts = replace(truth(row(1)), last_seqs={ROOM: 2})

    assert verdict(honest(row(1)), facts).misordered == 1


@pytest.mark.parametrize(("touched", "misordered"), [(False, 1), (True, 0)])
def test_a_late_message_is_misordered_unless_it_was_touched(touched, misordered):
    rows = [row(1, is_touched=touched), row(2)]
    records = [r for r in honest(*rows) if (r["user"], r["what"]) != ("ben", "applied")]
    records += [applied("ben", 2), applied("ben", 1, t=3)]

    assert verdict(records, truth(*rows)).misordered == misordered


@pytest.mark.parametrize("wrong", [{"body": "other"}, {"seq": 2}, {"revision": 2}])
def test_a_copy_that_differs_from_the_row_is_misordered(wrong):
    records = [r for r in honest(row(1)) if (r["user"], r["what"]) != ("ben", "final")]

    assert verdict([*records, final("ben", row(1, **wrong))], truth(row(1))).misordered == 1


def test_a_message_that_only_a_client_has_is_misordered():
    records = [r for r in honest(row(1)) if (r["user"], r["what"]) != ("ben", "final")]

    assert verdict([*records, final("ben", row(1), row(2))], truth(row(1))).misordered == 1


def test_an_outsider_who_hears_is_a_leak():
    named = {"t": 2.0, "user": "zoe", "what": "named", "conversation": ROOM, "type": "typing"}

    assert verdict([*honest(row(1)), named], truth(row(1))).leaked == 1
    assert verdict([*honest(row(1)), applied("zoe", 1)], truth(row(1))).leaked == 1


@pytest.mark.parametrize(
    ("after", "silent_within", "leaked"), [(1.9, 2.0, 0), (2.1, 2.0, 1), (29.0, 30.0, 0)]
)
def test_who_was_removed_may_hear_for_a_moment(after, silent_within, leaked):
    removed = {"t": 5.0, "user": "ana", "what": "removed", "conversation": ROOM, "removed": "ben"}
    late = {"t": 5.0 + after, "user": "ben", "what": "named", "conversation": ROOM, "type": "read"}
    records = [r for r in honest(row(1)) if (r["user"], r["what"]) != ("ben", "final")]

    found = verdict(
        [*records, removed, late], truth(row(1), members=("ana",)), silent_within=silent_within
    )

    assert found.leaked == leaked
