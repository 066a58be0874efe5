"""Redis goes, people go on, Redis comes back: everybody is told of everything, once."""

import pytest
from django.utils import timezone

from accounts import actions, outbox
from accounts.models import Notification, NotificationActor, OutboxJob
from tests.factories import make_user
from tests.workers import broker, kill, wait_until, working

OPTIONS = ["--queues=notifications", "--concurrency=2", "--pool=prefork"]


def all_told() -> bool:
    return not OutboxJob.objects.open().filter(task="accounts.note").exists()


def sweep_now() -> None:
    OutboxJob.objects.open().update(due_at=timezone.now())
    outbox.sweep()


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(180)
def test_what_happens_while_redis_is_away_is_told_of_once(tmp_path, ana):
    followers = [make_user() for _number in range(6)]
    folder = tmp_path / "redis"

    with broker(folder) as url, working(url, *OPTIONS) as worker:
        for follower in followers[:2]:
            actions.follow(follower, ana)
        wait_until(all_told, "those who followed before")
        actions.follow(followers[2], ana)
        kill(worker)
    for follower in followers[3:]:  # nobody takes their jobs
        actions.follow(follower, ana)
    outbox.flush(20)
    assert not all_told()
    with broker(folder) as url, working(url, *OPTIONS):
        for _twice in range(2):  # a sweeper that is early, too
            sweep_now()
        wait_until(all_told, "the others")

    told = NotificationActor.objects.filter(notification__user=ana)
    assert sorted(told.values_list("actor_id", flat=True)) == sorted(f.pk for f in followers)
    assert Notification.objects.get(user=ana).actor_count == len(followers)
    assert not OutboxJob.objects.aside().exists()
