"""What videos do when something else that is shared changes (CARD_OBSERVERS), and when people part
(RELATION_OBSERVERS)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from accounts import ports
from accounts.outbox import enqueue
from videos.actions.crediting import part_the_blocked
from videos.actions.describing import part_the_chosen
from videos.models import Video


def card_changed(kind: str, object_id: UUID) -> None:
    """A video's card names its author, and whether anybody sees it is theirs to say."""
    if kind == "profile" and _shared_by(object_id).exists():
        enqueue("videos.renew_cards_of", author_id=str(object_id))


def renew_cards_of(author_id: UUID) -> None:
    """Tell of every video of theirs that was ever shared."""
    for video_id in _shared_by(author_id).values_list("pk", flat=True).iterator():
        ports.card_changed("video", video_id)


def relation_changed(user_id: UUID, other_ids: Iterable[UUID] | None) -> None:
    """Whoever blocks somebody is not named beside them, and friends who part choose each other no
    more. What one changes towards everybody is neither."""
    if other_ids is not None:
        others = list(other_ids)
        part_the_blocked(user_id, others)
        part_the_chosen(user_id, others)


def _shared_by(author_id: UUID) -> QuerySet[Video]:
    return Video.objects.filter(author=author_id, share_count__gt=0)
