"""From words to links: read once, by a job, when they are said; and again when they change."""

from operator import attrgetter
from uuid import UUID

from django.http import Http404

from accounts.linking import cards as outside
from accounts.linking.finding import addresses, may_hold_links
from accounts.outbox import enqueue_all
from chat import events, sharing
from chat.line import changing
from chat.linking import own
from chat.linking.own import Named
from chat.linking.shown import references
from chat.models import Message, MessageLink

MOST = 3  # cards under one message
NEAREST = 20  # links of it that are looked at for them


def read_links(message_id: UUID | str) -> None:
    """Find what a message links to, and tell those who see it. Twice is once."""
    messages = Message.objects.filter(pk=message_id, unsent_at__isnull=True)
    conversation_id = messages.values_list("conversation", flat=True).first()
    if conversation_id is None:
        return
    try:
        with changing(conversation_id) as line:
            message = messages.with_parts().first()
            if message is None or not renew(message) or message.unlinked_at is not None:
                return
            message.revision = line.number()
            message.save(update_fields=["revision"])
            line.tell(events.links_event(message, references([message]).get(message.pk, [])))
    except Http404:  # the conversation went meanwhile
        return


def renew(message: Message) -> bool:
    """Store what the words link to now; whether that is anything else than before. Call it while
    the conversation's line is held: others' cards are asked for in the same transaction."""
    wanted = _links(message)
    before = list(message.links.order_by("position"))
    if [(link.url, link.key) for link in before] == [(link.url, link.key) for link in wanted]:
        return False
    message.links.all().delete()
    MessageLink.objects.bulk_create(wanted)
    _note_shares(message, {Named(link.kind, link.key) for link in before}, wanted)
    return True


def _note_shares(message: Message, known: set[Named], links: list[MessageLink]) -> None:
    """To link to a thing that one may see is to share it: it is counted with the thing."""
    new = {Named(link.kind, link.key) for link in links if sharing.is_shareable(link.kind)} - known
    seen = own.cards(new, message.author) if new and message.author else {}
    enqueue_all(
        (
            "chat.note_share",
            {"user_id": str(message.author_id), "kind": each.kind, "thing_id": each.key},
        )
        for each in sorted(seen, key=attrgetter("kind", "key"))
    )


def forget(message: Message) -> None:
    """It is unsent: nothing is kept of what it linked to. Call it before its words go."""
    if may_hold_links(message.body):
        message.links.all().delete()


def _links(message: Message) -> list[MessageLink]:
    """The first `MOST` that have, or may come to have, a card."""
    hrefs = list(dict.fromkeys(each.href for each in addresses(message.body)))[:NEAREST]
    named = {href: ours for href in hrefs if (ours := own.named_by(href))}
    away = [href for href in hrefs if href not in named][:MOST]
    cards = outside.ask_for(away)
    found = [href for href in hrefs if href in named or href in cards][:MOST]
    return [
        MessageLink(
            message=message,
            position=position,
            url=href,
            kind=named[href].kind if href in named else "",
            key=named[href].key if href in named else "",
            card=cards.get(href),
        )
        for position, href in enumerate(found)
    ]
