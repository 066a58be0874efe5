"""The shapes of sending one thing to several places."""

from rest_framework import serializers


class NewShareSerializer(serializers.Serializer):
    """One thing for up to five conversations and people."""

    share = serializers.CharField(max_length=100, help_text="<kind>:<uuid>")
    client_id = serializers.CharField(max_length=64)
    conversations = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=50
    )
    users = serializers.ListField(
        child=serializers.CharField(max_length=30), required=False, default=list, max_length=50
    )
    group = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="A name: the users make a new group that gets it.",
    )
    body = serializers.CharField(
        required=False, default="", allow_blank=True, trim_whitespace=False
    )
    send_at = serializers.CharField(
        required=False,
        allow_null=True,
        default=None,
        max_length=40,
        help_text="RFC 3339, with its zone: it is kept for each until then.",
    )


class NewForwardSerializer(serializers.Serializer):
    """Messages of one conversation for up to five others."""

    seqs = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=100)
    client_id = serializers.CharField(max_length=64)
    conversations = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=50
    )
    users = serializers.ListField(
        child=serializers.CharField(max_length=30), required=False, default=list, max_length=50
    )


class ShareTargetSerializer(serializers.Serializer):
    """What became of a share in one place."""

    conversation = serializers.UUIDField(allow_null=True)
    username = serializers.CharField()
    sent = serializers.BooleanField()
    seq = serializers.IntegerField(allow_null=True)
    scheduled = serializers.UUIDField(
        allow_null=True, help_text="The scheduled message, where it is kept for later."
    )
    code = serializers.CharField()
    detail = serializers.CharField()


class SharesSerializer(serializers.Serializer):
    results = ShareTargetSerializer(many=True)
