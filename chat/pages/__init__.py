"""What the pages show of conversations, as plain values."""

from chat.pages.faces import blocked_ids
from chat.pages.inbox import Row, inbox_rows, unread_total
from chat.pages.info import info
from chat.pages.manage import manage
from chat.pages.members import member_page
from chat.pages.messages import MESSAGES
from chat.pages.pins import Pinned, pinned, pinned_lines
from chat.pages.polls import ShownPoll, asked, polls_of, shown_poll, voters_of
from chat.pages.talk import Stretch, Talk, one, stretch, talk_of, thread
from chat.pages.waiting import waiting_count, waiting_rows

__all__ = [
    "MESSAGES",
    "Pinned",
    "Row",
    "ShownPoll",
    "Stretch",
    "Talk",
    "asked",
    "blocked_ids",
    "inbox_rows",
    "info",
    "manage",
    "member_page",
    "one",
    "pinned",
    "pinned_lines",
    "polls_of",
    "shown_poll",
    "stretch",
    "talk_of",
    "thread",
    "unread_total",
    "voters_of",
    "waiting_count",
    "waiting_rows",
]
