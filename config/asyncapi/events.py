"""What happens in a conversation, with its number (chat/events.py): the `events` of a frame."""

from collections.abc import Mapping

from config.asyncapi.shapes import (
    ID,
    NUMBER,
    TEXT,
    YES_OR_NO,
    Members,
    card,
    list_of,
    or_null,
    record,
)

NUMBERED: Members = {"revision": NUMBER}
OF_A_MESSAGE: Members = {"revision": NUMBER, "seq": NUMBER}

# Each is the whole card of this name with its `type`.
WHOLE: Mapping[str, str] = {
    "message.created": "Message",
    "message.edited": "Message",
    "message.unsent": "Message",
}

EVENTS: Mapping[str, Members] = {
    "message.expired": OF_A_MESSAGE,
    "reaction.changed": {**OF_A_MESSAGE, "reactions": list_of(card("Reactions"))},
    "thread.changed": {**OF_A_MESSAGE, "replies": or_null(card("Replies"))},
    "share.changed": {**OF_A_MESSAGE, "share": or_null(card("ShareReference"))},
    "links.changed": {
        **OF_A_MESSAGE,
        "links": list_of(card("Link")),
        "blocked_hosts": list_of(TEXT),
    },
    "poll.changed": {**OF_A_MESSAGE, "poll": or_null(card("Poll"))},
    "collection.changed": NUMBERED,
    "conversation.changed": {
        **NUMBERED,
        "title": TEXT,
        "picture": TEXT,
        "accepted": YES_OR_NO,
        "description": TEXT,
        "rules": TEXT,
        "writing": card("Writing"),
        "pins": list_of(NUMBER),
        "timer": NUMBER,
        "streak": or_null(card("Streak")),
        "channel?": card("ChannelFacts"),
    },
    "membership.joined": {**NUMBERED, "user": card("Member"), "card?": card("Conversation")},
    "membership.changed": {**NUMBERED, "user": card("Member")},
    # Who hears that a conversation is theirs no more is told of nobody but themselves.
    "membership.ended": {**NUMBERED, "user": {"anyOf": [card("Member"), record({"id": ID})]}},
}
