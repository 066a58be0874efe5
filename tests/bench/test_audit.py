"""What an audit finds wrong, each kind of it."""

from dataclasses import replace

import pytest

from tests.bench import audit
from tests.bench.load import Answer

GOOD = Answer(
    said=3,
    acks=3,
    heard=12,
    missing=0,
    incomplete=0,
    strange=0,
    one_order=True,
    stalls=0,
    closed=0,
    retries=0,
    deliveries_per_s=1,
    messages_per_s=1,
    p50_ms=1,
    p99_ms=1,
    client_cpu=0,
    late_ms=0,
    bytes_per_delivery=1,
    opened_s=0,
)


def test_a_good_run_has_no_faults():

    assert audit.answer_faults(GOOD, stored=3) == []
    assert audit.line_faults(last_seq=3, revision=3, rows=3, first=1, last=3, covered=True) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"acks": 2},
        {"missing": 1},
        {"missing": -1},
        {"incomplete": 1},
        {"strange": 1},
        {"one_order": False},
        {"closed": 1},
    ],
)
def test_what_clients_saw_wrong_is_a_fault(wrong):

    assert audit.answer_faults(replace(GOOD, **wrong), stored=3)


def test_a_row_too_few_is_a_fault():

    assert audit.answer_faults(GOOD, stored=2) == ["2 rows, 3 acks"]


@pytest.mark.parametrize(
    "wrong",
    [{"rows": 2}, {"first": 2}, {"last": 4}, {"last_seq": 4}, {"revision": 2}, {"covered": False}],
)
def test_a_number_line_with_a_hole_is_a_fault(wrong):
    line = {"last_seq": 3, "revision": 3, "rows": 3, "first": 1, "last": 3, "covered": True}

    assert audit.line_faults(**line | wrong)
