"""People as the REST door of videos shows them."""

from rest_framework import serializers

from videos.serializers.quick import QuickSerializer


class PersonCardSerializer(QuickSerializer):
    """Somebody in one line."""

    id = serializers.UUIDField(source="pk")
    username = serializers.CharField()
    name = serializers.CharField()
    avatar = serializers.CharField(source="avatar_url")
    hue = serializers.IntegerField()
    initials = serializers.CharField()
