"""The shapes that the REST door of videos speaks."""

from videos.serializers.answers import LikeSerializer
from videos.serializers.comments import (
    CommentFilterSerializer,
    CommentSerializer,
    NewCommentSerializer,
)
from videos.serializers.describing import (
    CoverSerializer,
    DescriptionSerializer,
    OwnVideoSerializer,
    UploadSerializer,
    VideoSettingsSerializer,
)
from videos.serializers.feed import FeedItemSerializer, FeedSerializer
from videos.serializers.people import PersonCardSerializer
from videos.serializers.videos import RenditionSerializer, VideoSerializer

__all__ = [
    "CommentFilterSerializer",
    "CommentSerializer",
    "CoverSerializer",
    "DescriptionSerializer",
    "FeedItemSerializer",
    "FeedSerializer",
    "LikeSerializer",
    "NewCommentSerializer",
    "OwnVideoSerializer",
    "PersonCardSerializer",
    "RenditionSerializer",
    "UploadSerializer",
    "VideoSerializer",
    "VideoSettingsSerializer",
]
