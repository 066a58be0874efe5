"""Videos as pages and clients read them: many at once, by statements that are prepared once
(accounts/reading/); `parts` fetches what hangs on them."""

from videos.reading.parts import attach_hashtags, attach_mentions, attach_renditions
from videos.reading.watchable import complete, shown, watchable

__all__ = [
    "attach_hashtags",
    "attach_mentions",
    "attach_renditions",
    "complete",
    "shown",
    "watchable",
]
