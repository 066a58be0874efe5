"""What somebody who left Medley said: words stay, as a deleted user's; files, reactions and votes
go. Each is a step of the `Purger`: one batch a call."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace

from chat import cards, events, tallies, threads
from chat.data_rights import media
from chat.line import changing
from chat.models import (
    Edit,
    KeptSticker,
    Media,
    Message,
    MessageLink,
    PollOption,
    PollVote,
    Reaction,
    Searchable,
    Sticker,
    TakenDown,
)
from chat.search.words import mark_of_author

BATCH = 200
FILES = 50  # in one batch


def drop_media(person_id: UUID) -> int:
    """All they sent or were about to send that is a file; stickers of others are others'."""
    rows = Media.objects.filter(owner=person_id, sticker__isnull=True)
    return _drop(list(rows.order_by("pk")[:FILES]))


def drop_stickers(person_id: UUID) -> int:
    """Those they made, wherever they were sent."""
    sticker = Sticker.objects.filter(maker=person_id).first()
    if sticker is None:
        return 0
    sent = list(Media.objects.filter(sticker=sticker).order_by("pk")[:FILES])
    if sent:
        return _drop(sent)
    KeptSticker.objects.filter(sticker=sticker).delete()
    sticker.delete()
    default_storage.delete(sticker.file)
    return 1


def _drop(rows: list[Media]) -> int:
    for conversation_id, some in _by_conversation(rows).items():
        with changing(conversation_id) as line:
            found = Message.objects.filter(pk__in={row.message_id for row in some})
            for message in found.order_by("seq"):
                media.take_out(line, message, some)
    media.let_go(rows)
    return len(rows)


def _by_conversation(rows: Iterable[Media]) -> dict[UUID, list[Media]]:
    keys = [row.message_id for row in rows if row.message_id]
    where = dict(Message.objects.filter(pk__in=keys).values_list("pk", "conversation"))
    found: dict[UUID, list[Media]] = defaultdict(list)
    for row in rows:
        if row.message_id in where:
            found[where[row.message_id]].append(row)
    return found


def take_back_reactions(person_id: UUID) -> int:
    """Each as if they took it back."""
    reactions = list(Reaction.objects.filter(user=person_id).select_related("message")[:BATCH])
    places: dict[UUID, dict[UUID, list[Reaction]]] = defaultdict(lambda: defaultdict(list))
    for reaction in reactions:
        places[reaction.message.conversation_id][reaction.message_id].append(reaction)
    for conversation_id, by_message in places.items():
        with changing(conversation_id) as line:
            for message_id, gone in by_message.items():
                line.tell(_without(message_id, gone, line.number()))
    return len(reactions)


def _without(message_id: UUID, gone: list[Reaction], revision: int) -> events.Event:
    message = Message.objects.get(pk=message_id)
    Reaction.objects.filter(pk__in=[reaction.pk for reaction in gone]).delete()
    message.revision = revision
    if message.reaction_counts:
        emoji = [reaction.emoji for reaction in gone]
        message.reaction_counts = tallies.changed(message.reaction_counts, [], emoji)
        left = tallies.cards(message.reaction_counts)
    else:
        given = message.reactions.values_list("emoji", "user")
        left = cards.reaction_cards((emoji, str(user)) for emoji, user in given)
    message.save(update_fields=["revision", "reaction_counts"])
    return events.reaction_event(message.seq, revision, left)


@transaction.atomic
def take_back_votes(person_id: UUID) -> int:
    """Nobody sees who voted; what it came to stays, as with every vote that is over."""
    votes = list(PollVote.objects.filter(user=person_id).select_related("option")[:BATCH])
    for option in PollOption.objects.filter(pk__in={vote.option_id for vote in votes}):
        if str(person_id) in option.latest:
            option.latest = [key for key in option.latest if key != str(person_id)]
            option.save(update_fields=["latest"])
    PollVote.objects.filter(pk__in=[vote.pk for vote in votes]).delete()
    return len(votes)


@transaction.atomic
def unname_messages(person_id: UUID) -> int:
    """A batch of their messages is a deleted user's: for search as well, and in the faces of
    threads. What they said before an edit goes, and what was taken down."""
    mine = Message.objects.filter(author=person_id).order_by("client_id", "pk")
    rows = list(mine.values_list("pk", "conversation", "thread")[:BATCH])
    keys = [key for key, _where, _thread in rows]
    Edit.objects.filter(message__in=keys).delete()
    TakenDown.objects.filter(message__in=keys).delete()
    words: Any = Replace(F("words"), Value(mark_of_author(person_id)), Value(""))
    Searchable.objects.filter(message__in=keys).update(author_id=None, words=words)
    Message.objects.filter(pk__in=keys).update(author=None, client_id=None, digest="")
    # In the order of their ids, so that two who lock never wait in a ring.
    for conversation_id, thread in sorted(
        {(where, thread) for _k, where, thread in rows if thread}
    ):
        with changing(conversation_id) as line:
            threads.recount(line, thread)
    return len(rows)


def forget_links(person_id: UUID) -> int:
    """Links to their profile have no card any more."""
    return MessageLink.objects.naming("profile", str(person_id)).delete()[0]
