"""Hearts as the REST door speaks them."""

from rest_framework import serializers


class LikeSerializer(serializers.Serializer):
    """The count after a heart came or went."""

    like_count = serializers.IntegerField()
    is_liked = serializers.BooleanField()
