"""How long the jobs of all workers took, added up in Redis.

A worker is a parent and children that come and go, on any machine: none of them could be asked for
the others' numbers. When Redis loses them they begin at zero, as those of a process that starts.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import redis
from celery.signals import task_postrun, task_prerun
from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from accounts.outbox import queue_of
from config.redis_clients import impatient

logger = logging.getLogger(__name__)

KEY = "medley:job-seconds"
BOUNDS = (0.05, 0.25, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0, float("inf"))
_SUM = "sum"
_began: dict[str, float] = {}


@task_prerun.connect
def begin(task_id: str, **_: Any) -> None:
    """In the child that is about to run it."""
    _began[task_id] = time.monotonic()


@task_postrun.connect
def end(task_id: str, task: Any, state: str | None = None, **_: Any) -> None:
    """In the child that ran it; one that was killed tells nothing."""
    began = _began.pop(task_id, None)
    if began is not None:
        outcome = "done" if state == "SUCCESS" else "failed"
        note(task.name, outcome, time.monotonic() - began)


def note(task: str, outcome: str, seconds: float) -> None:
    """Add one run; without Redis it is not counted."""
    bound = next(each for each in BOUNDS if seconds <= each)
    try:
        with impatient().pipeline(transaction=False) as lines:
            lines.hincrby(KEY, f"{task} {outcome} {bound}", 1)
            lines.hincrbyfloat(KEY, f"{task} {outcome} {_SUM}", seconds)
            lines.execute()
    except redis.RedisError as error:
        logger.debug("a job was not counted: %s", error)


class Jobs(Collector):
    """`medley_job_seconds`; encodes are those of the queue `media`."""

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterable[Metric]:
        """Nothing while Redis cannot be asked."""
        family = HistogramMetricFamily(
            "medley_job_seconds",
            "Time that jobs took, of all workers.",
            labels=["task", "queue", "outcome"],
        )
        for (task, outcome), told in _told().items():
            total, buckets = 0.0, []
            for bound in BOUNDS:
                total += told[str(bound)]
                buckets.append(("+Inf" if bound == BOUNDS[-1] else str(bound), total))
            family.add_metric([task, queue_of(task), outcome], buckets, told[_SUM])
        yield family


def _told() -> dict[tuple[str, str], dict[str, float]]:
    """By task and outcome: how many runs fell between a bound and the one before, and their sum."""
    told: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    try:
        for field, value in impatient().hgetall(KEY).items():  # type: ignore[union-attr]
            task, outcome, name = field.decode().split()
            told[task, outcome][name] = float(value)
    except redis.RedisError as error:
        logger.warning("the jobs' times could not be read: %s", error)
    return told
