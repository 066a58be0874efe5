"""A conversation's collection as one person sees it: what they may not watch is not there."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from chat.models import Attachment, CollectedVideo, Conversation, Membership
from chat.models.collection import COLLECTION_LIMIT
from chat.pages.faces import Card, blocked_ids, deleted_card
from chat.players import playables

TILES = 60
SHARED_LATELY = 40


@dataclass(frozen=True, slots=True)
class Tile:
    """One saved video."""

    saved: CollectedVideo
    card: Card
    saved_by: Card | None
    is_removable: bool


def collection_of(user: User, conversation: Conversation) -> QuerySet[CollectedVideo]:
    """What the person may watch of it, the last saved first."""
    saved = conversation.collection.visible_to(user).select_related("saved_by")
    return saved.order_by("-saved_at", "-pk")


def tiles(user: User, membership: Membership, saved: Sequence[CollectedVideo]) -> list[Tile]:
    """Saved videos as the person sees them; who saved them is not told across a block (R15)."""
    cards = playables.cards(user, {each.video_id for each in saved})
    hidden = blocked_ids(user) if saved else frozenset()
    return [
        Tile(
            saved=each,
            card=cards[each.video_id],
            saved_by=_saver(each, hidden),
            is_removable=each.removable_by(membership),
        )
        for each in saved
        if each.video_id in cards
    ]


def _saver(saved: CollectedVideo, hidden: frozenset[UUID]) -> Card | None:
    if saved.saved_by_id in hidden:
        return None
    return saved.saved_by.card() if saved.saved_by else deleted_card()


def shuffled(user: User, conversation: Conversation, *, seed: int) -> list[UUID]:
    """The ids of all of it in an order of chance, the same for the same seed."""
    found = collection_of(user, conversation).values_list("video_id", flat=True)
    ids = sorted(found[:COLLECTION_LIMIT])
    random.Random(seed).shuffle(ids)  # noqa: S311
    return ids


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some videos to choose from, under a name."""

    name: str
    cards: list[Card]


def shelves(user: User, membership: Membership) -> list[Shelf]:
    """What the person may watch of what was saved and lately shared here, each once."""
    conversation = membership.conversation
    saved = list(collection_of(user, conversation).values_list("video_id", flat=True)[:TILES])
    shared = [key for key in _shared_lately(membership) if key not in saved]
    cards = playables.cards(user, {*saved, *shared})
    found = (
        Shelf(_("Collection"), [cards[key] for key in saved if key in cards]),
        Shelf(_("Shared here"), [cards[key] for key in shared if key in cards]),
    )
    return [shelf for shelf in found if shelf.cards]


def _shared_lately(membership: Membership) -> list[UUID]:
    """Ids of videos that hang on messages this person sees, the newest first."""
    attached = Attachment.objects.filter(
        message__conversation=membership.conversation_id,
        message__seq__gt=membership.from_seq,
        content_type=playables.content_type(),
    )
    newest = attached.order_by("-message__seq").values_list("object_id", flat=True)
    return list(dict.fromkeys(newest[:SHARED_LATELY]))
