"""What the pages show of conversations, as plain values."""

from chat.pages.group import group_info
from chat.pages.inbox import Row, inbox_rows, unread_total
from chat.pages.messages import MESSAGES
from chat.pages.talk import Talk, older, talk_of
from chat.pages.waiting import waiting_count, waiting_rows

__all__ = [
    "MESSAGES",
    "Row",
    "Talk",
    "group_info",
    "inbox_rows",
    "older",
    "talk_of",
    "unread_total",
    "waiting_count",
    "waiting_rows",
]
