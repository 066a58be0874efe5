"""One pytest process of the suite: how it is run, and what came of it."""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

from tests import services

ALL_PASSED, SOME_FAILED, NONE_CHOSEN = 0, 1, 5  # pytest's exit codes after a whole run
# More than these have a cause that a second try only hides.
FEW_FAILURES = 12


@dataclass(frozen=True)
class Part:
    """Which tests, in which environment, how, and how side by side."""

    name: str
    tests: list[str]
    environment: dict[str, str]
    options: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """What came of a part; `failures` and `rescued` are node ids, as pytest takes them."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    code: int
    failures: tuple[str, ...] = ()
    rescued: tuple[str, ...] = ()  # failed at first, passed when tried again

    @property
    def ok(self) -> bool:
        return self.code in (ALL_PASSED, NONE_CHOSEN)

    @property
    def is_worth_another_try(self) -> bool:
        """It came to its end, and little failed."""
        return self.code == SOME_FAILED and 0 < len(self.failures) <= FEW_FAILURES

    def after(self, again: "Result") -> "Result":
        """This result once those that failed were tried `again`."""
        rescued = tuple(one for one in self.failures if one not in again.failures)
        if again.passed != len(rescued):
            return self  # some were not tried: nothing was learnt of them
        return replace(
            self,
            passed=self.passed + again.passed,
            failed=again.failed,
            seconds=self.seconds + again.seconds,
            code=again.code,
            failures=again.failures,
            rescued=rescued,
        )


def run(part: Part) -> Result:
    """Run it to its end, with pytest's own words on the terminal."""
    command = [*part.tests, *part.options, *part.beside]
    print(f"\n=== {part.name}: pytest {' '.join(command)}", flush=True)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="medley-report-") as folder:
        report = Path(folder)
        # --ds: Celery's module has put the real settings into our environment, which would win.
        command = [sys.executable, "-m", "pytest", "--ds=tests.settings", *command, "-rsx"]
        command += ["--durations=5", f"--junitxml={report / 'tests.xml'}"]
        command += ["-o", f"cache_dir={report / 'cache'}"]
        code = subprocess.run(command, cwd=services.ROOT, env=part.environment).returncode
        passed, failed, skipped = _counts(report / "tests.xml")
        return Result(
            part.name,
            passed,
            failed,
            skipped,
            seconds=time.monotonic() - begun,
            code=code,
            failures=_failures(report / "cache"),
        )


def try_again(part: Part, result: Result) -> Result:
    """Run what failed once more, alone: what fails beside others only, on a machine that has no
    time for it, is told apart from what is broken. Never silent: the summary names it."""
    if not result.is_worth_another_try:
        return result
    return result.after(run(replace(part, tests=list(result.failures), beside=[])))


def _counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped, from pytest's report; nothing when it never got so far."""
    if not report.exists():
        return 0, 0, 0
    ends: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    # A test that fails, and then again while it is cleaned up after, stands there twice.
    for case in ElementTree.parse(report).iter("testcase"):
        ends[case.get("classname"), case.get("name")] |= {end.tag for end in case}
    failed = sum(bool(tags & {"failure", "error"}) for tags in ends.values())
    skipped = sum("skipped" in tags for tags in ends.values())
    return len(ends) - failed - skipped, failed, skipped


def _failures(cache: Path) -> tuple[str, ...]:
    """The node ids that pytest keeps for `--last-failed`."""
    kept = cache / "v" / "cache" / "lastfailed"
    return tuple(json.loads(kept.read_text())) if kept.exists() else ()
