"""The HTML door of chat: reads through querysets, writes through actions, translates errors."""

from chat.views.beginning import direct_with, new_conversation, people
from chat.views.group import add_people, info, leave, remove_person
from chat.views.lists import inbox, requests_tray, unread
from chat.views.sharing import share
from chat.views.talk import accept, conversation, decline, older

__all__ = [
    "accept",
    "add_people",
    "conversation",
    "decline",
    "direct_with",
    "inbox",
    "info",
    "leave",
    "new_conversation",
    "older",
    "people",
    "remove_person",
    "requests_tray",
    "share",
    "unread",
]
