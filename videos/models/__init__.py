"""Videos, what is said under them, and the topics they name."""

from videos.models.answers import Like, Share, View
from videos.models.attempt import ProcessingAttempt
from videos.models.clip import Clip
from videos.models.comment import Comment
from videos.models.hashtag import Hashtag, hashtags_in, usernames_in
from videos.models.rendition import Rendition
from videos.models.sound import SavedSound, Sound, SoundMark
from videos.models.video import Video

__all__ = [
    "Clip",
    "Comment",
    "Hashtag",
    "Like",
    "ProcessingAttempt",
    "Rendition",
    "SavedSound",
    "Share",
    "Sound",
    "SoundMark",
    "Video",
    "View",
    "hashtags_in",
    "usernames_in",
]
