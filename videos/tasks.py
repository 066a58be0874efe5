"""Thin Celery wrappers around what videos must do in the background."""

from functools import partial
from uuid import UUID

from celery import shared_task

from accounts.outbox import outbox_job
from videos import actions, observers
from videos.actions import clips


@shared_task(name="videos.process_video")
@partial(outbox_job, given_up=actions.give_up_video)
def process_video(video_id: str) -> None:
    """Make the renditions of an upload and publish it."""
    actions.process_video(video_id)


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


@shared_task(name="videos.renew_cards_of")
@outbox_job
def renew_cards_of(author_id: str) -> None:
    """Let the cards of somebody's videos follow their profile."""
    observers.renew_cards_of(UUID(author_id))
