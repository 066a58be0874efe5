"""The mark of a test that proves a rule: `@rule("R14", "page", "api")` says which one, and where.

docs/rules.md is made of these marks (tests/rule_table.py); `make matrix` fails where a rule has a
surface without a test, so the number and the surfaces are written out as words, not computed.
"""

import pytest

from accounts.policy.rules import RULES, SURFACES

NUMBERS = frozenset(each.number for each in RULES)


def rule(number: str, *surfaces: str) -> pytest.MarkDecorator:
    """Mark what proves rule `number` on these surfaces (accounts/policy/rules.py names both).

    Several may stand above one test; where one test is run for several doors, each parameter takes
    its own: `pytest.param(door, marks=rule("R2", "api"))`.
    """
    if number not in NUMBERS:
        raise ValueError(f"there is no rule {number}")
    if not surfaces or not set(surfaces) <= set(SURFACES):
        raise ValueError(f"{number} is proved on some of {SURFACES}, not on {surfaces}")
    return pytest.mark.rule(number, *surfaces)
