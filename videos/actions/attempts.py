"""The log of tries to prepare videos: written as they go, so that a worker's death shows in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from accounts.ffmpeg import FfmpegFailed
from videos.models import ProcessingAttempt, Video
from videos.models.attempt import SAID_LENGTH
from videos.transcoding import BadVideo

Stage = ProcessingAttempt.Stage


class Attempt:
    """One try under way."""

    def __init__(self, video: Video, stage: str) -> None:
        self._row = ProcessingAttempt.objects.create(
            video=video, recipe_version=video.recipe_version, stage=stage
        )

    def enter(self, stage: str) -> None:
        """What is done now; where it goes wrong, it went wrong here."""
        self._change(stage=stage)

    def end(self, error: BaseException | None = None) -> None:
        if error is None:
            self._change(ended_at=timezone.now(), is_ok=True)
            return
        code = error.code if isinstance(error, BadVideo) else type(error).__name__
        said = what_was_said(error)
        self._change(ended_at=timezone.now(), is_ok=False, failure_code=code[:40], said=said)

    def _change(self, **fields: object) -> None:
        # Not `save`: with its video the row may be gone.
        ProcessingAttempt.objects.filter(pk=self._row.pk).update(**fields)


@contextmanager
def attempt_at(video: Video, stage: str) -> Iterator[Attempt]:
    """A try, logged to its end, good or bad."""
    attempt = Attempt(video, stage)
    try:
        yield attempt
    except Exception as error:
        attempt.end(error)
        raise
    attempt.end()


def what_was_said(error: BaseException) -> str:
    """The end of what ffmpeg said, wherever in the chain of causes it stands; else the error."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, FfmpegFailed):
        cause = cause.__cause__
    words = str(cause or error)
    # PostgreSQL keeps no zero bytes, and ffmpeg repeats what damaged files hold.
    return words.replace("\0", "")[-SAID_LENGTH:]
