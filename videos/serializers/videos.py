"""Videos as the REST door speaks them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import BlockedHostsField
from videos.actions.progress import failure_card
from videos.models import Rendition, Video
from videos.serializers.people import PersonCardSerializer
from videos.serializers.quick import QuickSerializer
from videos.serializers.remixing import MadeWithSerializer
from videos.serializers.sounds import SoundBriefSerializer
from videos.serializers.subtitles import SubtitlesSerializer

FAILURE = {
    "type": ["object", "null"],
    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}},
}


class RenditionSerializer(QuickSerializer, serializers.ModelSerializer):
    """One playable file: MP4 (H.264, AAC), served by Range."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Rendition
        fields: ClassVar = ["kind", "url", "width", "height", "size"]

    def get_url(self, rendition: Rendition) -> str:
        return rendition.video.media_url(rendition.file)


class VideoSerializer(QuickSerializer, serializers.ModelSerializer):
    """A video. `failure` is null, or `{code, detail}` where `state` is failed."""

    author = PersonCardSerializer(read_only=True)
    co_creators = PersonCardSerializer(many=True, read_only=True)
    subtitles = SubtitlesSerializer(many=True, read_only=True)
    renditions = RenditionSerializer(source="shown_renditions", many=True, read_only=True)
    cover = serializers.CharField(source="cover_url", read_only=True)
    strip = serializers.SerializerMethodField()
    failure = serializers.SerializerMethodField()
    hashtags: Any = serializers.SlugRelatedField(many=True, read_only=True, slug_field="name")
    blocked_hosts = BlockedHostsField(source="caption")
    is_liked = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    sound = SoundBriefSerializer(read_only=True, allow_null=True)
    made_with = MadeWithSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Video
        fields: ClassVar = [
            *("id", "author", "co_creators", "caption", "blocked_hosts", "alt_text", "audience"),
            *("state", "failure", "url", "subtitles"),
            *("duration_ms", "width", "height", "cover", "strip", "peaks", "renditions"),
            *("sound", "sound_start_ms", "is_silenced", "lends_sound", "made_with"),
            *("hashtags", "like_count", "comment_count", "share_count", "view_count", "is_liked"),
            *("is_ai_made", "is_paid_partnership", "is_sensitive"),
            *("created_at", "published_at", "revised_at"),
        ]
        read_only_fields: ClassVar = [
            *("state", "duration_ms", "width", "height", "peaks", "created_at", "published_at"),
            *("like_count", "comment_count", "share_count", "view_count", "sound_start_ms"),
            "is_silenced",
        ]

    def get_strip(self, video: Video) -> str:
        return video.media_url(video.strip)

    @extend_schema_field(FAILURE)
    def get_failure(self, video: Video) -> dict[str, str] | None:
        return failure_card(video)

    def get_is_liked(self, video: Any) -> bool:
        return bool(getattr(video, "is_liked", False))
