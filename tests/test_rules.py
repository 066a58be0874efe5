"""Every rule is proved on every surface on which it must hold, and docs/rules.md says by which
tests."""

import ast

import pytest

from accounts.policy.rules import RULES
from tests import rule_table
from tests.rules import rule


def test_no_rule_has_a_hole():
    assert rule_table.holes(rule_table.proofs()) == []


def test_the_document_is_current():
    """`make matrix` writes it."""
    assert rule_table.DOCUMENT.read_text() == rule_table.document(rule_table.proofs())


def test_rules_come_in_order_and_once():
    numbers = [int(each.number.removeprefix("R")) for each in RULES]

    assert numbers == sorted(set(numbers))


def test_marks_are_read_above_tests_and_in_their_parameters():
    tree = ast.parse(
        '@pytest.mark.parametrize("door", [pytest.param(1, marks=rule("R2", "api"))])\n'
        '@rule("R14", "page", "socket")\n'
        "def test_x(door): ...\n"
        '@rule("R14", "job")\n'
        "def fixture(): ...\n"
    )

    assert list(rule_table._marks(tree)) == [
        ("test_x", ("R2", "api")),
        ("test_x", ("R14", "page", "socket")),
    ]


@pytest.mark.parametrize("words", [("R99", "page"), ("R2",), ("R2", "door")])
def test_a_mark_names_a_rule_and_a_surface(words):
    with pytest.raises(ValueError, match=r"R99|R2"):
        rule(*words)
