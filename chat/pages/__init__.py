"""What the pages show of conversations, as plain values."""

from chat.pages.inbox import Row, inbox_rows, unread_total
from chat.pages.info import info
from chat.pages.messages import MESSAGES
from chat.pages.polls import polls_of, shown_poll, voters_of
from chat.pages.talk import Talk, older, talk_of
from chat.pages.waiting import waiting_count, waiting_rows

__all__ = [
    "MESSAGES",
    "Row",
    "Talk",
    "inbox_rows",
    "info",
    "older",
    "polls_of",
    "shown_poll",
    "talk_of",
    "unread_total",
    "voters_of",
    "waiting_count",
    "waiting_rows",
]
