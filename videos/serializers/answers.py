"""Hearts and comments as the REST door speaks them."""

from typing import Any, ClassVar

from rest_framework import serializers

from videos.models import Comment
from videos.serializers.people import PersonCardSerializer


class CommentSerializer(serializers.ModelSerializer):
    """A comment; `parent` is set on answers."""

    author = PersonCardSerializer(read_only=True)
    video: Any = serializers.PrimaryKeyRelatedField(read_only=True)

    class Meta:
        model = Comment
        fields: ClassVar = ["id", "video", "author", "parent", "body", "created_at"]
        read_only_fields: ClassVar = fields


class NewCommentSerializer(serializers.Serializer):
    """What a new comment says, and which one it answers."""

    body = serializers.CharField(allow_blank=True, trim_whitespace=False)
    # REST framework calls the enclosing serializer so; a field may have the name all the same.
    parent = serializers.UUIDField(required=False, allow_null=True, default=None)  # type: ignore[assignment]


class LikeSerializer(serializers.Serializer):
    """The count after a heart came or went."""

    like_count = serializers.IntegerField()
    is_liked = serializers.BooleanField()
