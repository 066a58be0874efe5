"""The shapes of messages."""

from rest_framework import serializers

from chat.serializers.polls import NewPollSerializer, PollSerializer


class NewMessageSerializer(serializers.Serializer):
    """One thing to say; `client_id` makes saying it twice harmless."""

    client_id = serializers.CharField(max_length=64)
    body = serializers.CharField(
        required=False, default="", allow_blank=True, trim_whitespace=False
    )
    reply_to = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    share = serializers.CharField(
        required=False, allow_null=True, default=None, max_length=100, help_text="<kind>:<uuid>"
    )
    media = serializers.ListField(child=serializers.CharField(), required=False, max_length=0)
    mentions = serializers.ListField(child=serializers.CharField(), required=False, default=list)
    poll = NewPollSerializer(required=False, allow_null=True, default=None)


class BodySerializer(serializers.Serializer):
    body = serializers.CharField(allow_blank=True, trim_whitespace=False)


class EmojiSerializer(serializers.Serializer):
    emoji = serializers.CharField(max_length=16)


class ReactionsSerializer(serializers.Serializer):
    emoji = serializers.CharField()
    count = serializers.IntegerField()
    users = serializers.ListField(child=serializers.UUIDField())


class ShareReferenceSerializer(serializers.Serializer):
    """What a message shares; `card` only where anybody may see it."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    card = serializers.DictField(allow_null=True)


class MessageSerializer(serializers.Serializer):
    """A message in its present state."""

    id = serializers.UUIDField()
    conversation = serializers.UUIDField()
    seq = serializers.IntegerField()
    revision = serializers.IntegerField()
    author = serializers.UUIDField(allow_null=True)
    body = serializers.CharField()
    notice = serializers.DictField(allow_null=True, help_text="A system line: code, actor, people.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    unsent_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(
        required=False, help_text="From when on it is gone; only on those that disappear."
    )
    reply_to = serializers.IntegerField(allow_null=True)
    share = ShareReferenceSerializer(allow_null=True)
    media = serializers.ListField(child=serializers.DictField())
    mentions = serializers.ListField(child=serializers.UUIDField())
    reactions = ReactionsSerializer(many=True)
    poll = PollSerializer(allow_null=True)


class HistorySerializer(serializers.Serializer):
    """Messages, newest first; `next` is the address of the earlier ones."""

    results = MessageSerializer(many=True)
    next = serializers.URLField(allow_null=True)
