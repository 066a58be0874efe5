"""Thin Celery wrappers around what videos must do in the background."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts.outbox import outbox_job
from videos import actions, announcing, observers
from videos.actions import clips, downloading, silencing, sounds, swapping
from videos.feed import counting
from videos.insights import audience
from videos.insights import counting as counting_days
from videos.search import indexing


@shared_task(name="videos.process_video")
@partial(outbox_job, given_up=actions.give_up_video)
def process_video(video_id: str) -> None:
    """Make the renditions of an upload and publish it."""
    actions.process_video(video_id)


@shared_task(name="videos.prepare_version")
@partial(outbox_job, given_up=swapping.give_up_version)
def prepare_version(version_id: str) -> None:
    """Make what players get of a film that is to replace another."""
    swapping.prepare_version(version_id)


@shared_task(name="videos.make_extras")
@outbox_job
def make_extras(video_id: str) -> None:
    """Make what a published video gets besides."""
    actions.make_extras_of(video_id)


@shared_task(name="videos.make_download")
@partial(outbox_job, given_up=downloading.give_up_download)
def make_download(video_id: str) -> None:
    """Make a copy to take along."""
    downloading.make_download(video_id)


@shared_task(name="videos.drop_download")
@outbox_job
def drop_download(video_id: str, file: str) -> None:
    """Take such a copy away after some days."""
    downloading.drop_download(video_id, file)


@shared_task(name="videos.make_cover")
@outbox_job
def make_cover(video_id: str, at_ms: int) -> None:
    """Take another picture of a published video as its cover."""
    actions.make_cover_of(video_id, at_ms)


@shared_task(name="videos.publish_due")
@outbox_job
def publish_due() -> None:
    """Put out what waits for its time; by the clock, and when somebody asks for it now."""
    actions.publish_due()


@shared_task(name="videos.check_clip")
@partial(outbox_job, given_up=clips.give_up_clip)
def check_clip(clip_id: str) -> None:
    """Look into an uploaded film."""
    clips.check_clip(clip_id)


@shared_task(name="videos.preview_clip")
@outbox_job
def preview_clip(clip_id: str) -> None:
    """Make what the editor plays of an uploaded film."""
    clips.preview_clip(clip_id)


@shared_task(name="videos.delete_files")
@outbox_job
def delete_files(names: list[str]) -> None:
    """Take the files of a video that is gone out of the storage."""
    actions.delete_files(names)


@shared_task(name="videos.lift_sound")
@outbox_job
def lift_sound(video_id: str) -> None:
    """Make the sound of a published video a sound of its own."""
    sounds.lift_sound(video_id)


@shared_task(name="videos.withdraw_sound")
@outbox_job
def withdraw_sound(sound_id: str, for_good: bool = False) -> None:
    """Take a sound out of other people's videos."""
    sounds.silence_uses(sound_id, for_good=for_good)


@shared_task(name="videos.resound")
@outbox_job
def resound(sound_id: str) -> None:
    """Let videos follow whether a sound in them was taken down."""
    silencing.resound(sound_id)


@shared_task(name="videos.renew_cards_of")
@outbox_job
def renew_cards_of(author_id: str) -> None:
    """Let the cards of somebody's videos follow their profile."""
    observers.renew_cards_of(UUID(author_id))


@shared_task(name="videos.fill_slate")
@outbox_job
def fill_slate(user_id: str) -> None:
    """Prepare what somebody's feed shows next."""
    if (user := actions.user_by(user_id)) is not None:
        actions.fill_slate(user)


@shared_task(name="videos.count_watches")
def count_watches() -> None:
    """Count what players told since the last time."""
    counting.count()


@shared_task(name="videos.cool_trends")
def cool_trends() -> None:
    """Forget trends that are none any more."""
    counting.cool()


@shared_task(name="videos.learn_feed")
def learn_feed() -> None:
    """Learn which videos go together."""
    from videos.feed.learning import learn  # numpy and scipy: for this job alone

    learn()


@shared_task(name="videos.index_words")
def index_words(days: int = 1) -> None:
    """Let search know what was posted in the last days and is not known yet."""
    indexing.catch_up(timezone.now() - timedelta(days=days))


@shared_task(name="videos.count_insights")
def count_insights() -> None:
    """Count the days of videos of which something new is known."""
    counting_days.count()


@shared_task(name="videos.look_after_followers")
def look_after_followers() -> None:
    """Know how many follow each creator, and when those watch."""
    audience.look_after_all()


@shared_task(name="videos.tell_followers")
@partial(outbox_job, is_one_transaction=True)
def tell_followers(video_id: str, after: tuple[str, int] | None = None) -> None:
    """Tell a batch of followers of a new video."""
    place = (datetime.fromisoformat(after[0]), after[1]) if after else None
    announcing.tell_followers(UUID(video_id), place)


@shared_task(name="videos.withdraw_post")
@partial(outbox_job, is_one_transaction=True)
def withdraw_post(video_id: str) -> None:
    """Take that back from a batch of those who may not watch it any more."""
    announcing.withdraw_post(UUID(video_id))
