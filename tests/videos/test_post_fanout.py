"""A new video reaches the followers who want to hear of it: each once, whatever dies meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

import videos.tasks  # noqa: F401
from accounts import actions as people
from accounts.models import (
    Follow,
    Notification,
    NotificationChoice,
    NotificationLine,
    OutboxJob,
    User,
)
from accounts.notifications import Cause, lines, many
from accounts.notifications.here import events_of
from accounts.notifications.many import note_many
from accounts.notifications.shown import shown
from accounts.notifications.telling import standing
from tests.accounts.staff import suspend
from tests.factories import befriend, block, follow, make_user
from tests.rules import rule
from tests.videos.factories import make_video
from videos import announcing
from videos.actions import delete_video, edit_video
from videos.actions.publishing import settle
from videos.models import Video
from videos.notifications.kinds import POST

pytestmark = pytest.mark.django_db(transaction=True)

JOBS = ("videos.tell_followers", "videos.withdraw_post")


def post(author: User, **fields: Any) -> Video:
    """Published by the verb that publishes."""
    video = make_video(author, state=Video.State.PROCESSING, **fields)
    settle(video)
    return video


def run_jobs() -> None:
    """What a worker would do, until nothing is left."""
    while jobs := list(OutboxJob.objects.filter(task__in=JOBS, done_at=None).order_by("pk")):
        for job in jobs:
            current_app.tasks[job.task](**job.arguments, job_id=job.pk)


def told(video: Video) -> list[str]:
    """Who has an open line about it."""
    lines = Notification.objects.open().filter(kind="videos.post", about=video.pk)
    return sorted(lines.values_list("user__username", flat=True))


def crowd(author: User, count: int) -> list[User]:
    """Followers who want to hear of everything."""
    followers = [make_user(f"crowd{number}") for number in range(count)]
    for person in followers:
        follow(person, author)
    Follow.objects.filter(followed=author).update(bell=True)
    return followers


@pytest.fixture
def batches_of_two(monkeypatch):
    monkeypatch.setattr(announcing, "BATCH", 2)
    monkeypatch.setattr(many, "BATCH", 2)


# --- Who is told ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_friend", "bell", "is_told"),
    [
        (False, None, False),
        (False, True, True),
        (False, False, False),
        (True, None, True),
        (True, True, True),
        (True, False, False),
    ],
)
def test_friends_are_told_unless_they_say_otherwise_and_others_if_they_do(
    ana, zoe, is_friend, bell, is_told
):
    follow(zoe, ana)
    if is_friend:
        follow(ana, zoe)
    Follow.objects.filter(follower=zoe).update(bell=bell)

    video = post(ana)
    run_jobs()

    assert told(video) == (["zoe"] if is_told else [])


def test_those_who_may_not_watch_are_not_told(ana, ben, zoe, teo, mod):
    """Ben is a friend, Zoe follows, Teo is 16, Mod asked to follow and waits."""
    for follower in (zoe, teo):
        follow(follower, ana)
    Follow.objects.create(follower=mod, followed=ana)
    Follow.objects.filter(followed=ana).update(bell=True)
    other = make_video(zoe, audience=Video.Audience.FOLLOWERS)
    audiences = Video.Audience
    posts = {
        "public": post(ana),
        "followers": post(ana, audience=audiences.FOLLOWERS),
        "friends": post(ana, audience=audiences.FRIENDS),
        "chosen, nobody": post(ana, audience=audiences.CHOSEN),
        "only me": post(ana, audience=audiences.PRIVATE),
        "sensitive": post(ana, sensitivity=Video.Sensitivity.AUTHOR),
        "duet with what not all may see": post(
            ana, parent=other, parent_kind=Video.ParentKind.DUET
        ),
    }

    run_jobs()

    assert {name: told(video) for name, video in posts.items()} == {
        "public": ["ben", "teo", "zoe"],
        "followers": ["ben", "teo", "zoe"],
        "friends": ["ben"],
        "chosen, nobody": [],
        "only me": [],
        "sensitive": ["ben", "zoe"],
        "duet with what not all may see": [],
    }


@rule("R15", "job")
def test_a_duet_is_not_told_across_a_block_with_the_other_author(ana, ben, zoe, mod):
    for follower in (zoe, mod):
        follow(follower, ana)
    Follow.objects.filter(followed=ana).update(bell=True)
    other = make_user("other")
    block(other, zoe)
    block(mod, other)

    video = post(ana, parent=make_video(other), parent_kind=Video.ParentKind.DUET)
    run_jobs()

    assert told(video) == ["ben"]


def test_who_turned_the_kind_off_or_is_suspended_is_not_told(ana, ben, zoe):
    befriend(ana, zoe)
    suspend(ben)
    NotificationChoice.objects.create(
        user=zoe, kind="videos.post", in_app=False, push=False, mail=False
    )

    video = post(ana)
    run_jobs()

    assert told(video) == []


def test_the_line_says_who_and_shows_what(ana, ben):
    video = post(ana, caption="Meadow at dawn")
    run_jobs()

    line = Notification.objects.get(user=ben)
    [one] = shown(ben, [line])

    assert (one.text, one.href, one.target.words) == (
        "Ana posted a video",
        video.get_absolute_url(),
        "Meadow at dawn",
    )
    assert standing(ben.pk) == {"unread": 1, "revision": 1}


def test_only_the_first_time_it_comes_out_is_told(ana, ben):
    video = post(ana)
    run_jobs()
    settle(video)

    assert not OutboxJob.objects.filter(task="videos.tell_followers", done_at=None).exists()


# --- Once -----------------------------------------------------------------------------------------


def test_all_are_told_once_in_batches_that_follow_each_other(ana, batches_of_two):
    followers = crowd(ana, 5)
    # Two who came at the same moment, one in each batch.
    moment = Follow.objects.order_by("-pk")[1].created_at
    Follow.objects.filter(pk__in=[row.pk for row in Follow.objects.order_by("-pk")[1:3]]).update(
        created_at=moment
    )

    video = post(ana)
    run_jobs()

    assert told(video) == [person.username for person in followers]
    assert set(NotificationLine.objects.values_list("revision", flat=True)) == {1}
    # Three batches with somebody in them, and a last one that finds nobody.
    assert OutboxJob.objects.filter(task="videos.tell_followers").count() == 4


@pytest.mark.parametrize("dies_in", [1, 2, 3])
def test_a_worker_that_dies_in_a_batch_leaves_one_line_each(
    ana, batches_of_two, monkeypatch, dies_in
):
    followers = crowd(ana, 5)
    video = post(ana)
    batches = []
    enqueue = announcing.enqueue_next

    def die_once(*arguments: Any, **named: Any) -> Any:
        batches.append(1)
        if len(batches) == dies_in:
            raise SystemError("killed")
        return enqueue(*arguments, **named)

    monkeypatch.setattr(announcing, "enqueue_next", die_once)
    with pytest.raises(SystemError):
        run_jobs()
    assert len(told(video)) == 2 * (dies_in - 1)
    OutboxJob.objects.filter(done_at=None).update(due_at=timezone.now())

    run_jobs()

    assert told(video) == [person.username for person in followers]
    assert Notification.objects.count() == 5
    assert set(NotificationLine.objects.values_list("revision", flat=True)) == {1}


def test_a_job_that_is_sent_twice_tells_once(ana, ben):
    video = post(ana)
    job = OutboxJob.objects.get(task="videos.tell_followers")

    for _time in range(2):
        current_app.tasks[job.task](**job.arguments, job_id=job.pk)

    assert told(video) == ["ben"]
    assert NotificationLine.objects.get(user=ben).revision == 1


def test_a_batch_costs_the_same_however_many_are_in_it(ana, django_assert_max_num_queries):
    crowd(ana, 3)
    few = post(ana)
    with django_assert_max_num_queries(17):
        announcing.tell_followers(few.pk)
    for number in range(20):
        follow(make_user(f"more{number}"), ana)
    Follow.objects.update(bell=True)
    many_more = post(ana)

    with django_assert_max_num_queries(17):
        announcing.tell_followers(many_more.pk)
    assert len(told(many_more)) == 23


def test_the_statement_writes_what_the_orm_does(ana, ben, zoe, monkeypatch):
    """On SQLite there is but the latter."""
    at = timezone.now() - timedelta(seconds=5)
    cause = Cause(actor=ana.pk, about=make_video(ana).pk, words={"n": 1})
    note_many(POST, [ben.pk], cause, at)
    monkeypatch.setattr(many, "_write_by_statement", many._write_by_orm)
    note_many(POST, [zoe.pk], cause, at)

    own = {"id", "user", "created_at"}
    fields = [field.attname for field in Notification._meta.fields if field.name not in own]
    one, other = (Notification.objects.values(*fields).get(user=user) for user in (ben, zoe))
    assert one == other


# --- Taken back -----------------------------------------------------------------------------------


def test_a_deleted_video_is_taken_back_in_batches(ana, batches_of_two):
    followers = crowd(ana, 5)
    video = post(ana)
    run_jobs()
    Notification.objects.filter(user=followers[0]).update(read_at=timezone.now())

    delete_video(ana, video)
    run_jobs()

    assert told(video) == []
    assert standing(followers[1].pk) == {"unread": 0, "revision": 2}
    # Three lines in two batches, and a last look; the one that was read stays read.
    assert Notification.objects.filter(withdrawn_at=None).count() == 1


def test_a_block_takes_them_apart(ana, ben):
    post(ana)
    run_jobs()

    people.block(ben, ana)
    lines.part(ana.pk, ben.pk)

    assert Notification.objects.open().count() == 0
    assert standing(ben.pk)["unread"] == 0


def test_fewer_may_watch_and_only_they_keep_the_line(ana, ben, batches_of_two):
    crowd(ana, 3)
    video = post(ana)
    run_jobs()
    assert len(told(video)) == 4

    edit_video(ana, video, audience=Video.Audience.FRIENDS)
    run_jobs()

    assert told(video) == ["ben"]


def test_a_video_deleted_while_followers_are_told_leaves_no_line(ana, batches_of_two):
    crowd(ana, 5)
    video = post(ana)
    job = OutboxJob.objects.get(task="videos.tell_followers")
    current_app.tasks[job.task](**job.arguments, job_id=job.pk)
    assert len(told(video)) == 2

    delete_video(ana, video)
    run_jobs()

    assert Notification.objects.open().count() == 0


# --- Live -----------------------------------------------------------------------------------------


def test_those_who_are_here_hear_the_same_card_with_their_own_numbers(ana, ben, zoe):
    befriend(ana, zoe)
    User.objects.filter(pk=zoe.pk).update(language="es")
    NotificationLine.objects.create(user=ben, revision=7, seen_revision=7)
    post(ana, caption="Meadow")
    run_jobs()
    group = Notification.objects.get(user=ben).group

    events = events_of(group, [ben.pk, zoe.pk, ana.pk])

    assert set(events) == {ben.pk, zoe.pk}
    bens = events[ben.pk]
    assert (bens["type"], bens["unread"], bens["revision"]) == ("notification", 1, 8)
    assert bens["notification"]["id"] == str(Notification.objects.get(user=ben).pk)
    assert bens["notification"]["text"] == "Ana posted a video"
    assert events[zoe.pk]["notification"]["words"] == "Meadow"
