"""The cards of what messages link to, as one viewer sees them (a reader of chat/parts.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from accounts.linking.cards import link_card
from accounts.linking.finding import may_hold_links, own_path
from accounts.models import LinkCard
from accounts.reading import NOBODY, ByKey
from chat.linking import own
from chat.linking.own import Named
from chat.models import Message, MessageLink

Card = dict[str, Any]


def references(messages: Iterable[Message], viewer: Any = None) -> dict[UUID, list[Card]]:
    """By message id: `[{url, kind, waits, card}]` of its links that have a card.

    `kind` is "own" or "outside"; `waits` while the card is still fetched. Of what not everybody may
    see everybody (None) is told that there is something (`card` None): clients ask, and `viewer`
    gets the card or nothing. One query and one a kind of ours; none where no words hold links.
    """
    holding = [m.pk for m in messages if m.unlinked_at is None and may_hold_links(m.body)]
    if not holding:
        return {}
    links = _links(NOBODY, holding)
    cards = own.cards({Named(link.kind, link.key) for link in links if link.kind}, viewer)
    found = defaultdict(list)
    for link in links:
        if told := _told(link, cards, viewer):
            found[link.message_id].append(told)
    return dict(found)


_links = ByKey(
    lambda _viewer, keys: (
        MessageLink.objects.filter(message__in=keys)
        .select_related("card")
        .order_by("message", "position")
    ),
    room=16,
)


def _told(link: MessageLink, cards: Mapping[Named, Card], viewer: Any) -> Card | None:
    if link.card is not None:
        card, waits = link_card(link.card), link.card.state == LinkCard.State.NEW
        return _entry(link, "outside", card, waits) if card or waits else None
    own_card = cards.get(Named(link.kind, link.key))
    if own_card is None and viewer is not None:
        return None
    card = own_card and {"url": own_path(link.url), **own_card}
    return _entry(link, "own", card, waits=False)


def _entry(link: MessageLink, kind: str, card: Card | None, waits: bool) -> Card:
    return {"url": link.url, "kind": kind, "waits": waits, "card": card}
