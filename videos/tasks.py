"""Thin Celery wrappers around what videos must do in the background."""

from celery import shared_task

from accounts.outbox import outbox_job
from videos import actions


@shared_task(name="videos.process_video")
@outbox_job
def process_video(video_id: str) -> None:
    """Make the renditions of an upload and publish it."""
    actions.process_video(video_id)
