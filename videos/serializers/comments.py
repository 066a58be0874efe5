"""Comments as the REST door speaks them."""

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.serializers import BlockedHostsField
from videos.models import Comment
from videos.serializers.people import PersonCardSerializer


class CommentSerializer(serializers.ModelSerializer):
    """A comment; `parent` is set on answers. `is_hearted`: the video's author gave their heart;
    `is_held`: somebody has to let it through before others read it, the video's author or, with
    `is_in_review`, a moderator."""

    author = PersonCardSerializer(read_only=True)
    video: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    is_liked = serializers.SerializerMethodField()
    is_pinned = serializers.SerializerMethodField()
    is_hearted = serializers.SerializerMethodField()
    is_held = serializers.SerializerMethodField()
    blocked_hosts = BlockedHostsField(source="body")

    class Meta:
        model = Comment
        fields: ClassVar = [
            *("id", "video", "author", "parent", "body", "blocked_hosts", "like_count"),
            *("answer_count", "is_liked"),
            *("is_pinned", "is_hearted", "is_held", "is_in_review", "created_at"),
        ]
        read_only_fields: ClassVar = fields

    def get_is_liked(self, comment: Any) -> bool:
        return bool(getattr(comment, "is_liked", False))

    def get_is_pinned(self, comment: Comment) -> bool:
        return comment.pinned_at is not None

    def get_is_hearted(self, comment: Comment) -> bool:
        return comment.hearted_at is not None

    def get_is_held(self, comment: Comment) -> bool:
        return comment.held_at is not None


class NewCommentSerializer(serializers.Serializer):
    """What a new comment says, and which one it answers."""

    body = serializers.CharField(allow_blank=True, trim_whitespace=False)
    # REST framework calls the enclosing serializer so; a field may have the name all the same.
    parent = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]


class CommentFilterSerializer(serializers.Serializer):
    """What one reads before others do."""

    words = serializers.ListField(child=serializers.CharField(allow_blank=True), required=False)
    holds_links = serializers.BooleanField(required=False)
    holds_all = serializers.BooleanField(required=False)
