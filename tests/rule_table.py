"""The table of rules and surfaces, read from the marks above tests (tests/rules.py).

The code is read, not run: of a mark only words that are written out count.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from accounts.policy.rules import RULES, SURFACES, Rule
from tests.rules import rule

TESTS = Path(__file__).resolve().parent
DOCUMENT = TESTS.parent / "docs" / "rules.md"

Proofs = dict[tuple[str, str], list[str]]  # (rule, surface): "chat/test_api.py::test_x", sorted

INTRODUCTION = """\
# The rules and their proofs

Made by `make matrix` from the marks above the tests (`@rule("R14", "page")`, tests/rules.py); do
not edit. Each rule names the surfaces on which it must hold (accounts/policy/rules.py): `page` and
`api` are the browser's and the programs' doors, `socket` the live one, `job` what runs in the
background, `admin` the moderators' door, `query` what lists, pickers, feeds and search leave out.
A surface without a test is a **hole**, and fails `make test`.
"""


def proofs() -> Proofs:
    """Which tests prove which rule on which surface."""
    found: Proofs = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for test, (number, *surfaces) in _marks(ast.parse(path.read_text())):
            for surface in surfaces:
                found[number, surface].append(f"{path.relative_to(TESTS)}::{test}")
    return found


def holes(found: Proofs) -> list[tuple[str, str]]:
    """Rule and surface of whatever no test proves."""
    wanted = [(each.number, surface) for each in RULES for surface in each.surfaces]
    return [each for each in wanted if not found.get(each)]


def document(found: Proofs) -> str:
    """docs/rules.md: how many tests prove each rule where, then which they are."""
    return "\n".join([INTRODUCTION, *_overview(found), *_chapters(found), ""])


def _marks(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name of each test and the words of each mark above it, those of its parameters too."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_":
            for decorator in node.decorator_list:
                yield from ((node.name, words) for words in _words(decorator))


def _words(decorator: ast.expr) -> Iterator[tuple[str, ...]]:
    for call in ast.walk(decorator):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "rule":
            words = tuple(ast.literal_eval(argument) for argument in call.args)
            rule(*words)  # refuses what is no rule, and no surface
            yield words


def _overview(found: Proofs) -> Iterator[str]:
    yield f"| rule | {' | '.join(SURFACES)} |"
    yield f"|---|{'---|' * len(SURFACES)}"
    for each in RULES:
        cells = " | ".join(_cell(each, surface, found) for surface in SURFACES)
        yield f"| [{each.number}](#{each.number.lower()}) | {cells} |"


def _cell(each: Rule, surface: str, found: Proofs) -> str:
    """How many tests; empty where nothing must hold and nothing is proved."""
    tests = found.get((each.number, surface), [])
    if tests:
        return str(len(tests))
    return "**hole**" if surface in each.surfaces else ""


def _chapters(found: Proofs) -> Iterator[str]:
    for each in RULES:
        yield f"\n## {each.number}\n\n{each.sentence}\n"
        for surface in SURFACES:
            tests = found.get((each.number, surface), [])
            if tests or surface in each.surfaces:
                names = ", ".join(f"`{test}`" for test in tests)
                yield f"- {surface}: {names or '**hole**'}"


def lines(found: Proofs) -> Iterator[str]:
    """The table as a terminal shows it: how many tests, `hole`, or nothing."""
    yield f"\n{'rule':6}" + "".join(f"{surface:>8}" for surface in SURFACES)
    for each in RULES:
        cells = (_cell(each, surface, found).strip("*") for surface in SURFACES)
        yield f"{each.number:6}" + "".join(f"{cell:>8}" for cell in cells)
