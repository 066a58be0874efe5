"""Whatever was done and undone, and in whatever order the jobs of it ran, some of them twice: in
the end the lines name those who did it, and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actions
from accounts.models import Follow, Notification, NotificationActor, OutboxJob, User
from tests.accounts.told import JOBS, lines_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(st.sampled_from(["follow", "unfollow", "block", "read", "run"]), st.integers(0, 2)),
    max_size=14,
)


@pytest.fixture
def fans(db) -> list[User]:
    return [make_user(name) for name in ("one", "two", "three")]


@given(steps=STEPS, chance=st.randoms(use_true_random=False))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_lines_end_as_the_causes_are(ana, fans, steps, chance):
    with undone():
        for step, number in steps:
            do(step, ana, fans[number], chance)
        while run_one(chance):
            pass

        assert named(ana) == followers(ana)
        for line in Notification.objects.filter(user=ana):
            count = line.done_by.standing().values("actor").distinct().count()
            assert (line.actor_count, bool(line.withdrawn_at)) == (count, count == 0)
            assert len(line.actors) == min(count, 3)


@contextmanager
def undone() -> Iterator[None]:
    """Every example begins with nothing, whatever came of the one before."""
    cache.clear()  # a badge remembers for a minute what it looked at
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def do(step: str, ana: User, fan: User, chance: Random) -> None:
    match step:
        case "follow":
            if not fan.blocks_received.filter(blocker=ana).exists():
                actions.follow(fan, ana)
        case "unfollow":
            actions.unfollow(fan, ana)
        case "block":
            actions.block(ana, fan)
        case "read":
            actions.read_notifications(ana, [line.pk for line in lines_of(ana)])
        case "run":
            run_one(chance)


def run_one(chance: Random) -> bool:
    """Any of the jobs that wait, sometimes twice; whether there was one."""
    waiting = list(OutboxJob.objects.filter(task__in=JOBS, done_at__isnull=True).order_by("pk"))
    if waiting:
        job = chance.choice(waiting)
        for _again in range(chance.randint(1, 2)):
            current_app.tasks[job.task](**job.arguments, job_id=job.pk)
    return bool(waiting)


def named(user: User) -> set:
    rows = NotificationActor.objects.standing().filter(
        notification__user=user, notification__withdrawn_at__isnull=True
    )
    return set(rows.values_list("actor_id", flat=True))


def followers(user: User) -> set:
    return set(
        Follow.objects.accepted().filter(followed=user).values_list("follower_id", flat=True)
    )
