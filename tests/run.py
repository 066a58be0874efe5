"""`make test`: starts PostgreSQL and Redis, runs every part of the suite, prints one summary."""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack

from tests import services
from tests.parts import Part, Result, run, try_again

TESTS = services.ROOT / "tests"
# Parts with a process, a rhythm or a length of their own.
APART = ("e2e", "chaos")
PARTS = ("postgres", "sqlite", "journeys", "chaos")
# What has a command of its own too: files of the first and of the journeys.
CUTS = {
    "i18n": ["tests/config/test_locale.py", "tests/config/test_unmarked.py"],
    "a11y": [
        *("tests/e2e/test_accessibility.py", "tests/e2e/test_accessibility_shop.py"),
        "tests/e2e/test_every_page.py",
    ],
}


def main() -> int:
    """Run the chosen parts; 0 when every test that should run did and passed."""
    options = _options()
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="medley-tests-"))
        environment = os.environ | {"MEDLEY_DATA": data, "MEDLEY_EMBEDDED": "1"}
        environment.pop("DATABASE_URL", None)  # a developer's own database is not for tests
        if options.fronted:
            environment["MEDLEY_FRONTED"] = "1"
        environment["REDIS_URL"] = stack.enter_context(services.redis())
        environment["MEDLEY_E2E_WORLD"] = f"{data}/world"
        postgres = environment | {"DATABASE_URL": stack.enter_context(services.postgres())}
        if options.only != "sqlite":
            postgres["MEDLEY_TEST_TEMPLATE"] = services.migrated(postgres)
        parts, missing = _parts(options, environment, postgres), []
        journeys = [part for part in parts if part.name in ("journeys", "a11y")]
        if journeys and not _give_a_browser(postgres):
            parts = [part for part in parts if part not in journeys]
            missing.append("browser")
        if journeys and not services.nginx():
            missing.append("nginx, and what only it does")
        results = [run(part) for part in parts]
        results = [try_again(*each) for each in zip(parts, results, strict=True)]
    return summary(results, missing)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument("--all", action="store_true", help="slow tests too")
    parser.add_argument("--only", choices=[*PARTS, *CUTS])
    parser.add_argument("--fronted", action="store_true", help="journeys behind nginx")
    parser.add_argument("-k", default="", help="only tests whose name has this word")
    return parser.parse_args()


def _parts(options: argparse.Namespace, sqlite: dict, postgres: dict) -> list[Part]:
    """Everything on PostgreSQL, on SQLite what writes and asks most, then browser journeys."""
    chosen = [] if options.all else ["-m", "not slow"]
    chosen += ["-k", options.k] if options.k else []
    ignored = [f"--ignore=tests/{name}" for name in APART]
    two, three = ["-n", "2"], ["-n", "3"]  # of three on two cores one waits for PostgreSQL
    parts = [
        Part("postgres", ["tests"], postgres, [*ignored, *chosen], three),
        Part("sqlite", _sqlite_tests(), sqlite, chosen, two),
        # Apart: Playwright's loop and async tests do not mix (playwright-pytest#167).
        # Each process has a Medley of its own, whose people go on from file to file.
        Part("journeys", ["tests/e2e"], postgres, chosen, [*two, "--dist=loadfile"]),
        # Alone on the machine: it measures seconds. It starts services of its own, to kill them.
        Part("chaos", ["tests/chaos"], postgres, chosen),
    ]
    cuts = [
        Part("i18n", CUTS["i18n"], postgres),
        Part("a11y", CUTS["a11y"], postgres, [], [*two, "--dist=loadfile"]),
    ]
    whole = [part for part in parts if options.only in (None, part.name)]
    return whole or [part for part in cuts if part.name == options.only]


def _sqlite_tests() -> list[str]:
    """Chat, the verbs and API of accounts, the doors of videos: where two databases may differ."""
    chosen = ["accounts/test_actions*", "accounts/test_models*", "accounts/test_api*"]
    chosen += [f"videos/test_{door}*" for door in ("views", "api", "doors")]
    chosen += ["access/test_conversations*"]
    return ["tests/chat", *(str(path) for glob in chosen for path in TESTS.glob(f"{glob}.py"))]


def _give_a_browser(environment: dict[str, str]) -> bool:
    path = services.chromium()
    if path:
        environment["MEDLEY_CHROMIUM"] = path
    return bool(path)


def summary(results: list[Result], missing: list[str]) -> int:
    """Print what came of the parts and what was not run; 0 when nothing failed for good."""
    print("\n=== summary")
    for each in results:
        verdict = "ok" if each.ok else "FAILED"
        counts = f"{each.passed:5} passed {each.failed:3} failed {each.skipped:3} skipped"
        print(f"{each.name:10} {counts} {each.seconds:6.0f} s  {verdict}")
        if each.skipped:
            missing.append(f"{each.skipped} skipped tests in {each.name} (reasons above)")
    for test in (test for each in results for test in each.rescued):
        print(f"passed only when tried again: {test}")
    for what in missing:
        print(f"NOT RUN: {what}")
    passed, failed, skipped = (
        sum(getattr(each, word) for each in results) for word in ("passed", "failed", "skipped")
    )
    failed = failed or int(not all(each.ok for each in results))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return int(failed > 0 or not passed)


if __name__ == "__main__":
    sys.exit(main())
