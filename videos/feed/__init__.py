"""Which videos come next, and why: For You, Following and Friends, a page at a time.

Into it: `videos.actions.note_watches` keeps what was watched, `counting` turns it into what is
known of people and videos, `learning` finds what goes with what (`kernels`, chosen by `choosing`).
Out of it: `slates` picks from `candidates` by `scoring` and `mixing`; `pages` reads it by rank, and
`why` says why.
"""

from videos.feed.pages import (
    FOLLOWING,
    FOR_YOU,
    FRIENDS,
    PAGE,
    TABS,
    Item,
    Page,
    is_in_time,
    is_personal,
    page,
)
from videos.feed.why import Why, why

__all__ = [
    "FOLLOWING",
    "FOR_YOU",
    "FRIENDS",
    "PAGE",
    "TABS",
    "Item",
    "Page",
    "Why",
    "is_in_time",
    "is_personal",
    "page",
    "why",
]
