"""`make test`: starts PostgreSQL and Redis, runs every part of the suite, prints one summary."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import services

TESTS = services.ROOT / "tests"
# Parts with a process, a rhythm or a length of their own.
APART = ("e2e", "chaos")
NO_TESTS_COLLECTED = 5


@dataclass
class Part:
    """One pytest process: what it runs, and with which environment."""

    name: str
    arguments: list[str]
    environment: dict[str, str]


@dataclass
class Result:
    """What came of a part."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    ok: bool


def main() -> int:
    """Run the chosen parts; 0 when every test that should run did and passed."""
    options = _options()
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="medley-tests-"))
        environment = os.environ | {"MEDLEY_DATA": data, "MEDLEY_EMBEDDED": "1"}
        environment.pop("DATABASE_URL", None)  # a developer's own database is not for tests
        environment["REDIS_URL"] = stack.enter_context(services.redis())
        postgres = environment | {"DATABASE_URL": stack.enter_context(services.postgres())}
        results, missing = [], []
        for part in _parts(options, environment, postgres):
            if part.name == "journeys" and not _give_a_browser(part.environment):
                missing.append("browser")
                continue
            results.append(_run(part))
    return _summary(results, missing)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument("--all", action="store_true", help="slow tests too")
    parser.add_argument("--only", choices=["postgres", "sqlite", "journeys", "chaos"])
    parser.add_argument("-k", default="", help="only tests whose name has this word")
    return parser.parse_args()


def _parts(options: argparse.Namespace, sqlite: dict, postgres: dict) -> list[Part]:
    """Everything on PostgreSQL, on SQLite what writes and asks most, then browser journeys."""
    marks = [] if options.all else ["-m", "not slow"]
    words = ["-k", options.k] if options.k else []
    ignored = [f"--ignore=tests/{name}" for name in APART]
    side_by_side = ["-n", "2"]
    parts = [
        Part("postgres", ["tests", *ignored, *side_by_side, *marks], postgres),
        Part("sqlite", [*_sqlite_tests(), *side_by_side, *marks], sqlite),
        # Apart: Playwright's loop and async tests do not mix (playwright-pytest#167).
        # The first one waits for the demo world to be made, hence the patience.
        Part("journeys", ["tests/e2e", "--timeout=300", *marks], postgres),
        # Alone on the machine: it measures seconds. It starts services of its own, to kill them.
        Part("chaos", ["tests/chaos", *marks], postgres),
    ]
    if options.only:
        parts = [part for part in parts if part.name == options.only]
    return [Part(part.name, part.arguments + words, part.environment) for part in parts]


def _sqlite_tests() -> list[str]:
    """Chat, the verbs and API of accounts, the doors of videos: where two databases may differ."""
    chosen = ["accounts/test_actions*", "accounts/test_models*", "accounts/test_api*"]
    chosen += [f"videos/test_{door}*" for door in ("views", "api", "doors")]
    return ["tests/chat", *(str(path) for glob in chosen for path in TESTS.glob(f"{glob}.py"))]


def _give_a_browser(environment: dict[str, str]) -> bool:
    path = services.chromium()
    if path:
        environment["MEDLEY_CHROMIUM"] = path
    return bool(path)


def _run(part: Part) -> Result:
    print(f"\n=== {part.name}: pytest {' '.join(part.arguments)}", flush=True)
    begun = time.monotonic()
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        # --ds: Celery's module has put the real settings into our environment, which would win.
        command = [sys.executable, "-m", "pytest", "--ds=tests.settings", *part.arguments]
        command += ["-rsx", "--durations=5", f"--junitxml={report.name}"]
        code = subprocess.run(command, cwd=services.ROOT, env=part.environment).returncode
        counts = _counts(Path(report.name))
    seconds = time.monotonic() - begun
    return Result(part.name, *counts, seconds=seconds, ok=code in (0, NO_TESTS_COLLECTED))


def _counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped, from pytest's report; nothing when it never got so far."""
    if not report.stat().st_size:
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def _summary(results: list[Result], missing: list[str]) -> int:
    print("\n=== summary")
    for each in results:
        verdict = "ok" if each.ok else "FAILED"
        counts = f"{each.passed:5} passed {each.failed:3} failed {each.skipped:3} skipped"
        print(f"{each.name:10} {counts} {each.seconds:6.0f} s  {verdict}")
        if each.skipped:
            missing.append(f"{each.skipped} skipped tests in {each.name} (reasons above)")
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
