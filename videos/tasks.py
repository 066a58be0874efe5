"""Thin Celery wrappers around what videos must do in the background."""

from functools import partial
from uuid import UUID

from celery import shared_task

from accounts.outbox import outbox_job
from videos import actions, observers


@shared_task(name="videos.process_video")
@partial(outbox_job, given_up=actions.give_up_video)
def process_video(video_id: str) -> None:
    """Make the renditions of an upload and publish it."""
    actions.process_video(video_id)


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
