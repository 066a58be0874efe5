"""The HTML door of videos: reads through querysets, writes through actions, translates errors."""

from videos.views.answering import comments, delete_comment, like
from videos.views.finding import discover, tag
from videos.views.making import delete, edit, retry, upload
from videos.views.watching import detail, home, media, status, view

__all__ = [
    "comments",
    "delete",
    "delete_comment",
    "detail",
    "discover",
    "edit",
    "home",
    "like",
    "media",
    "retry",
    "status",
    "tag",
    "upload",
    "view",
]
