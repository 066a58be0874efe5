"""The order of measuring, and what comes of a subject that cannot be measured."""

import pytest

from tests.bench import rounds
from tests.bench.cases import CASES
from tests.bench.measuring import Run, Subject, Timing
from tests.bench.options import Options, Wrong, options
from tests.bench.programs import NotAvailable


class Medley(Subject):
    name = "medley"
    cases = ("32/W4", "500/W4")

    def measure(self, stack, case, timing):
        return Run({"deliveries_per_s": 1.0}, ["a hole"] if case.name == "32/W4" else [])


class Peer(Subject):
    name = "prosody"
    cases = ("32/W4", "500/W4")

    def measure(self, stack, case, timing):
        raise NotAvailable("no prosody")


TWICE = Options(timing=Timing(rounds=2))


def test_subjects_take_turns_and_context_is_measured_once():

    order = [
        (n, case.name, each.name) for n, case, each in rounds.schedule([Medley(), Peer()], TWICE)
    ]

    assert order == [
        (1, "32/W4", "medley"),
        (1, "32/W4", "prosody"),
        (1, "500/W4", "medley"),
        (1, "500/W4", "prosody"),
        (2, "32/W4", "medley"),
        (2, "500/W4", "medley"),
        (2, "500/W4", "prosody"),
    ]


def test_what_is_missing_is_told_and_a_failed_audit_fails(capsys):

    results = rounds.measure(None, [Medley(), Peer()], TWICE)  # type: ignore[arg-type]

    assert results.not_measured == {"prosody": "no prosody"}
    assert results.failed == ["32/W4 medley: audit: a hole"] * 2
    assert results.runs[("500/W4", "medley")] == [{"deliveries_per_s": 1.0}] * 2
    assert "not measured: no prosody" in capsys.readouterr().out


def test_options_come_from_environment_and_arguments():

    found = options(["CASE=32/W4,idle"], {"CASE": "62x32", "SECONDS": "2", "WRITE": "1"})

    assert found.cases == ("32/W4", "idle")
    assert found.timing.seconds == 2
    assert found.document
    assert found.plot


@pytest.mark.parametrize("given", [{"CASE": "33/W4"}, {"ROUNDS": "many"}, {"SECONDS": "0"}])
def test_options_that_cannot_be_are_refused(given):

    with pytest.raises(Wrong):
        options([], given)


def test_cases_have_a_load_that_fills_their_rooms():

    for case in CASES.values():
        assert case.senders <= case.members or not case.members
