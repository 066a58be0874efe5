"""A worker's connection to the database: kept from job to job, made anew where it is gone."""

from pathlib import Path

import pytest
from django.db import connection

from accounts import outbox
from tests.workers import broker, wait_until, working

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL has processes of its own"
)


@pytest.mark.django_db(transaction=True)
def test_jobs_share_a_connection_and_outlive_it(tmp_path):
    told = tmp_path / "backends"
    told.touch()
    options = ["--include=tests.config.poison", "--queues=celery", "--concurrency=1"]
    served = {"DJANGO_SETTINGS_MODULE": "config.settings"}  # tests have no pool
    with broker(tmp_path) as url, working(url, *options, **served):
        found = {run_and_tell(told) for _job in range(6)}
        with connection.cursor() as cursor:
            for process in found:
                cursor.execute("select pg_terminate_backend(%s, 5000)", [process])
        last = run_and_tell(told)

    assert len(found) <= 2  # a pool that begins may make one more than it keeps
    assert last not in found


def run_and_tell(told: Path) -> int:
    """Which process of the database a job found, run by the worker at its first try."""
    before = told.read_text().splitlines()
    job = outbox.enqueue("poison.backend", file=str(told))
    wait_until(lambda: len(told.read_text().splitlines()) > len(before), "the job has run")
    job.refresh_from_db()
    assert job.tries == 1
    return int(told.read_text().splitlines()[-1])
