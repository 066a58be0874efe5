"""What `make test` makes of the results of its parts."""

import os

import pytest

from tests import services
from tests.parts import Part, Result, run, try_again
from tests.run import summary

FILE = """
import pathlib
import pytest

def test_passes(): pass
def test_fails(): assert False

def test_fails_at_first():
    before = pathlib.Path(__file__).with_name("before")
    known = before.exists()
    before.touch()
    assert known

@pytest.fixture
def unclean():
    yield
    assert False

def test_fails_twice_over(unclean): assert False
def test_is_skipped(): pytest.skip("of no use here")
"""


def result(failed: int = 0, code: int = 0, **fields) -> Result:
    failures = tuple(f"tests/test_it.py::test_{number}" for number in range(failed))
    given = {"name": "postgres", "passed": 10, "skipped": 0, "seconds": 5.0, "failures": failures}
    return Result(failed=failed, code=code, **{**given, **fields})


def test_who_fails_and_then_passes_alone_is_told_of_and_who_fails_again_fails(
    tmp_path, monkeypatch
):
    here = os.environ | {"PYTHONPATH": str(services.ROOT)}
    monkeypatch.setattr(services, "ROOT", tmp_path)
    (tmp_path / "test_it.py").write_text(FILE)
    part = Part("it", ["test_it.py"], here, ["-p", "no:randomly"], ["-n", "1"])

    first = run(part)
    second = try_again(part, first)

    assert (first.passed, first.failed, first.skipped, first.code) == (1, 3, 1, 1)
    assert (second.passed, second.failed, second.skipped, second.code) == (2, 2, 1, 1)
    assert second.rescued == ("test_it.py::test_fails_at_first",)
    assert set(second.failures) == {
        "test_it.py::test_fails",
        "test_it.py::test_fails_twice_over",
    }


@pytest.mark.parametrize(
    ("first", "is_tried"),
    [
        (result(), False),
        (result(1, 1), True),
        (result(12, 1), True),
        (result(13, 1), False),  # that is no bad luck
        (result(1, 2), False),  # interrupted: nobody knows what else there was
        (result(0, 1), False),
    ],
)
def test_few_failures_are_worth_another_try(first, is_tried):
    assert first.is_worth_another_try is is_tried


def test_what_passes_when_tried_again_counts_as_passed():
    first = result(2, 1)

    after = first.after(result(passed=2, seconds=1.0))

    assert (after.passed, after.failed, after.ok, after.seconds) == (12, 0, True, 6.0)
    assert after.rescued == first.failures


def test_what_was_not_tried_again_stays_failed():
    first = result(2, 1)

    assert first.after(result(passed=0, code=4)) == first
    assert first.after(result(passed=1)) == first


def test_the_summary_names_whom_a_second_try_saved(capsys):
    rescued = result(1, 1).after(result(passed=1))

    assert summary([rescued], []) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "passed only when tried again: tests/test_it.py::test_0",
        "11 passed, 0 failed, 0 skipped",
    ]


def test_the_run_fails_with_a_part_that_did(capsys):
    assert summary([result(), result(1, 1)], []) == 1
    assert summary([result(passed=3, code=3)], []) == 1
    assert summary([result(passed=0, code=5)], []) == 1
    assert summary([result()], ["browser"]) == 0
    assert "NOT RUN: browser" in capsys.readouterr().out
