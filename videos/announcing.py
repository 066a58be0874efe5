"""Telling followers of a new video, and taking that back: jobs, a batch at a time, however many
followers there are.

Each batch is one transaction with the job for the next, so that a worker that dies in the middle
leaves whole batches, and whoever goes on begins where it ended.
"""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Block, Follow, Notification
from accounts.notifications import Cause
from accounts.notifications.many import BATCH, note_many, withdraw_many
from accounts.outbox import enqueue, enqueue_next
from accounts.policy import ADULT_AGE
from videos.models import Video
from videos.notifications.kinds import POST

Place = tuple[datetime, int]  # of a follow: when it came, its key


def announce(video: Video) -> None:
    """It is out for the first time; call it in the transaction that publishes."""
    if video.audience != Video.Audience.PRIVATE:
        enqueue("videos.tell_followers", video_id=str(video.pk))


def retract(video_id: UUID) -> None:
    """It is gone, or fewer may watch it: whoever has not read of it yet will not. Call it in the
    transaction of that."""
    if _lines_about(video_id).exists():
        enqueue("videos.withdraw_post", video_id=str(video_id))


@transaction.atomic
def tell_followers(video_id: UUID, after: Place | None = None) -> int:
    """Tell the next followers, the latest first; answers how many. The job for those behind them is
    written with it.

    That comes also after the last ones: should the video have gone meanwhile, it finds that out
    when all lines are there to be taken back.
    """
    began, video = time.monotonic(), _published(video_id)
    if video is None:
        retract(video_id)
        return 0
    batch = list(_told(video, after).values_list("pk", "follower")[:BATCH])
    if not batch:
        if not _is_for_all_followers(video):
            retract(video_id)
        return 0
    people, cause = [follower for _key, follower in batch], _cause(video.pk, video.author_id)
    note_many(POST, people, cause, video.published_at or timezone.now())
    moment, key = Follow.objects.values_list("created_at", "pk").get(pk=batch[-1][0])
    took = timedelta(seconds=time.monotonic() - began)
    place = [moment.isoformat(), key]
    enqueue_next("videos.tell_followers", took, video_id=str(video_id), after=place)
    return len(batch)


@transaction.atomic
def withdraw_post(video_id: UUID) -> int:
    """Take back the next lines of those who may not watch it any more; answers how many. The job
    for the others is written with it."""
    lines, video = _lines_about(video_id), _published(video_id)
    if video is not None:
        still = Follow.objects.accepted().filter(_may_watch(video), followed=video.author_id)
        lines = lines.exclude(Exists(still.filter(follower=OuterRef("user"))))
    count = withdraw_many(lines)
    if count == BATCH:
        enqueue("videos.withdraw_post", video_id=str(video_id))
    return count


def _published(video_id: UUID) -> Video | None:
    videos = Video.objects.published().select_related("author", "parent__author")
    return videos.filter(pk=video_id, author__is_active=True).first()


def _cause(video_id: UUID, author_id: UUID | None = None) -> Cause:
    return Cause(actor=author_id, about=video_id)


def _lines_about(video_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.open().filter(kind=POST.name, group=_group(video_id))


def _group(video_id: UUID) -> str:
    return POST.group_of(_cause(video_id))


def _told(video: Video, after: Place | None) -> QuerySet[Follow]:
    """Whom to tell, from behind that place on."""
    follows = Follow.objects.told_of_posts().filter(
        _may_watch(video), followed=video.author_id, follower__is_active=True
    )
    if after is not None:
        moment, key = after
        follows = follows.filter(created_at__lte=moment).exclude(created_at=moment, pk__gte=key)
    return follows.order_by("-created_at", "-pk")


# --- Who may watch it: VideoQuerySet.visible_to, seen from the video ------------------------------


def _is_for_all_followers(video: Video) -> bool:
    audiences = (Video.Audience.PUBLIC, Video.Audience.FOLLOWERS)
    return video.audience in audiences and not video.is_sensitive and not video.is_made_of_parent


def _may_watch(video: Video) -> Q:
    """Of follows of its author: whose follower may watch it."""
    return _in_audience(video) & _old_enough(video) & _sees_parent(video)


def _in_audience(video: Video) -> Q:
    back = Follow.objects.accepted().filter(
        follower=OuterRef("followed"), followed=OuterRef("follower")
    )
    match video.audience:
        case Video.Audience.PRIVATE:
            return Q(pk__in=[])
        case Video.Audience.FRIENDS:
            return Q(Exists(back))
        case Video.Audience.CHOSEN:
            return Q(Exists(back), follower__in=video.chosen.all())
    return Q()


def _old_enough(video: Video) -> Q:
    """For adults; who became one in these days is not told yet: zones and leap years would have to
    be asked for each."""
    if not video.is_sensitive:
        return Q()
    born = timezone.now().date() - timedelta(days=366 * ADULT_AGE)
    return Q(follower__birth_date__lte=born)


def _sees_parent(video: Video) -> Q:
    """A duet or a stitch shows two videos. Where not everybody may see the other one, nobody is
    told: it is in the feed of those who do."""
    if not video.is_made_of_parent:
        return Q()
    if video.parent is None or not video.parent.is_public:
        return Q(pk__in=[])
    made = Block.objects.filter(blocker=OuterRef("follower"), blocked=video.parent.author_id)
    received = Block.objects.filter(blocked=OuterRef("follower"), blocker=video.parent.author_id)
    return ~Q(Exists(made)) & ~Q(Exists(received))
