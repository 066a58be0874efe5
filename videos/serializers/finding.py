"""What search finds, as the REST door speaks it."""

from typing import Any

from rest_framework import serializers

from videos.serializers.people import PersonCardSerializer
from videos.serializers.videos import VideoSerializer


class TopicSerializer(serializers.Serializer):
    """A topic, and how many public videos name it."""

    name = serializers.CharField()
    count = serializers.IntegerField()

    def to_representation(self, topic: tuple[str, int]) -> dict[str, Any]:
        name, count = topic
        return {"name": name, "count": count}


class SoundCardSerializer(serializers.Serializer):
    """A sound in one line."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    artist = serializers.CharField()
    duration_ms = serializers.IntegerField()
    use_count = serializers.IntegerField()
    url = serializers.CharField(source="get_absolute_url")


class DiscoverSerializer(serializers.Serializer):
    """What is going on, each the liveliest first."""

    topics = TopicSerializer(many=True)
    sounds = SoundCardSerializer(many=True)
    people = PersonCardSerializer(many=True)
    videos = VideoSerializer(many=True)


class ResultsSerializer(DiscoverSerializer):
    """What was found; `mended` is what was looked for instead of what was typed, or empty."""

    mended = serializers.CharField(allow_blank=True)
