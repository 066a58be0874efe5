"""What authors say about their videos, as the REST door speaks it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from accounts.serializers.people import LockSerializer
from videos import rights
from videos.models import Circle, Video, VideoSettings
from videos.serializers.videos import VideoSerializer


class FriendsField(serializers.SlugRelatedField):
    """A friend of the asking person, by username; anybody else is not there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="username", queryset=User.objects.none(), **options)

    def get_queryset(self) -> Any:
        return User.objects.active().friends_of(self.context["request"].user)


class DescriptionSerializer(serializers.Serializer):
    """What the author says; what is left out stays as it is. `chosen` are the usernames of friends
    who watch where `audience` is chosen."""

    caption = serializers.CharField(required=False, allow_blank=True)
    alt_text = serializers.CharField(required=False, allow_blank=True)
    audience = serializers.ChoiceField(Video.Audience.choices, required=False)
    chosen = FriendsField(many=True, required=False)
    lends_sound = serializers.BooleanField(required=False)
    comments_by = serializers.ChoiceField(Circle.choices, required=False)
    duets_by = serializers.ChoiceField(Circle.choices, required=False)
    stitches_by = serializers.ChoiceField(Circle.choices, required=False)
    downloads_by = serializers.ChoiceField(Circle.choices, required=False)
    is_ai_made = serializers.BooleanField(required=False)
    is_paid_partnership = serializers.BooleanField(required=False)
    is_sensitive = serializers.BooleanField(required=False)


class UploadSerializer(DescriptionSerializer):
    """A new video, multipart."""

    file = serializers.FileField()


class CoverSerializer(serializers.Serializer):
    """Which moment of the film is its cover, in milliseconds."""

    at_ms = serializers.IntegerField(min_value=0)


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class LocksField(serializers.DictField):
    """By name of a field, why it is not the author's to choose freely."""


class OwnVideoSerializer(VideoSerializer):
    """A video as its author sees it: also who was chosen, who may do what, and what is locked."""

    chosen: Any = serializers.SlugRelatedField("username", many=True, read_only=True)
    locks = serializers.SerializerMethodField()

    class Meta(VideoSerializer.Meta):
        fields: ClassVar = [*VideoSerializer.Meta.fields, *Video.NAMES, "chosen", "locks"]

    @extend_schema_field(LocksField)
    def get_locks(self, video: Video) -> dict[str, str]:
        return rights.locks(video.author, video)


class VideoSettingsSerializer(serializers.ModelSerializer):
    """How one's videos begin, and whether sensitive ones are covered."""

    locked = serializers.SerializerMethodField()

    class Meta:
        model = VideoSettings
        fields: ClassVar = [*VideoSettings.NAMES, "shows_sensitive", "locked"]

    @extend_schema_field(LockSerializer(many=True))
    def get_locked(self, kept: VideoSettings) -> Any:
        return LockSerializer(rights.settings_locks(kept.user), many=True).data
