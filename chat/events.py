"""What happened in a conversation, as events with numbers, and how it is told after the commit.

A frame of events is `{"type": "events", "conversation", "after", "head", "events": [...]}`. It
covers the line from `after` (not included) to `head`: a client whose cursor has reached `after`
applies the events and is at `head`, gaps or not; another has a hole and fetches `/changes/`.

Every event has `type` and `revision`:

- `message.created`, `message.edited`, `message.unsent`: the whole message (cards.message_card)
- `reaction.changed`: `seq`, `reactions`
- `share.changed`: `seq`, `share` ({kind, id, card}): the thing that it shows changed or went
- `links.changed`: `seq`, `links` (chat/linking/shown.py): what the words link to was looked up,
  changed, went, or is not to be shown any more
- `poll.changed`: `seq`, `poll` (polls.poll_card), without anybody's own votes
- `thread.changed`: `seq` of the root, `replies` ({count, last, people})
- `message.expired`: `seq` of one that disappeared; the client drops it, without a trace
- `conversation.changed`: `title`, `picture`, `accepted`, `description`, `rules`, `writing` (who
  writes when: group_cards.writing_card), `pins` (places, the newest pin first),
  `timer` (seconds, 0 for ever), `streak` ({days, on})
- `collection.changed`: the conversation's collection is another; whoever shows it fetches it
- `membership.joined`, `membership.changed`, `membership.ended`: `user` (cards.member_card); what
  somebody hears about their own joining also has `card`, the conversation as their inbox shows it

Hints have no number: `read` (`user`, `seq`), `typing` (`user`), `presence` (`here`: user ids, or in
large groups only their `count`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from accounts import live
from accounts.linking.blocking import blocked_in
from chat import cards, parts
from chat.cards import groups as group_cards
from chat.live.wire import encode
from chat.models import Conversation, Membership, Message
from chat.pushing.poking import poke

Event = dict[str, Any]


def events_frame(
    conversation_id: UUID | str, events: list[Event], *, after: int, head: int
) -> bytes:
    """One frame with all events of one commit for one conversation, encoded once."""
    return encode(
        {
            "type": "events",
            "conversation": str(conversation_id),
            "after": after,
            "head": head,
            "events": events,
        }
    )


def type_of(message: Message) -> str:
    """The event that brings a message to its present state."""
    if message.is_unsent:
        return "message.unsent"
    return "message.edited" if message.edited_at else "message.created"


def message_event(message: Message, parts: Event) -> Event:
    """A message that was just stored, with what hangs on it: it has no reactions yet."""
    return {"type": type_of(message), **cards.card_of(message, parts, [])}


def message_created(card: Event) -> Event:
    """The same of a card made for it alone (cards.message_card), which becomes the event."""
    card["type"] = "message.created"
    return card


def message_events(messages: list[Message], viewer: Any = None) -> list[Event]:
    """Messages from `with_parts()` in their present state, each with its whole self, as everybody
    is told or for `viewer` alone; of expired ones only that they are."""
    present = [message for message in messages if not message.is_expired]
    told = {
        card["id"]: {"type": type_of(message), **card}
        for message, card in zip(present, cards.message_cards(present, viewer), strict=True)
    }
    return [told.get(str(message.pk)) or expired_event(message) for message in messages]


def expired_event(message: Message) -> Event:
    """Its time is up: nothing of it is shown any more."""
    return {"type": "message.expired", "revision": message.revision, "seq": message.seq}


def reaction_event(seq: int, revision: int, reactions: list[Event]) -> Event:
    """The reactions to the message at `seq` as they are now (cards.reaction_cards; of a channel's
    post tallies.cards)."""
    return {
        "type": "reaction.changed",
        "revision": revision,
        "seq": seq,
        "reactions": reactions,
    }


def thread_event(root: Message) -> Event:
    """How many stand in the thread under a message now, and who."""
    return {
        "type": "thread.changed",
        "revision": root.revision,
        "seq": root.seq,
        "replies": root.replies,
    }


def share_event(message: Message, share: Event | None) -> Event:
    """What a message shares, as anybody may see it now; `card` None where not anybody may."""
    return {
        "type": "share.changed",
        "revision": message.revision,
        "seq": message.seq,
        "share": share,
    }


def links_event(message: Message, links: list[Event]) -> Event:
    """The cards of what a message links to, as anybody may see them now; `card` None where not
    anybody may. What leads to `blocked_hosts` is no link."""
    return {
        "type": "links.changed",
        "revision": message.revision,
        "seq": message.seq,
        "links": links,
        "blocked_hosts": blocked_in(message.body),
    }


def poll_event(message: Message) -> Event:
    """The poll of a message from `with_parts()` as everybody may see it now."""
    return {
        "type": "poll.changed",
        "revision": message.revision,
        "seq": message.seq,
        "poll": parts.read([message])[message.pk]["poll"],
    }


def conversation_event(conversation: Conversation) -> Event:
    """Name, picture, whether a request was accepted, how long messages stay, and the streak."""
    return {
        "type": "conversation.changed",
        "revision": conversation.changed_revision,
        "title": conversation.title,
        "picture": conversation.picture_url,
        "accepted": not conversation.is_request,
        **group_cards.words_card(conversation),
        "writing": group_cards.writing_card(conversation),
        "pins": conversation.pins or [],
        "timer": conversation.timer_seconds,
        "streak": cards.streak_card(conversation),
        **({"channel": cards.channel_card(conversation)} if conversation.is_channel else {}),
    }


def collection_event(conversation: Conversation) -> Event:
    """Something was saved or taken out."""
    return {"type": "collection.changed", "revision": conversation.collected_revision}


def membership_event(membership: Membership) -> Event:
    """A member's present state: joined with their last change, changed since, or ended."""
    kind = "joined" if membership.revision == membership.joined_revision else "changed"
    if membership.state == Membership.State.ENDED:
        kind = "ended"
    return {
        "type": f"membership.{kind}",
        "revision": membership.revision,
        "user": cards.member_card(membership),
    }


def oldest_of(said: list[Event]) -> int:
    """The place of the oldest message that was changed after it was made, or 0."""
    return min((e["seq"] for e in said if "seq" in e and e["type"] != "message.created"), default=0)


@dataclass(slots=True)
class Announcement:
    """What one commit changed in one conversation: the numbers after `after` up to `head`."""

    conversation_id: UUID
    after: int
    head: int
    events: list[Event] = field(default_factory=list)
    joined: list[UUID] = field(default_factory=list)
    ended: list[UUID] = field(default_factory=list)

    @property
    def has_messages(self) -> bool:
        """Whether anything was said in it."""
        return any(event["type"] == "message.created" for event in self.events)

    @property
    def oldest(self) -> int:
        """The place of the oldest message touched; 0 when none is older than the newest member."""
        return oldest_of(self.events)


class News:
    """What one transaction changed, while it becomes known: an announcement a conversation."""

    def __init__(self) -> None:
        self._by_conversation: dict[int, Announcement] = {}

    def tell(self, conversation_id: UUID, event: Event) -> None:
        """Add what the conversation's next number stands for."""
        revision = event["revision"]
        said = self._by_conversation.get(conversation_id.int)
        if said is None:
            said = Announcement(conversation_id, revision - 1, revision)
            self._by_conversation[conversation_id.int] = said
        said.events.append(event)
        said.head = revision

    @property
    def announcements(self) -> list[Announcement]:
        return list(self._by_conversation.values())


def publish(announcement: Announcement) -> None:
    """Tell it to every process with somebody there. Call it after the commit."""
    publish_all([announcement])


def publish_all(
    announcements: Iterable[Announcement], first: Callable[[], None] | None = None
) -> None:
    """Tell what one commit changed, in one turn of the publishing loop; `first` is called in it
    just before."""
    said = list(announcements)
    news = [message for announcement in said for message in _news(announcement)]
    live.publish_together(news, first)
    poke(announcement.conversation_id for announcement in said if announcement.has_messages)


def _news(announcement: Announcement) -> Iterable[tuple[str, live.Message]]:
    conversation = str(announcement.conversation_id)
    after, head = announcement.after, announcement.head
    yield (
        live.group_of_conversation(conversation),
        {
            "type": "conversation.events",
            "conversation": conversation,
            "after": after,
            "head": head,
            "frame": events_frame(conversation, announcement.events, after=after, head=head),
            "oldest": announcement.oldest,
            "ended": [str(user_id) for user_id in announcement.ended],
            "grown": len(announcement.joined) - len(announcement.ended),
        },
    )
    # Whoever is new is not in the conversation's group yet: their own group brings them in.
    for user_id in announcement.joined:
        yield live.group_of_user(user_id), {"type": "user.refresh", "user": str(user_id)}


class Hint(NamedTuple):
    """Something about one person in one conversation that may be lost: `typing` or `read`."""

    conversation: str
    user: str
    type: str
    seq: int | None = None
    is_private: bool = False  # for the person's own devices alone

    @property
    def card(self) -> Event:
        """As clients hear it."""
        said = {} if self.seq is None else {"seq": self.seq}
        return {"type": self.type, "conversation": self.conversation, "user": self.user, **said}


def read_hints(places: dict[tuple[str, str], int], *, is_private: bool = False) -> list[Hint]:
    """One for each (conversation, user) -> seq."""
    return [Hint(*key, "read", seq, is_private) for key, seq in places.items()]


def replies_message(conversation_id: UUID, seq: int, count: int) -> live.Message:
    """How many replies a channel's post has now, for `live.publish`."""
    return {
        "type": "conversation.replies",
        "conversation": str(conversation_id),
        "seq": seq,
        "count": count,
    }


def hint_messages(hints: Iterable[Hint]) -> list[tuple[str, live.Message]]:
    """For `live.publish_together`: one message a conversation. A reader's own devices hear it too.

    Each hint is `[author, whether they read (else they type), frame]`.
    """
    by_conversation = defaultdict(list)
    own: list[tuple[str, live.Message]] = []
    for hint in hints:
        if hint.is_private:
            message = {"type": "user.event", "user": hint.user, "event": hint.card}
            own.append((live.group_of_user(hint.user), message))
            continue
        told = [hint.user, hint.type == "read", encode(hint.card)]
        by_conversation[hint.conversation].append(told)
    return own + [
        (
            live.group_of_conversation(conversation),
            {"type": "conversation.hints", "conversation": conversation, "hints": told},
        )
        for conversation, told in by_conversation.items()
    ]
