"""The shapes that the REST door of videos speaks."""

from videos.serializers.answers import LikeSerializer
from videos.serializers.comments import (
    CommentFilterSerializer,
    CommentSerializer,
    NewCommentSerializer,
)
from videos.serializers.feed import FeedItemSerializer, FeedSerializer
from videos.serializers.people import PersonCardSerializer
from videos.serializers.videos import RenditionSerializer, UploadSerializer, VideoSerializer

__all__ = [
    "CommentFilterSerializer",
    "CommentSerializer",
    "FeedItemSerializer",
    "FeedSerializer",
    "LikeSerializer",
    "NewCommentSerializer",
    "PersonCardSerializer",
    "RenditionSerializer",
    "UploadSerializer",
    "VideoSerializer",
]
