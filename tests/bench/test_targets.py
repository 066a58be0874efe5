"""The table of targets: what is judged, against what, and with which word."""

from tests.bench.cases import CASES
from tests.bench.figures import Figures, figure
from tests.bench.subjects.catalogue import subjects
from tests.bench.targets import TARGETS, Direction, Target, faster, is_needed, judge


def measured(**medians: float) -> Figures:
    """Deliveries a second in the case 500/W4, by subject (with _ for -)."""
    return Figures(
        figure("500/W4", name.replace("_", "-"), "deliveries_per_s", [value])
        for name, value in medians.items()
    )


def test_a_ratio_that_is_reached_is_ok():

    verdict = judge(faster("500/W4", "prosody", 8), measured(medley=800, prosody=100))

    assert (verdict.reached, verdict.word) == (8, "ok")


def test_a_ratio_that_is_not_reached_is_missed():

    verdict = judge(faster("500/W4", "prosody", 8), measured(medley=799, prosody=100))

    assert (verdict.reached, verdict.word) == (7.99, "MISSED")


def test_a_target_without_its_peer_is_not_measured():

    verdict = judge(faster("500/W4", "prosody", 8), measured(medley=800))

    assert (verdict.reached, verdict.word) == (None, "not measured")


def test_several_others_are_added_up():
    floor_and_commit = Target(
        "500/W4", "deliveries_per_s", Direction.AT_MOST, 1.2, ("c-floor", "postgresql-commit")
    )

    verdict = judge(floor_and_commit, measured(medley=11, c_floor=4, postgresql_commit=6))

    assert (verdict.reached, verdict.word) == (1.1, "ok")


def test_a_number_is_compared_as_it_is():
    at_most_30 = Target("500/W4", "deliveries_per_s", Direction.AT_MOST, 30)

    verdict = judge(at_most_30, measured(medley=31))

    assert (verdict.reached, verdict.word) == (31, "MISSED")


def test_every_target_can_be_measured():
    served = {(case, each.name) for each in subjects(all_peers=True) for case in each.cases}

    for target in TARGETS:
        for subject in ("medley", *target.others):
            assert target.case in CASES
            assert (target.case, subject) in served
            assert is_needed(target.case, subject)
