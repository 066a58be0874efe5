"""Copies to take along as the REST door speaks them."""

from rest_framework import serializers

from videos.actions.downloading import Download


class DownloadSerializer(serializers.Serializer):
    """How the marked copy of a video stands; `url` and `size` (bytes) are null before it is
    ready."""

    state = serializers.ChoiceField([(state, state) for state in Download.STATES])
    percent = serializers.IntegerField()
    size = serializers.IntegerField(allow_null=True)
    url = serializers.CharField(allow_null=True)
