"""What videos do when something else that is shared changes (CARD_OBSERVERS)."""

from uuid import UUID

from django.db.models import QuerySet

from accounts import ports
from accounts.outbox import enqueue
from videos.models import Video


def card_changed(kind: str, object_id: UUID) -> None:
    """A video's card names its author, and whether anybody sees it is theirs to say."""
    if kind == "profile" and _shared_by(object_id).exists():
        enqueue("videos.renew_cards_of", author_id=str(object_id))


def renew_cards_of(author_id: UUID) -> None:
    """Tell of every video of theirs that was ever shared."""
    for video_id in _shared_by(author_id).values_list("pk", flat=True).iterator():
        ports.card_changed("video", video_id)


def _shared_by(author_id: UUID) -> QuerySet[Video]:
    return Video.objects.filter(author=author_id, share_count__gt=0)
