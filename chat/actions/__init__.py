"""Every verb of chat that writes: one set for the page, the REST API and the socket.

Each verb takes the actor first. It raises `Refused` (403), `Conflict` (409), `Unavailable` (503),
`ValidationError` with a code (400, 422) or `Http404` for what the actor may not know exists.
Verbs that store a message of a person wait for the writer: never call them inside `atomic()`.
"""

from chat.actions.adding import Added, NotAdded, add_member, add_members
from chat.actions.channels import (
    change_channel,
    create_channel,
    follow_channel,
    leave_channel,
    readmit,
    remove_follower,
)
from chat.actions.collections import collect_video, remove_from_collection
from chat.actions.direct import accept, decline, start_direct
from chat.actions.fans import (
    Condition,
    create_fan_group,
    fan_group,
    join_conditions,
    join_fan_group,
    set_join_rules,
)
from chat.actions.filtering import answer_held, set_words
from chat.actions.folders import (
    drop_folder,
    file_conversation,
    fill_folder,
    make_folder,
    move_folder,
    own_folder,
    rename_folder,
)
from chat.actions.forwards import forward
from chat.actions.group_settings import (
    describe,
    freeze,
    remove_picture,
    set_joining,
    set_picture,
    set_quiet_hours,
    set_slow_mode,
)
from chat.actions.groups import (
    create_group,
    leave,
    remove_member,
    rename,
)
from chat.actions.hearing import mark_heard
from chat.actions.hosting import (
    accept_hosting,
    decline_hosting,
    end_hosting,
    hand_over_channel,
    invite_host,
)
from chat.actions.inbox import (
    archive,
    hush,
    mark_conversation,
    mute,
    own_part,
    pin_conversation,
)
from chat.actions.invites import MadeInvite, make_invite, open_invite, revoke_invite
from chat.actions.joining import approve, join, turn_away, withdraw
from chat.actions.kept_words import keep_words
from chat.actions.links import unlink_message
from chat.actions.media import (
    describe_media,
    give_up_media,
    keep_uploads,
    prepare_media,
    sweep_media,
    upload_card,
    upload_media,
    upload_together,
    withdraw_media,
)
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
from chat.actions.reminders import finish_reminder, move_reminder, remind, remind_due
from chat.actions.replies import (
    remove_reply,
    reply,
)
from chat.actions.roles import give_role, hand_over, set_rights
from chat.actions.scheduling import (
    cancel_scheduled,
    edit_scheduled,
    schedule_message,
    send_due,
    send_scheduled,
)
from chat.actions.settings import change_settings, nickname
from chat.actions.shares import Target, share
from chat.actions.stickers import keep_sticker, make_sticker, publish_sticker, remove_sticker
from chat.actions.streaks import count_streaks, set_streaks
from chat.actions.timers import empty_expired, set_timer
from chat.actions.translations import translate_message
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
    "Added",
    "Condition",
    "MadeInvite",
    "NotAdded",
    "Target",
    "accept",
    "accept_hosting",
    "add_member",
    "add_members",
    "add_poll_option",
    "add_reaction",
    "add_to_queue",
    "answer_held",
    "approve",
    "archive",
    "ban",
    "cancel_scheduled",
    "change_channel",
    "change_settings",
    "close_due_polls",
    "close_poll",
    "collect_video",
    "control_watching",
    "count_streaks",
    "create_channel",
    "create_fan_group",
    "create_group",
    "decline",
    "decline_hosting",
    "describe",
    "describe_media",
    "draft_message",
    "drop_folder",
    "earlier",
    "edit_message",
    "edit_scheduled",
    "empty_expired",
    "end_hosting",
    "fan_group",
    "file_conversation",
    "fill_folder",
    "finish_reminder",
    "follow_channel",
    "forward",
    "freeze",
    "give_role",
    "give_up_media",
    "hand_over",
    "hand_over_channel",
    "hush",
    "invite_host",
    "join",
    "join_conditions",
    "join_fan_group",
    "join_watching",
    "keep_sticker",
    "keep_uploads",
    "keep_words",
    "leave",
    "leave_channel",
    "leave_watching",
    "lift_ban",
    "make_folder",
    "make_invite",
    "make_sticker",
    "mark_conversation",
    "mark_heard",
    "mark_read",
    "move_folder",
    "move_in_queue",
    "move_reminder",
    "mute",
    "nickname",
    "note_typing",
    "open_invite",
    "own_folder",
    "own_part",
    "pin_conversation",
    "pin_message",
    "prepare_media",
    "publish_sticker",
    "readmit",
    "remind",
    "remind_due",
    "remove_follower",
    "remove_from_collection",
    "remove_from_queue",
    "remove_member",
    "remove_picture",
    "remove_reaction",
    "remove_reply",
    "remove_sticker",
    "rename",
    "rename_folder",
    "reply",
    "revoke_invite",
    "schedule_message",
    "send_due",
    "send_message",
    "send_scheduled",
    "set_join_rules",
    "set_joining",
    "set_picture",
    "set_quiet_hours",
    "set_rights",
    "set_slow_mode",
    "set_streaks",
    "set_timer",
    "set_words",
    "share",
    "silence",
    "start_direct",
    "start_watching",
    "sweep_media",
    "tend_watchings",
    "translate_message",
    "turn_away",
    "unlink_message",
    "unpin_message",
    "unsend_message",
    "upload_card",
    "upload_media",
    "upload_together",
    "vote",
    "withdraw",
    "withdraw_media",
]
