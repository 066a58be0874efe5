"""The HTML door of chat: reads through querysets, writes through actions, translates errors."""

from chat.views.beginning import direct_with, new_conversation, people
from chat.views.forwarding import forward
from chat.views.group import add_people, group_picture, info, leave, set_group_picture
from chat.views.lists import inbox, requests_tray, unread
from chat.views.message import message, message_part, pins
from chat.views.polls import add_option, close_poll, list_polls, new_poll, vote, voters
from chat.views.sharing import share
from chat.views.talk import accept, conversation, decline, history
from chat.views.thread import thread

__all__ = [
    "accept",
    "add_option",
    "add_people",
    "close_poll",
    "conversation",
    "decline",
    "direct_with",
    "forward",
    "group_picture",
    "history",
    "inbox",
    "info",
    "leave",
    "list_polls",
    "message",
    "message_part",
    "new_conversation",
    "new_poll",
    "people",
    "pins",
    "requests_tray",
    "set_group_picture",
    "share",
    "thread",
    "unread",
    "vote",
    "voters",
]
