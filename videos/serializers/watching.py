"""What players tell, as the REST door speaks it."""

from rest_framework import serializers

from videos import actions
from videos.models import WatchEvent


class WatchSerializer(serializers.Serializer):
    """One time a video was before somebody: how long it played, loops included."""

    video = serializers.UUIDField()
    # REST framework has an attribute of that name; a field may have it all the same.
    source = serializers.ChoiceField(choices=WatchEvent.Source.choices)  # type: ignore[assignment]
    watched_ms = serializers.IntegerField(min_value=0, max_value=24 * 60 * 60 * 1000)
    duration_ms = serializers.IntegerField(min_value=1, max_value=24 * 60 * 60 * 1000)
    loops = serializers.IntegerField(min_value=0, max_value=10_000, default=0)
    at = serializers.DateTimeField()

    def create(self, validated_data: dict) -> actions.Watch:
        return actions.Watch(**validated_data)


class WatchesSerializer(serializers.Serializer):
    """At most a hundred at a time; each is judged by itself."""

    events = WatchSerializer(many=True)


class RefusedWatchSerializer(serializers.Serializer):
    """One that was not taken, by its place in what was sent."""

    index = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class WatchAnswerSerializer(serializers.Serializer):
    """How many were taken, and which were not."""

    accepted = serializers.IntegerField()
    refused = RefusedWatchSerializer(many=True)
