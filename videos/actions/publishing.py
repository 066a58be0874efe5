"""Putting prepared videos out: at once, or when their time has come."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import policy, ports
from accounts.notifications import notify
from accounts.policy.regions import UPLOAD
from accounts.regions.asking import kept_from
from videos import announcing
from videos.actions import borrowing
from videos.actions.progress import tell_progress
from videos.models import Video

DUE_AT_ONCE = 100


def settle(video: Video) -> None:
    """What is prepared goes out, or waits for its time; call it with the row locked.

    One that a moderator took down meanwhile stays down.

    What it borrows is asked for again: between posting and now people may have changed their minds.
    What is out already was asked then, and is withdrawn otherwise (videos/actions/sounds.py).
    """
    if video.removed_at is not None:
        video.state = Video.State.REMOVED
        video.save(update_fields=["state"])
    elif not video.is_published and (code := borrowing.borrowed_refusal(video)):
        fail(video, code)
    elif video.publish_at and video.publish_at > timezone.now():
        video.state = Video.State.SCHEDULED
        video.save(update_fields=["state"])
        tell_progress(video, 1.0)
    else:
        _publish(video)


def _publish(video: Video) -> None:
    is_first = video.published_at is None
    video.state, video.failure_code = Video.State.PUBLISHED, ""
    video.published_at = video.published_at or timezone.now()
    video.save(update_fields=["state", "failure_code", "published_at"])
    if is_first:
        borrowing.note_published(video)
        announcing.announce(video)
    ports.card_changed("video", video.pk)
    tell_progress(video, 1.0)


@transaction.atomic
def fail(video: Video, code: str) -> None:
    """Note why a video cannot be put out, and tell its author."""
    video.state, video.failure_code = Video.State.FAILED, code
    # Not `save`: the video may have been deleted meanwhile.
    if Video.objects.filter(pk=video.pk).update(state=video.state, failure_code=code):
        notify("videos.failed", video.author_id, about=video.pk)
    tell_progress(video, 0.0)


def publish_due() -> int:
    """Put out what waits and whose time has come; answers how many. Safe to run twice, at once.

    What somebody may not post from where they are just now waits on (R45)."""
    due = Video.objects.filter(state=Video.State.SCHEDULED, publish_at__lte=timezone.now())
    due = due.exclude(kept_from(UPLOAD, "author__"))
    keys = list(due.order_by("publish_at").values_list("pk", flat=True)[:DUE_AT_ONCE])
    return sum(_publish_one(key) for key in keys)


@transaction.atomic
def _publish_one(key: UUID) -> bool:
    """Under a lock: another worker may be at it, its author may have taken it back."""
    due = Video.objects.select_for_update(of=("self",)).select_related("author")
    video = due.filter(pk=key, state=Video.State.SCHEDULED, publish_at__lte=timezone.now()).first()
    if video is None:
        return False
    if policy.use(video.author.person, "post"):  # R43: it waits among their drafts
        video.state, video.publish_at = Video.State.DRAFT, None
        video.save(update_fields=["state", "publish_at"])
        return False
    settle(video)
    return True
