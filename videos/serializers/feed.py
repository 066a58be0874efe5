"""The feed as the REST door speaks it."""

from rest_framework import serializers

from videos.serializers.videos import VideoSerializer


class FeedItemSerializer(serializers.Serializer):
    """One item of the feed, and why it is there."""

    video = VideoSerializer()
    reason = serializers.CharField()


class FeedSerializer(serializers.Serializer):
    """A page of the feed; `next` is the cursor for `?cursor=`, null at the end."""

    results = FeedItemSerializer(many=True, source="items")
    next = serializers.CharField(allow_null=True)
