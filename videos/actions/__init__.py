"""Every verb of videos that writes: one set for the pages, the REST API and the jobs."""

from videos.actions.answering import like, unlike
from videos.actions.collecting import (
    change_collection,
    delete_collection,
    let_go,
    let_in,
    make_collection,
    put_in,
    take_out,
)
from videos.actions.commenting import (
    add_comment,
    change_comment_filter,
    comment_filter_of,
    delete_comment,
    heart_comment,
    let_through,
    like_comment,
    pin_comment,
    unlike_comment,
    unpin_comment,
)
from videos.actions.covering import choose_cover, make_cover_of
from videos.actions.defaults import change_video_settings, video_settings_of
from videos.actions.editing import edit_video
from videos.actions.feeding import (
    ask_for_slate,
    feed_page,
    fill_slate,
    mute_word,
    not_interested,
    reset_feed,
    set_personal,
    set_topic,
    take_back,
    user_by,
)
from videos.actions.history import clear_history, forget_watching, keeps_history, pause_history
from videos.actions.processing import give_up_video, make_extras_of, process_video, retry_video
from videos.actions.progress import progress_of
from videos.actions.publishing import publish_due
from videos.actions.reposting import repost, unrepost
from videos.actions.saving import save_video, unsave_video
from videos.actions.uploading import (
    delete_files,
    delete_video,
    upload_video,
)
from videos.actions.watching import Watch, note_watches

__all__ = [
    "Watch",
    "add_comment",
    "ask_for_slate",
    "change_collection",
    "change_comment_filter",
    "change_video_settings",
    "choose_cover",
    "clear_history",
    "comment_filter_of",
    "delete_collection",
    "delete_comment",
    "delete_files",
    "delete_video",
    "edit_video",
    "feed_page",
    "fill_slate",
    "forget_watching",
    "give_up_video",
    "heart_comment",
    "keeps_history",
    "let_go",
    "let_in",
    "let_through",
    "like",
    "like_comment",
    "make_collection",
    "make_cover_of",
    "make_extras_of",
    "mute_word",
    "not_interested",
    "note_watches",
    "pause_history",
    "pin_comment",
    "process_video",
    "progress_of",
    "publish_due",
    "put_in",
    "repost",
    "reset_feed",
    "retry_video",
    "save_video",
    "set_personal",
    "set_topic",
    "take_back",
    "take_out",
    "unlike",
    "unlike_comment",
    "unpin_comment",
    "unrepost",
    "unsave_video",
    "upload_video",
    "user_by",
    "video_settings_of",
]
