"""Conversations, who takes part in them, and what was said."""

from chat.models.channel import Channel, Host, Reply
from chat.models.charter import Charter
from chat.models.collection import CollectedVideo
from chat.models.conversation import Conversation, direct_key
from chat.models.folder import Folder
from chat.models.heard import Heard
from chat.models.join_rule import JoinRule
from chat.models.joining import Ban, Invite, JoinRequest
from chat.models.kept_words import KeptWords
from chat.models.link import MessageLink
from chat.models.media import KeptSticker, Media, Sticker
from chat.models.membership import Membership
from chat.models.message import Attachment, Edit, Message, Reaction, TakenDown
from chat.models.personal import FOREVER, Colour, Notify, Wallpaper
from chat.models.poll import Poll, PollOption, PollVote
from chat.models.pushing import PushCursor, PushNet, WaitingPush
from chat.models.reminder import Reminder
from chat.models.scheduled import ScheduledMessage
from chat.models.searchable import Searchable
from chat.models.watching import Viewer, Watching
from chat.models.word_filter import HeldMessage, WordFilter

__all__ = [
    "FOREVER",
    "Attachment",
    "Ban",
    "Channel",
    "Charter",
    "CollectedVideo",
    "Colour",
    "Conversation",
    "Edit",
    "Folder",
    "Heard",
    "HeldMessage",
    "Host",
    "Invite",
    "JoinRequest",
    "JoinRule",
    "KeptSticker",
    "KeptWords",
    "Media",
    "Membership",
    "Message",
    "MessageLink",
    "Notify",
    "Poll",
    "PollOption",
    "PollVote",
    "PushCursor",
    "PushNet",
    "Reaction",
    "Reminder",
    "Reply",
    "ScheduledMessage",
    "Searchable",
    "Sticker",
    "TakenDown",
    "Viewer",
    "WaitingPush",
    "Wallpaper",
    "Watching",
    "WordFilter",
    "direct_key",
]
