"""Videos made with others as the REST door speaks them."""

from typing import Any

from rest_framework import serializers

from videos.models import Video
from videos.serializers.people import PersonCardSerializer


class ParentCommentSerializer(serializers.Serializer):
    """The comment that a video answers."""

    id = serializers.UUIDField(source="pk")
    author = PersonCardSerializer()
    body = serializers.CharField()


class MadeWithSerializer(serializers.Serializer):
    """What a duet, stitch or reply was made with (`Video.made_with`). `video` and what tells of it
    are null where the asking person cannot see it (any more); `comment` is set on replies."""

    kind = serializers.ChoiceField(Video.ParentKind.choices)
    video = serializers.UUIDField(allow_null=True)
    author = PersonCardSerializer(allow_null=True)
    url = serializers.CharField(allow_null=True)
    film = serializers.CharField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    comment = ParentCommentSerializer(allow_null=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        return instance


class StitchSerializer(serializers.Serializer):
    """Which stretch of the other video comes first, in milliseconds: 0.5 to 5 s."""

    in_ms = serializers.IntegerField(min_value=0)
    out_ms = serializers.IntegerField(min_value=0)


class RemixRightsSerializer(serializers.Serializer):
    """What the asking person may do with a video."""

    may_comment = serializers.BooleanField()
    may_duet = serializers.BooleanField()
    may_stitch = serializers.BooleanField()
    may_download = serializers.BooleanField()
