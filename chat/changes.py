"""All that changed in a conversation after a number: each thing once, in its present state."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from chat import cards, events
from chat.line import lock
from chat.live.wire import encode
from chat.models import Conversation, Membership, Message

PAGE = 200
TRIES = 3
TOGETHER = 100  # conversations in one query
RESUMPTION_BYTES = 512 * 1024  # for one client; half of what may wait for a slow one


@dataclass(frozen=True, slots=True)
class Changes:
    """`events` by revision; all up to `head` is covered, or only up to the last event if `more`."""

    events: list[events.Event]
    head: int
    more: bool

    @property
    def reached(self) -> int:
        """Where the next fetch goes on."""
        return self.events[-1]["revision"] if self.more else self.head

    def frame(self, conversation_id: UUID | str, after: int) -> bytes:
        """For the socket; where it did not fit, word to fetch the rest."""
        if self.more:
            return resync_frame(conversation_id)
        return events.events_frame(conversation_id, self.events, after=after, head=self.head)


def changes_after(
    conversation_id: UUID, after: int, *, from_seq: int = 0, limit: int = PAGE, viewer: Any = None
) -> Changes:
    """What a member who sees messages above `from_seq` may see of the changes after `after`: what
    every such member may, or with what `viewer` alone does.

    Numbers of things changed again are gaps. What is read is the state at `head` exactly: were a
    message left out because it changed again meanwhile, `reaction.changed` would come for a message
    nobody has.
    """
    for _try in range(TRIES):
        found = _read(conversation_id, after, from_seq, limit, viewer)
        present = Conversation.objects.values_list("revision", flat=True).get(pk=conversation_id)
        if present == found.head:
            return found
    # So lively that no moment passes between two changes: hold them up for this one.
    with transaction.atomic():
        lock([conversation_id])
        return _read(conversation_id, after, from_seq, limit, viewer)


def _read(conversation_id: UUID, after: int, from_seq: int, limit: int, viewer: Any) -> Changes:
    conversation = Conversation.objects.get(pk=conversation_id)
    messages = conversation.messages.filter(revision__gt=after, seq__gt=from_seq).with_parts()
    members = _changed_members(Q(conversation=conversation, revision__gt=after), [conversation])
    found = events.message_events(list(messages.order_by("revision")[: limit + 1]), viewer)
    found += [
        events.membership_event(member) for member in members.order_by("revision")[: limit + 1]
    ]
    found += _of_itself(conversation, after)
    found.sort(key=lambda event: event["revision"])
    return Changes(found[:limit], conversation.revision, more=len(found) > limit)


def _of_itself(conversation: Conversation, after: int) -> Iterator[events.Event]:
    """What changed of the conversation's own row."""
    if conversation.changed_revision > after:
        yield events.conversation_event(conversation)
    if conversation.collected_revision > after:
        yield events.collection_event(conversation)


@dataclass(frozen=True, slots=True)
class Cursors:
    """What one client says it has: `{conversation: revision}`."""

    user_id: UUID
    revisions: dict[UUID, int]


def resumptions(asked: list[Cursors], *, limit: int = PAGE) -> list[list[bytes]]:
    """For each client the frames that bring it from its cursors to now: events, `resync` where too

    much happened, and `membership.ended` for whatever is not (or no longer) theirs; whether that
    exists is not told. About six queries for every hundred conversations, however many clients.
    """
    mine = _memberships(asked)
    lowest: dict[UUID, int] = {}
    for user_id, conversation_id, cursor in _cursors(asked):
        membership = mine.get((user_id, conversation_id))
        if membership and 0 < membership.conversation.revision - cursor <= limit:
            lowest[conversation_id] = min(cursor, lowest.get(conversation_id, cursor))
    changed = _read_all(lowest)

    @cache
    def caught_up(conversation_id: UUID, cursor: int, from_seq: int) -> bytes:
        reaches_back = lowest.get(conversation_id, cursor + 1) <= cursor
        known = changed.get(conversation_id) if reaches_back else None
        return _caught_up(conversation_id, known, cursor, from_seq)

    return [_resumption(cursors, mine, caught_up) for cursors in asked]


def _cursors(asked: list[Cursors]) -> Iterator[tuple[UUID, UUID, int]]:
    for client in asked:
        for conversation_id, cursor in client.revisions.items():
            yield client.user_id, conversation_id, cursor


def _memberships(asked: list[Cursors]) -> dict[tuple[UUID, UUID], Membership]:
    """Of whatever is asked and reaches them, by user and conversation."""
    conversations = {conversation_id for _user, conversation_id, _cursor in _cursors(asked)}
    if not conversations:
        return {}
    reaching = Membership.objects.reaching({client.user_id for client in asked})
    rows = reaching.filter(conversation__in=conversations).select_related("conversation")
    return {(row.user_id, row.conversation_id): row for row in rows}


def _resumption(
    client: Cursors,
    mine: dict[tuple[UUID, UUID], Membership],
    caught_up: Callable[[UUID, int, int], bytes],
) -> list[bytes]:
    frames: list[bytes] = []
    room = RESUMPTION_BYTES
    for conversation_id, cursor in client.revisions.items():
        membership = mine.get((client.user_id, conversation_id))
        if membership is None:
            frames.append(ended_frame(conversation_id, client.user_id, cursor))
        elif membership.conversation.revision > cursor:
            frame = caught_up(conversation_id, cursor, membership.from_seq)
            # The rest is fetched where it is looked at; more at once would look like not reading.
            frames.append(frame if len(frame) < room else resync_frame(conversation_id))
            room -= len(frame)
    return frames


def _caught_up(conversation_id: UUID, changed: Changes | None, cursor: int, from_seq: int) -> bytes:
    if changed is None:
        return resync_frame(conversation_id)
    said = [
        event
        for event in changed.events
        if event["revision"] > cursor and event.get("seq", from_seq + 1) > from_seq
    ]
    return events.events_frame(conversation_id, said, after=cursor, head=changed.head)


def _read_all(after: dict[UUID, int]) -> dict[UUID, Changes]:
    """All changes of each of these conversations after its number, as `changes_after`."""
    found: dict[UUID, Changes] = {}
    keys = list(after)
    for start in range(0, len(keys), TOGETHER):
        found |= _read_part({key: after[key] for key in keys[start : start + TOGETHER]})
    return found


def _read_part(after: dict[UUID, int]) -> dict[UUID, Changes]:
    conversations = Conversation.objects.in_bulk(after)
    since = Q()
    for conversation_id, revision in after.items():
        since |= Q(conversation=conversation_id, revision__gt=revision)
    said = defaultdict(list)
    messages = list(Message.objects.filter(since).with_parts())
    for message, event in zip(messages, events.message_events(messages), strict=True):
        said[message.conversation_id].append(event)
    for member in _changed_members(since, conversations.values()):
        said[member.conversation_id].append(events.membership_event(member))
    found = {}
    for conversation_id, conversation in conversations.items():
        said[conversation_id] += _of_itself(conversation, after[conversation_id])
        ordered = sorted(said[conversation_id], key=lambda event: event["revision"])
        found[conversation_id] = Changes(ordered, conversation.revision, more=False)
    return found | _moved(after, found)


def _changed_members(since: Q, conversations: Iterable[Conversation]) -> QuerySet[Membership]:
    """Those who came, changed or went. Of a channel's members nobody hears, and looking for some
    among a hundred thousand would take long (R27)."""
    groups = [each.pk for each in conversations if not each.is_channel]
    members = Membership.objects.filter(since, conversation__in=groups)
    return members.select_related("user")


def _moved(after: dict[UUID, int], found: dict[UUID, Changes]) -> dict[UUID, Changes]:
    """Those that changed while they were read, read again one by one."""
    present = Conversation.objects.filter(pk__in=found).values_list("pk", "revision")
    moved = [key for key, revision in present if revision != found[key].head]
    again = {key: changes_after(key, after[key], limit=2 * PAGE) for key in moved}
    return {key: changes for key, changes in again.items() if not changes.more}


def resync_frame(conversation_id: UUID | str) -> bytes:
    """Fetch `/changes/` and go on."""
    return encode({"type": "resync", "conversation": str(conversation_id)})


def ended_frame(conversation_id: UUID | str, user_id: UUID | str, revision: int) -> bytes:
    """The client drops the conversation."""
    event = {"type": "membership.ended", "revision": revision, "user": {"id": str(user_id)}}
    return events.events_frame(conversation_id, [event], after=revision, head=revision)


def joined_frames(user_id: UUID, conversation_ids: Iterable[UUID]) -> list[bytes]:
    """What a person's own sockets hear of what became theirs: `membership.joined` with `card`."""
    mine = Membership.objects.reaching([user_id]).filter(conversation__in=conversation_ids)
    rows = mine.select_related("conversation", "user", "invited_by").with_row_parts(user_id)
    frames = []
    for row in islice(rows, PAGE):
        event = events.membership_event(row) | {
            "type": "membership.joined",
            "card": cards.conversation_card(row),
        }
        head = row.conversation.revision
        # The card is the state at `head`; what was said before is history, fetched when looked at.
        frame = events.events_frame(row.conversation_id, [event], after=head, head=head)
        frames.append(frame)
    return frames
