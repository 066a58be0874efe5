"""All that changed in a conversation after a number: each thing once, in its present state."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction

from chat import cards, events
from chat.line import lock
from chat.models import Conversation, Membership
from chat.wire import encode

PAGE = 200
TRIES = 3


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
    conversation_id: UUID, after: int, *, from_seq: int = 0, limit: int = PAGE
) -> Changes:
    """What a member who sees messages above `from_seq` may see of the changes after `after`.

    Numbers of things changed again are gaps. What is read is the state at `head` exactly: were a
    message left out because it changed again meanwhile, `reaction.changed` would come for a message
    nobody has.
    """
    for _try in range(TRIES):
        found = _read(conversation_id, after, from_seq, limit)
        present = Conversation.objects.values_list("revision", flat=True).get(pk=conversation_id)
        if present == found.head:
            return found
    # So lively that no moment passes between two changes: hold them up for this one.
    with transaction.atomic():
        lock([conversation_id])
        return _read(conversation_id, after, from_seq, limit)


def _read(conversation_id: UUID, after: int, from_seq: int, limit: int) -> Changes:
    conversation = Conversation.objects.get(pk=conversation_id)
    messages = conversation.messages.filter(revision__gt=after, seq__gt=from_seq).with_parts()
    members = conversation.memberships.filter(revision__gt=after).select_related("user")
    found = events.message_events(list(messages.order_by("revision")[: limit + 1]))
    found += [
        events.membership_event(member) for member in members.order_by("revision")[: limit + 1]
    ]
    if conversation.changed_revision > after:
        found.append(events.conversation_event(conversation))
    found.sort(key=lambda event: event["revision"])
    return Changes(found[:limit], conversation.revision, more=len(found) > limit)


def resumption(user_id: UUID, cursors: dict[UUID, int], *, limit: int = PAGE) -> list[bytes]:
    """Frames that bring a client from its cursors to now: events, `resync` where too much happened,

    and `membership.ended` for whatever is not (or no longer) theirs; whether it exists is not told.
    """
    mine = Membership.objects.reaching([user_id]).filter(conversation__in=cursors)
    memberships = {m.conversation_id: m for m in mine.select_related("conversation")}
    frames = []
    for conversation_id, cursor in cursors.items():
        membership = memberships.get(conversation_id)
        if membership is None:
            frames.append(ended_frame(conversation_id, user_id, cursor))
        elif membership.conversation.revision - cursor > limit:
            frames.append(resync_frame(conversation_id))
        elif membership.conversation.revision > cursor:
            changes = changes_after(
                conversation_id, cursor, from_seq=membership.from_seq, limit=2 * limit
            )
            frames.append(changes.frame(conversation_id, cursor))
    return frames


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
