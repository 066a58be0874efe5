"""The cards of others' addresses: asked for when somebody writes one, read when it is shown."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from accounts.linking.targets import Target, target
from accounts.models import LinkBlock, LinkCard
from accounts.outbox import enqueue_all


def ask_for(hrefs: Iterable[str]) -> dict[str, LinkCard]:
    """The card of each address that can have one, by the address as given; call it in the
    transaction that stores the words.

    New ones, and those that are out of date, are fetched by a job; `LINK_OBSERVERS` hear of what
    became of them. At most five queries, however many addresses.
    """
    targets = _targets(hrefs)
    cards = _by_key(targets.values())
    made: set[UUID] = set()
    if missing := {one.key: one for one in targets.values() if one.key not in cards}:
        made = _make(missing.values())
        cards |= _by_key(missing.values())
    due = [card for card in cards.values() if card.is_stale or card.pk in made]
    enqueue_all(("accounts.fetch_link", {"card_id": str(card.pk)}) for card in due)
    return {href: cards[one.key] for href, one in targets.items()}


def cards_of(hrefs: Iterable[str]) -> dict[str, LinkCard]:
    """The cards there are, by the address as given, with one query; nothing is fetched."""
    targets = _targets(hrefs)
    cards = _by_key(targets.values())
    return {href: cards[one.key] for href, one in targets.items() if one.key in cards}


def link_card(card: LinkCard) -> dict[str, Any] | None:
    """What clients show; None as long as there is nothing."""
    if not card.is_ready:
        return None
    return {
        "id": str(card.pk),
        "url": card.url,
        "host": card.host,
        "kind": card.kind,
        "title": card.title,
        "description": card.description,
        "site": card.site,
        "author": card.author,
        "picture": _picture(card),
    }


def _picture(card: LinkCard) -> dict[str, Any] | None:
    if not card.picture:
        return None
    size = {"width": card.picture_width, "height": card.picture_height}
    return {"url": card.picture_url, **size}


def _targets(hrefs: Iterable[str]) -> dict[str, Target]:
    found = ((href, target(href)) for href in dict.fromkeys(hrefs))
    return {href: one for href, one in found if one is not None}


def _by_key(targets: Iterable[Target]) -> dict[str, LinkCard]:
    keys = {one.key for one in targets}
    if not keys:
        return {}
    return {card.url_hash: card for card in LinkCard.objects.filter(url_hash__in=keys)}


def _make(missing: Collection[Target]) -> set[UUID]:
    """Make the missing cards; answers which are to be fetched. Where somebody else makes the same
    one meanwhile, theirs stands, and they see to it."""
    blocked = LinkBlock.objects.blocked_among(one.host for one in missing)
    rows = [_row(one, is_blocked=one.host in blocked) for one in missing]
    LinkCard.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.pk for row in rows if row.state == LinkCard.State.NEW}


def _row(one: Target, *, is_blocked: bool) -> LinkCard:
    fate = {"state": LinkCard.State.BLOCKED, "failure": "blocked"} if is_blocked else {}
    return LinkCard(url_hash=one.key, url=one.url, host=one.host, **fate)
