"""The shapes that the REST door of videos speaks."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from videos.models import Comment, Rendition, Video


class PersonCardSerializer(serializers.Serializer):
    """Somebody in one line."""

    id = serializers.UUIDField(source="pk")
    username = serializers.CharField()
    name = serializers.CharField()
    avatar = serializers.CharField(source="avatar_url")
    hue = serializers.IntegerField()
    initials = serializers.CharField()


class RenditionSerializer(serializers.ModelSerializer):
    """One playable file: MP4 (H.264, AAC), served by Range."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Rendition
        fields: ClassVar = ["kind", "url", "width", "height", "size"]

    def get_url(self, rendition: Rendition) -> str:
        return rendition.video.media_url(rendition.file)


class VideoSerializer(serializers.ModelSerializer):
    """A video. `failure` is null, or `{code, detail}` where `state` is failed."""

    author = PersonCardSerializer(read_only=True)
    renditions = RenditionSerializer(many=True, read_only=True)
    cover = serializers.CharField(source="cover_url", read_only=True)
    strip = serializers.SerializerMethodField()
    failure = serializers.SerializerMethodField()
    hashtags: Any = serializers.SlugRelatedField(many=True, read_only=True, slug_field="name")
    is_liked = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Video
        fields: ClassVar = [
            *("id", "author", "caption", "alt_text", "audience", "state", "failure", "url"),
            *("duration_ms", "width", "height", "cover", "strip", "peaks", "renditions"),
            *("hashtags", "like_count", "comment_count", "share_count", "view_count", "is_liked"),
            *("created_at", "published_at"),
        ]
        read_only_fields: ClassVar = [
            *("state", "duration_ms", "width", "height", "peaks", "created_at", "published_at"),
            *("like_count", "comment_count", "share_count", "view_count"),
        ]

    def get_strip(self, video: Video) -> str:
        return video.media_url(video.strip)

    @extend_schema_field(
        {
            "type": ["object", "null"],
            "properties": {"code": {"type": "string"}, "detail": {"type": "string"}},
        }
    )
    def get_failure(self, video: Video) -> dict[str, str] | None:
        if not video.failure_code:
            return None
        return {"code": video.failure_code, "detail": video.failure}

    def get_is_liked(self, video: Any) -> bool:
        return bool(getattr(video, "is_liked", False))


class UploadSerializer(serializers.Serializer):
    """A new video, multipart."""

    file = serializers.FileField()
    caption = serializers.CharField(required=False, allow_blank=True, default="")
    alt_text = serializers.CharField(required=False, allow_blank=True, default="")
    audience = serializers.ChoiceField(
        choices=Video.Audience.choices, required=False, default=Video.Audience.PUBLIC
    )


class FeedItemSerializer(serializers.Serializer):
    """One item of the feed, and why it is there."""

    video = VideoSerializer()
    reason = serializers.CharField()


class FeedSerializer(serializers.Serializer):
    """A page of the feed; `next` is the cursor for `?cursor=`, null at the end."""

    results = FeedItemSerializer(many=True, source="items")
    next = serializers.CharField(allow_null=True)


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
