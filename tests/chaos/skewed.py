"""A web process whose clock is wrong: what it takes for now is ten minutes from now.

    python -m tests.chaos.skewed serve --port 8000

is `manage.py serve` with that clock. What measures time only (timeouts, pauses) is not concerned.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

import time_machine

AHEAD = timedelta(minutes=10)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    time_machine.travel(datetime.now(UTC) + AHEAD, tick=True).start()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
