"""The HTML door of videos: reads through querysets, writes through actions, translates errors."""

from videos.views.answering import comments, delete_comment, like
from videos.views.drafts import delete_draft, draft, drafts, post_draft, take_back_draft
from videos.views.finding import discover, tag
from videos.views.making import delete, edit, retry, upload
from videos.views.watching import detail, home, media, status, view

__all__ = [
    "comments",
    "delete",
    "delete_comment",
    "delete_draft",
    "detail",
    "discover",
    "draft",
    "drafts",
    "edit",
    "home",
    "like",
    "media",
    "post_draft",
    "retry",
    "status",
    "tag",
    "take_back_draft",
    "upload",
    "view",
]
