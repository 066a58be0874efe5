"""The benchmark as `make bench` runs it: Medley is faster than the tutorial, and loses nothing."""

import subprocess
import sys

import pytest

from tests.bench import chat


@pytest.mark.slow
def test_medley_outruns_the_tutorial():

    # In a process of its own: this one's Django is set up for another database.
    done = subprocess.run(
        [sys.executable, "-m", chat.__name__], capture_output=True, text=True, timeout=90
    )
    print(done.stdout)

    assert done.returncode == 0, done.stderr
    assert float(done.stdout.rsplit(" ", 1)[1].rstrip("x\n")) > 1
