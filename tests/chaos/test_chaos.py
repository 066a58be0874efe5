"""The faults in short, as `make test` plays them: what must always hold, with generous limits."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import services

# Time limits are for a quiet machine: these tests share theirs.
SMALL = ["--sockets=40", "--conversations=8", "--rate=15", "--seeds=1", "--leeway=4"]


def strike(faults: str, out: Path, *options: str) -> dict[str, dict]:
    """Play these faults in a process of its own; each one's line by its name."""
    command = [sys.executable, "-m", "tests.chaos", f"--fault={faults}", f"--out={out}"]
    done = subprocess.run(
        [*command, *SMALL, *options], cwd=services.ROOT, capture_output=True, text=True
    )
    print(done.stdout)  # shown by pytest where something did not hold
    assert out.exists(), done.stderr
    return {line["fault"]: line for line in map(json.loads, out.read_text().splitlines())}


@pytest.mark.timeout(170)
def test_nothing_is_lost_with_a_web_process_or_redis_and_a_planted_bug_is_caught(tmp_path):
    faults = "kill-web,redis-kill,planted"

    lines = strike(faults, tmp_path / "lines.jsonl", "--scale=0.4", "--seconds=6")

    assert {fault: line["held"] for fault, line in lines.items()} == dict.fromkeys(
        ["kill-web", "redis-kill", "planted"], True
    )
    assert lines["kill-web"]["acked"] == lines["kill-web"]["stored"] > 0
    assert lines["planted"]["lost"] > 0


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "fault",
    [
        *("rolling-restart", "redis-flushall", "redis-freeze", "worker-and-redis", "postgres-kill"),
        *("postgres-freeze", "half-open", "non-readers", "five-times", "fuzz", "reconnect-storm"),
        *("clock-skew", "release", "postgres-failover", "redis-failover"),
    ],
)
def test_each_fault_is_survived(fault, tmp_path):

    lines = strike(fault, tmp_path / "lines.jsonl", "--scale=0.4", "--seconds=10")

    assert lines[fault]["held"]
    assert lines[fault]["lost"] == lines[fault]["doubled"] == lines[fault]["misordered"] == 0
