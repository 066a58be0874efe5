"""How soon people hear of what others did, on open pages and on their devices, and whether a post
that a hundred thousand followers are told of delays that.

Served as it is: one web process, a worker for notifications and one for the fan-out; a local push
service that decrypts what it gets. Each person is followed once, so that each has a line, a socket
and a push of their own.
"""

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests import services
from tests.bench import cores, web, world
from tests.bench.bulk import copies
from tests.bench.figures import percentile
from tests.bench.listening import Listening
from tests.bench.measuring import Run
from tests.bench.stack import Stack
from tests.push_service import PushService, push_service

RATE = 25.0  # causes a second, each of two jobs: the line and the push
QUIET = 200  # causes without a fan-out, the warm-up among them
WARM_UP = 20
FOLLOWERS = 100_000
PATIENCE = 60.0


@dataclass
class Heard:
    """Seconds from the commit: until the socket said so, until the push service was asked."""

    badges: list[float] = field(default_factory=list)
    pushes: list[float] = field(default_factory=list)
    missing: int = 0


def measure(stack: Stack) -> Run:
    """p95 in milliseconds, rows a second, and how many times as long others wait meanwhile."""
    port = services.free_port()
    with contextlib.ExitStack() as running:
        running.enter_context(cores.on(set(cores.CORES)))
        pushes = running.enter_context(push_service())
        running.enter_context(web.web(stack, port))
        for queue, processes in (("notifications", 2), ("fanout", 1)):
            running.enter_context(_worker(stack, pushes, queue, processes))
        listening = running.enter_context(Listening(port))
        people = world.people()
        _forget_rounds()
        print(f"making {FOLLOWERS:,} followers ...", flush=True)
        creator = _creator(people[0].id)
        _fill(creator)
        _cause(_Pairs(people[: 2 * WARM_UP], listening, pushes))
        calm = _cause(_Pairs(people[2 * WARM_UP : 2 * QUIET], listening, pushes))
        others = _Pairs(people[2 * QUIET :], listening, pushes)
        alone = _FanOut(creator)
        _wait_until(alone.is_over)
        beside = _FanOut(creator)
        busy = _cause(others, beside.is_over)
        _wait_until(beside.is_over)
    return Run(_figures(calm, busy, alone, beside), _faults(calm, busy, alone, beside))


def _figures(calm: Heard, busy: Heard, alone: "_FanOut", beside: "_FanOut") -> dict[str, float]:
    badge, meanwhile = percentile(calm.badges, 0.95), percentile(busy.badges, 0.95)
    return {
        "badge_p95_ms": badge * 1e3,
        "push_p95_ms": percentile(calm.pushes, 0.95) * 1e3,
        "fanout_rows_per_s": FOLLOWERS / alone.seconds,
        "fanout_beside_rows_per_s": FOLLOWERS / beside.seconds,
        "badge_meanwhile_p95_ms": meanwhile * 1e3,
        "others_ratio": meanwhile / badge,
    }


def _faults(calm: Heard, busy: Heard, *fanouts: "_FanOut") -> list[str]:
    missing = calm.missing + busy.missing
    found = [f"{missing} were never told"] if missing else []
    wrong = [fanout.lines for fanout in fanouts if fanout.lines != FOLLOWERS]
    return found + [f"{lines} lines were written" for lines in wrong]


# --- Causes ---------------------------------------------------------------------------------------


class _Pairs:
    """One half of these people is to follow the other, whose pages are open and whose browsers want
    to be told."""

    def __init__(
        self, people: list[world.Person], listening: Listening, pushes: PushService
    ) -> None:
        half = len(people) // 2
        self.pairs = list(zip(people[:half], people[half:], strict=False))
        followed = [person for _follower, person in self.pairs]
        self._listening, self._pushes = listening, pushes
        self._browsers = _register(followed, pushes)
        listening.open(followed)

    def badges(self) -> dict[UUID, float]:
        """When each page heard."""
        return self._listening.heard

    def pushed(self) -> dict[UUID, float]:
        """When each push reached the service."""
        ours = (push for push in self._pushes.heard() if push.browser.path in self._browsers)
        return {self._browsers[push.browser.path]: push.at for push in ours}


def _cause(people: _Pairs, is_over: Callable[[], bool] = lambda: False) -> Heard:
    """They follow at the rate, until all did or it is over; what was heard."""
    committed: dict[UUID, float] = {}
    due = time.monotonic()
    for follower, followed in people.pairs:
        if is_over():
            break
        time.sleep(max(0.0, due - time.monotonic()))
        _follow(follower.id, followed.id)
        committed[followed.id] = time.monotonic()
        due += 1 / RATE
    return _heard(committed, people)


def _follow(follower: UUID, followed: UUID) -> None:
    from accounts import actions
    from accounts.models import User

    actions.follow(User.objects.get(pk=follower), User.objects.get(pk=followed))


def _register(people: list[world.Person], pushes: PushService) -> dict[str, UUID]:
    """A browser each; whose they are by their path."""
    from accounts.models import Device
    from accounts.models.device import digest_of

    browsers = {person.id: pushes.subscribe() for person in people}
    Device.objects.bulk_create(
        Device(
            user_id=user_id,
            kind="web",
            address=browser.endpoint,
            digest=digest_of("web", browser.endpoint),
            keys=browser.keys,
        )
        for user_id, browser in browsers.items()
    )
    return {browser.path: user_id for user_id, browser in browsers.items()}


def _heard(committed: dict[UUID, float], people: _Pairs) -> Heard:
    keys = committed.keys()
    _wait_until(lambda: keys <= people.badges().keys() and keys <= people.pushed().keys())
    badges, pushed = people.badges(), people.pushed()
    return Heard(
        [badges[key] - at for key, at in committed.items() if key in badges],
        [pushed[key] - at for key, at in committed.items() if key in pushed],
        sum(key not in badges or key not in pushed for key in committed),
    )


def _wait_until(is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)


# --- The fan-out ----------------------------------------------------------------------------------


def _creator(user_id: UUID) -> UUID:
    """Somebody with a hundred thousand followers who want to hear of everything; the same in each
    round."""
    from django.db import connection

    from accounts.models import Follow, User

    followers = Follow.objects.filter(followed=user_id)
    if followers.count() == FOLLOWERS:
        return user_id
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        pattern = User.objects.get(pk=user_id)
        someone = "('ab' || lpad(to_hex(number), 30, '0'))::uuid"
        rows = f"generate_series(1, {FOLLOWERS}) as number"
        copies(
            cursor,
            pattern,
            rows,
            id=someone,
            username="'follower' || number",
            email="'follower' || number || '@example.com'",
        )
        cursor.execute(
            "insert into accounts_follow (follower_id, followed_id, created_at, accepted_at, bell)"
            f" select {someone}, %s, now() - number * interval '1 minute', now(), true from {rows}",
            [str(user_id)],
        )
        cursor.execute("ANALYZE accounts_user, accounts_follow")
        cursor.execute("SET statement_timeout = '15s'")
    assert followers.count() == FOLLOWERS
    return user_id


def _forget_rounds() -> None:
    """What people did in the round before would be no news in this one, and their browsers' push
    service is gone."""
    from accounts.models import Device, Follow, Notification

    Follow.objects.filter(follower__in=[person.id for person in world.people()]).delete()
    Notification.objects.exclude(kind="videos.post").delete()
    Device.objects.all().delete()


def _fill(creator: UUID) -> None:
    """An earlier post, whose lines are there. A table that was empty a moment ago is read from its
    one end to the other by every plan that was kept from then, until autovacuum comes by."""
    from django.db import connection

    earlier = _FanOut(creator)
    _wait_until(earlier.is_over)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_notification, accounts_notificationline")


class _FanOut:
    """A post of the creator, from its commit until the last line is committed."""

    def __init__(self, creator: UUID) -> None:
        from accounts.models import Notification, OutboxJob

        self._jobs = OutboxJob.objects.filter(task="videos.tell_followers")
        self.seconds = 0.0
        self._lines = Notification.objects.filter(kind="videos.post", about=_publish(creator))
        self._began = time.monotonic()

    def is_over(self) -> bool:
        """Whether there is no job any more; the first time it is not, that is noted."""
        if not self.seconds and not self._jobs.filter(done_at=None).exists():
            self.seconds = time.monotonic() - self._began
        return bool(self.seconds)

    @property
    def lines(self) -> int:
        """How many were written."""
        return self._lines.count()


def _publish(creator: UUID) -> UUID:
    from videos.actions.publishing import settle
    from videos.models import Video

    video: Any = Video.objects.create(author_id=creator, state=Video.State.PROCESSING, caption="w")
    settle(video)
    return video.pk


@contextlib.contextmanager
def _worker(stack: Stack, pushes: PushService, queue: str, processes: int) -> Iterator[None]:
    options = [f"--concurrency={processes}", f"--queues={queue}", f"--hostname={queue}@bench"]
    environment = stack.environment(WEB_PUSH_SERVICES=pushes.origin)
    process = subprocess.Popen([*services.CELERY_WORKER, *options], env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
