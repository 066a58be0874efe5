"""Every verb of videos that writes: one set for the pages, the REST API and the jobs."""

from videos.actions.answering import (
    add_comment,
    comment_refusal,
    delete_comment,
    like,
    note_view,
    unlike,
)
from videos.actions.uploading import (
    delete_files,
    delete_video,
    edit_video,
    give_up_video,
    process_video,
    progress_of,
    retry_video,
    take_down_video,
    upload_video,
)

__all__ = [
    "add_comment",
    "comment_refusal",
    "delete_comment",
    "delete_files",
    "delete_video",
    "edit_video",
    "give_up_video",
    "like",
    "note_view",
    "process_video",
    "progress_of",
    "retry_video",
    "take_down_video",
    "unlike",
    "upload_video",
]
