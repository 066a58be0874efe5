"""What becomes of a card: fetched, renewed, given up or taken away; `LINK_OBSERVERS` hear of it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import ports
from accounts.images import random_name
from accounts.linking.cards import link_card
from accounts.linking.failures import Busy, Failure
from accounts.linking.fetching import Found, look, look_at_picture
from accounts.linking.pictures import Picture
from accounts.models import LinkCard
from accounts.outbox import enqueue_later
from accounts.screening import Brought, Held, screen

AFTER_FAILURE = timedelta(hours=1)


def fetch(card_id: UUID) -> None:
    """Bring a card up to date if its time has come. Twice is harmless: the second finds it done."""
    card = LinkCard.objects.filter(pk=card_id).first()
    if card is None or not card.is_due:
        return
    try:
        found = look(card)
    except Busy as busy:
        enqueue_later("accounts.fetch_link", busy.until, card_id=str(card_id))
    except Failure as failure:
        give_up(card_id, failure)
    else:
        _keep(card_id, found)


def fetch_picture(card_id: UUID, url: str) -> None:
    """Give a card the picture whose host was not free when the card was made."""
    if not LinkCard.objects.ready().filter(pk=card_id, picture="").exists():
        return
    try:
        picture = look_at_picture(url)
    except Busy as busy:
        enqueue_later("accounts.fetch_link_picture", busy.until, card_id=str(card_id), url=url)
        return
    if picture:
        _changed(card_id, lambda card: None, picture)


def give_up(card_id: UUID, failure: Failure) -> None:
    """There is nothing to show; what was shown stays if that may be different soon."""

    def note(card: LinkCard) -> None:
        card.fetched_at = timezone.now()
        card.expires_at = card.fetched_at + AFTER_FAILURE
        if not (failure.is_passing and card.is_ready):
            is_blocked = failure.code == "blocked"
            empty(card, LinkCard.State.BLOCKED if is_blocked else LinkCard.State.NONE)
            card.failure = failure.code

    _changed(card_id, note)


def take_away(card_id: UUID, failure: str) -> None:
    """Show nothing of it any more, whoever writes the address: `failure` says why."""

    def block(card: LinkCard) -> None:
        empty(card, LinkCard.State.BLOCKED)
        card.failure = failure

    _changed(card_id, block, even_if_blocked=True)


def empty(card: LinkCard, state: str) -> None:
    """Leave nothing on it of what was fetched."""
    card.state = state
    card.title = card.description = card.site = card.author = card.etag = card.picture = ""
    card.picture_width = card.picture_height = 0


def _keep(card_id: UUID, found: Found) -> None:
    def fill(card: LinkCard) -> None:
        card.fetched_at, card.expires_at = timezone.now(), found.expires_at
        if not found.is_unchanged:
            empty(card, LinkCard.State.READY)
            found.facts.fill(card)
            card.etag, card.failure = found.etag, ""
        if found.picture_due:
            where = {"card_id": str(card_id), "url": found.facts.picture}
            enqueue_later("accounts.fetch_link_picture", found.picture_due, **where)

    _changed(card_id, fill, found.picture)


def _changed(
    card_id: UUID,
    change: Callable[[LinkCard], None],
    picture: Picture | None = None,
    *,
    even_if_blocked: bool = False,
) -> None:
    """Change a card that is there and not blocked; tell of it if people see the difference."""
    picture = _usable(card_id, picture)
    name = _stored(picture)
    try:
        with transaction.atomic():
            card = LinkCard.objects.select_for_update().get(pk=card_id)
            if card.state == LinkCard.State.BLOCKED and not even_if_blocked:
                raise _Blocked
            _change(card, change, name, picture)
    except BaseException as error:
        if name:
            default_storage.delete(name)
        if not isinstance(error, LinkCard.DoesNotExist | _Blocked):
            raise


class _Blocked(Exception):
    """Somebody blocked it while it was fetched."""


def _change(
    card: LinkCard, change: Callable[[LinkCard], None], name: str, picture: Picture | None
) -> None:
    shown, file = (card.state, link_card(card)), card.picture
    change(card)
    if picture:
        card.picture, card.picture_width, card.picture_height = name, picture.width, picture.height
    card.save()
    if (card.state, link_card(card)) != shown:
        ports.link_changed(card.pk)
    if file and file != card.picture:
        # After the commit: until then its address is still in use.
        transaction.on_commit(lambda: default_storage.delete(file))


def _usable(card_id: UUID, picture: Picture | None) -> Picture | None:
    """A picture that is on a list is shown to nobody; the card's words may be."""
    if picture is None:
        return None
    try:
        screen(Brought("link", None, "link", card_id), [picture.content])
    except Held:
        return None
    return picture


def _stored(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return default_storage.save(random_name("links"), ContentFile(picture.content))
