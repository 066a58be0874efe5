"""The bug that the checker must catch: a writer that acks before the commit and sometimes loses it.

    python -m tests.chaos.planted serve --port 8000

is `manage.py serve` with that writer. It lives here and nowhere else.
"""

import os
import random
import sys

LOST = 0.2  # of all batches


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    plant()
    execute_from_command_line(sys.argv)


def plant() -> None:
    """Let the writer store through an engine whose commit, now and then, did not happen."""
    from django.db import transaction

    from chat.writer import writer
    from chat.writing.batch import Committed
    from chat.writing.commits import Commits
    from chat.writing.drafts import Submission
    from chat.writing.engines import OrmEngine

    class HastyEngine(OrmEngine):
        def store(self, submitted: list[Submission], deadline: float) -> Committed:
            with transaction.atomic():
                done = super().store(submitted, deadline)
                transaction.set_rollback(random.random() < LOST)
            return done

    writer._open_commits = lambda: Commits([HastyEngine()])


if __name__ == "__main__":
    main()
