"""The shapes that the REST door of videos speaks."""

from videos.serializers.answers import CommentSerializer, LikeSerializer, NewCommentSerializer
from videos.serializers.feed import FeedItemSerializer, FeedSerializer
from videos.serializers.people import PersonCardSerializer
from videos.serializers.videos import RenditionSerializer, UploadSerializer, VideoSerializer

__all__ = [
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
