"""The HTML door of videos: reads through querysets, writes through actions, translates errors."""

from videos.views.answering import like
from videos.views.commenting import (
    act_on_comment,
    answers,
    comment_filter,
    comments,
    delete_comment,
)
from videos.views.crediting import answer_credit, co_creators, credits, remove_co_creator
from videos.views.downloading import download
from videos.views.drafts import (
    delete_draft,
    draft,
    drafts,
    duplicate_draft,
    post_draft,
    post_draft_now,
    take_back_draft,
)
from videos.views.editing import cover, edit
from videos.views.feeding import feed_explained, feed_settings, less, why
from videos.views.finding import discover, tag
from videos.views.insights import (
    insights,
    insights_sheet,
    video_insights,
    video_insights_sheet,
)
from videos.views.making import delete, retry, upload
from videos.views.remixing import duet, remixes, reply_with_video, stitch, take_out
from videos.views.replacing import replace_film, replacing_status, take_version_back
from videos.views.saving import collection, collections, history, keep, repost, save, saved
from videos.views.settings import video_settings
from videos.views.sounds import (
    lend_sound,
    save_sound,
    sound,
    sound_media,
    sound_of_video,
    sounds,
    use_sound,
    withdraw_sound,
)
from videos.views.subtitles import (
    delete_subtitles,
    subtitle_editor,
    subtitles,
    subtitles_file,
    write_subtitles,
)
from videos.views.watching import detail, home, media, status

__all__ = [
    "act_on_comment",
    "answer_credit",
    "answers",
    "co_creators",
    "collection",
    "collections",
    "comment_filter",
    "comments",
    "cover",
    "credits",
    "delete",
    "delete_comment",
    "delete_draft",
    "delete_subtitles",
    "detail",
    "discover",
    "download",
    "draft",
    "drafts",
    "duet",
    "duplicate_draft",
    "edit",
    "feed_explained",
    "feed_settings",
    "history",
    "home",
    "insights",
    "insights_sheet",
    "keep",
    "lend_sound",
    "less",
    "like",
    "media",
    "post_draft",
    "post_draft_now",
    "remixes",
    "remove_co_creator",
    "replace_film",
    "replacing_status",
    "reply_with_video",
    "repost",
    "retry",
    "save",
    "save_sound",
    "saved",
    "sound",
    "sound_media",
    "sound_of_video",
    "sounds",
    "status",
    "stitch",
    "subtitle_editor",
    "subtitles",
    "subtitles_file",
    "tag",
    "take_back_draft",
    "take_out",
    "take_version_back",
    "upload",
    "use_sound",
    "video_insights",
    "video_insights_sheet",
    "video_settings",
    "why",
    "withdraw_sound",
    "write_subtitles",
]
