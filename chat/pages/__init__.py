"""What the pages show of conversations, as plain values."""

from chat.pages.collection import TILES, Tile, collection_of, shelves, shuffled, tiles
from chat.pages.faces import blocked_ids
from chat.pages.inbox import MOST_ROWS, ROWS, Row, drawers, folders_of, inbox_rows, listed, opening
from chat.pages.info import info
from chat.pages.manage import manage, stored_rules
from chat.pages.members import member_page
from chat.pages.messages import MESSAGES, OPENED
from chat.pages.newest import attach_previews
from chat.pages.pins import Pinned, pinned, pinned_lines
from chat.pages.polls import ShownPoll, asked, polls_of, shown_poll, voters_of
from chat.pages.shared import gone_words, group_words, offer_words, shared_words
from chat.pages.stretches import Stretch, one, stretch, thread
from chat.pages.talk import Talk, talk_of
from chat.pages.timing import Timing, quick_times, reminder_rows, scheduled_rows
from chat.pages.unread import hushed_counts, unread_total
from chat.pages.waiting import waiting_count, waiting_rows
from chat.pages.watching import watch_cards, watch_report

__all__ = [
    "MESSAGES",
    "MOST_ROWS",
    "OPENED",
    "ROWS",
    "TILES",
    "Pinned",
    "Row",
    "ShownPoll",
    "Stretch",
    "Talk",
    "Tile",
    "Timing",
    "asked",
    "attach_previews",
    "blocked_ids",
    "collection_of",
    "drawers",
    "folders_of",
    "gone_words",
    "group_words",
    "hushed_counts",
    "inbox_rows",
    "info",
    "listed",
    "manage",
    "member_page",
    "offer_words",
    "one",
    "opening",
    "pinned",
    "pinned_lines",
    "polls_of",
    "quick_times",
    "reminder_rows",
    "scheduled_rows",
    "shared_words",
    "shelves",
    "shown_poll",
    "shuffled",
    "stored_rules",
    "stretch",
    "talk_of",
    "thread",
    "tiles",
    "unread_total",
    "voters_of",
    "waiting_count",
    "waiting_rows",
    "watch_cards",
    "watch_report",
]
