"""Videos, what is said under them, and the topics they name."""

from videos.models.answers import Like, Share, View
from videos.models.comment import Comment
from videos.models.hashtag import Hashtag, hashtags_in, usernames_in
from videos.models.video import Rendition, Video

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
