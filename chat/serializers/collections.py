"""The shapes of a conversation's collection."""

from rest_framework import serializers

from accounts.serializers import CardSerializer


class SavedVideoSerializer(serializers.Serializer):
    video = serializers.CharField(max_length=64, help_text="The id of a video.")


class CollectedVideoSerializer(serializers.Serializer):
    """A saved video as the asking person sees it."""

    video = serializers.UUIDField()
    card = serializers.DictField()
    saved_by = CardSerializer(allow_null=True)
    saved_at = serializers.DateTimeField()


class CollectionPageSerializer(serializers.Serializer):
    """A page of a list; `next` is the address of the one after it."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = CollectedVideoSerializer(many=True)
