"""Videos, what is said under them, and the topics they name."""

from videos.models.answers import Like, Repost, Saved, Share, View, WatchHistory
from videos.models.attempt import ProcessingAttempt
from videos.models.audience import Audience, Circle, VideoSettings, open_to_all
from videos.models.caption_track import CaptionTrack
from videos.models.clip import Clip
from videos.models.collection import Collection, CollectionItem, CollectionMember
from videos.models.comment import Comment, CommentFilter, CommentLike
from videos.models.credit import Credit
from videos.models.finding import Findable, Term, TermKey
from videos.models.hashtag import Hashtag, hashtags_in, usernames_in
from videos.models.insight import CreatorDay, FollowerDay, FollowerHours, VideoDay
from videos.models.ranking import FeedProfile, Fit, Neighbourhood, SlateItem, Taste
from videos.models.rendition import Rendition
from videos.models.sound import SavedSound, Sound, SoundMark
from videos.models.version import VideoVersion
from videos.models.video import Video
from videos.models.watching import Affinity, Reception, Trend, WatchEvent

__all__ = [
    "Affinity",
    "Audience",
    "CaptionTrack",
    "Circle",
    "Clip",
    "Collection",
    "CollectionItem",
    "CollectionMember",
    "Comment",
    "CommentFilter",
    "CommentLike",
    "CreatorDay",
    "Credit",
    "FeedProfile",
    "Findable",
    "Fit",
    "FollowerDay",
    "FollowerHours",
    "Hashtag",
    "Like",
    "Neighbourhood",
    "ProcessingAttempt",
    "Reception",
    "Rendition",
    "Repost",
    "Saved",
    "SavedSound",
    "Share",
    "SlateItem",
    "Sound",
    "SoundMark",
    "Taste",
    "Term",
    "TermKey",
    "Trend",
    "Video",
    "VideoDay",
    "VideoSettings",
    "VideoVersion",
    "View",
    "WatchEvent",
    "WatchHistory",
    "hashtags_in",
    "open_to_all",
    "usernames_in",
]
