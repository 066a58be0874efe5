"""Finding what was said: only what the person may see now, newest first."""

from chat.search.finding import Found, Page, find, find_in
from chat.search.indexing import catch_up, renew
from chat.search.kinds import all_kinds
from chat.search.question import LONGEST, Question

__all__ = [
    "LONGEST",
    "Found",
    "Page",
    "Question",
    "all_kinds",
    "catch_up",
    "find",
    "find_in",
    "renew",
]
