"""The films that a video has been as the REST door speaks of them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from videos.actions.progress import failure_card, progress_of_version
from videos.models import VideoVersion
from videos.serializers.videos import FAILURE


class VersionSerializer(serializers.Serializer):
    """One film, for the video's author. `failure` is null, or `{code, detail}` where `state` is
    failed; `percent` is how far the preparing is."""

    number = serializers.IntegerField()
    state = serializers.ChoiceField(VideoVersion.State.choices)
    percent = serializers.SerializerMethodField()
    failure = serializers.SerializerMethodField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    began_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_percent(self, version: VideoVersion) -> int:
        return round(progress_of_version(version) * 100) if version.is_under_way else 100

    @extend_schema_field(FAILURE)
    def get_failure(self, version: VideoVersion) -> dict[str, str] | None:
        return failure_card(version)


class NewVersionSerializer(serializers.Serializer):
    """A film in place of the one that plays, multipart."""

    file = serializers.FileField()
