"""Every verb of chat that writes: one set for the page, the REST API and the socket.

Each verb takes the actor first. It raises `Refused` (403), `Conflict` (409), `Unavailable` (503),
`ValidationError` with a code (400, 422) or `Http404` for what the actor may not know exists.
Verbs that store a message of a person wait for the writer: never call them inside `atomic()`.
"""

from chat.actions.collections import collect_video, remove_from_collection
from chat.actions.direct import accept, decline, start_direct
from chat.actions.group_settings import (
    describe,
    freeze,
    remove_picture,
    set_joining,
    set_picture,
    set_quiet_hours,
    set_slow_mode,
)
from chat.actions.forwards import forward
from chat.actions.groups import (
    NotAdded,
    add_member,
    create_group,
    leave,
    remove_member,
    rename,
)
from chat.actions.invites import MadeInvite, make_invite, open_invite, revoke_invite
from chat.actions.joining import approve, join, turn_away, withdraw
from chat.actions.messages import (
    draft_message,
    earlier,
    edit_message,
    send_message,
    unsend_message,
)
from chat.actions.moderating import ban, lift_ban, silence
from chat.actions.pins import pin_message, unpin_message
from chat.actions.polls import add_poll_option, close_due_polls, close_poll, vote
from chat.actions.reactions import EMOJI, add_reaction, remove_reaction
from chat.actions.reading import mark_read, note_typing
from chat.actions.roles import give_role, hand_over, set_rights
from chat.actions.shares import Target, share
from chat.actions.watching import (
    add_to_queue,
    control_watching,
    join_watching,
    leave_watching,
    move_in_queue,
    remove_from_queue,
    start_watching,
    tend_watchings,
)

__all__ = [
    "EMOJI",
    "MadeInvite",
    "NotAdded",
    "Target",
    "accept",
    "add_member",
    "add_poll_option",
    "add_reaction",
    "add_to_queue",
    "approve",
    "ban",
    "close_due_polls",
    "close_poll",
    "collect_video",
    "control_watching",
    "create_group",
    "decline",
    "describe",
    "draft_message",
    "earlier",
    "edit_message",
    "forward",
    "freeze",
    "give_role",
    "hand_over",
    "join",
    "join_watching",
    "leave",
    "leave_watching",
    "lift_ban",
    "make_invite",
    "mark_read",
    "move_in_queue",
    "note_typing",
    "pin_message",
    "open_invite",
    "remove_from_collection",
    "remove_from_queue",
    "remove_member",
    "remove_picture",
    "remove_reaction",
    "rename",
    "revoke_invite",
    "send_message",
    "set_joining",
    "set_picture",
    "set_quiet_hours",
    "set_rights",
    "set_slow_mode",
    "share",
    "silence",
    "start_watching",
    "start_direct",
    "turn_away",
    "unpin_message",
    "tend_watchings",
    "unsend_message",
    "vote",
    "withdraw",
]
