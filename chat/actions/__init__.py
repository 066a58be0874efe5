"""Every verb of chat that writes: one set for the page, the REST API and the socket.

Each verb takes the actor first. It raises `Refused` (403), `Conflict` (409), `Unavailable` (503),
`ValidationError` with a code (400, 422) or `Http404` for what the actor may not know exists.
Verbs that store a message of a person wait for the writer: never call them inside `atomic()`.
"""

from chat.actions.direct import accept, decline, start_direct
from chat.actions.groups import (
    NotAdded,
    add_member,
    create_group,
    leave,
    remove_member,
    rename,
)
from chat.actions.messages import (
    draft_message,
    edit_message,
    send_message,
    unsend_message,
)
from chat.actions.reactions import EMOJI, add_reaction, remove_reaction
from chat.actions.reading import mark_read, note_typing
from chat.actions.shares import Target, share

__all__ = [
    "EMOJI",
    "NotAdded",
    "Target",
    "accept",
    "add_member",
    "add_reaction",
    "create_group",
    "decline",
    "draft_message",
    "edit_message",
    "leave",
    "mark_read",
    "note_typing",
    "remove_member",
    "remove_reaction",
    "rename",
    "send_message",
    "share",
    "start_direct",
    "unsend_message",
]
