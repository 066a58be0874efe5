"""Videos, what is said under them, and the topics they name."""

from videos.models.comment import Comment
from videos.models.hashtag import Hashtag, hashtags_in, usernames_in
from videos.models.video import Like, Rendition, Share, Video, View

__all__ = [
    "Comment",
    "Hashtag",
    "Like",
    "Rendition",
    "Share",
    "Video",
    "View",
    "hashtags_in",
    "usernames_in",
]
