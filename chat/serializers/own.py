"""The shapes of what somebody keeps for themselves: settings, folders, what they look for."""

from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.models import Colour, Conversation, Notify, Wallpaper

SPANS = ["off", "1h", "8h", "forever"]


class OwnSettingsSerializer(serializers.Serializer):
    """A person's own settings of a conversation."""

    pinned = serializers.BooleanField()
    archived = serializers.BooleanField()
    marked_unread = serializers.BooleanField()
    muted = serializers.BooleanField()
    mentioned = serializers.BooleanField(help_text="An unread message mentions them.")
    muted_until = serializers.DateTimeField(allow_null=True)
    notify = serializers.ChoiceField(choices=Notify.choices)
    shows_reading = serializers.BooleanField(help_text="Read receipts, both ways.")
    shows_typing = serializers.BooleanField(help_text="Typing, both ways.")
    colour = serializers.ChoiceField(choices=Colour.choices, allow_blank=True)
    wallpaper = serializers.ChoiceField(choices=Wallpaper.choices, allow_blank=True)
    nicknames = serializers.DictField(child=serializers.CharField(), help_text="By user id.")
    hushed = serializers.ListField(child=serializers.UUIDField())


class ChangeSettingsSerializer(serializers.Serializer):
    """Any of these; what is left out stays."""

    pinned = serializers.BooleanField(required=False)
    archived = serializers.BooleanField(required=False)
    unread = serializers.BooleanField(required=False, help_text="False reads all there is.")
    muted = serializers.CharField(required=False, help_text=" ".join(SPANS))
    notify = serializers.CharField(required=False)
    shows_reading = serializers.BooleanField(required=False)
    shows_typing = serializers.BooleanField(required=False)
    colour = serializers.CharField(required=False, allow_blank=True)
    wallpaper = serializers.CharField(required=False, allow_blank=True)


class NicknameSerializer(serializers.Serializer):
    name = serializers.CharField(allow_blank=True)


class FolderSerializer(serializers.Serializer):
    """A folder and what lies in it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    position = serializers.IntegerField()
    conversations = serializers.ListField(child=serializers.UUIDField())


class FoldersSerializer(serializers.Serializer):
    results = FolderSerializer(many=True)


class FolderNameSerializer(serializers.Serializer):
    name = serializers.CharField(allow_blank=True)


class ChangeFolderSerializer(serializers.Serializer):
    """Any of these."""

    name = serializers.CharField(required=False, allow_blank=True)
    place = serializers.IntegerField(required=False, min_value=0, max_value=100)
    conversations = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=1000
    )


class QuestionSerializer(serializers.Serializer):
    """What is looked for; `q` may hold from:ben has:photo after:2026-01-31 before:2026-02-28."""

    q = serializers.CharField(required=False, default="", allow_blank=True, trim_whitespace=False)
    author = serializers.CharField(required=False, default="", allow_blank=True, max_length=30)
    conversation = serializers.UUIDField(required=False, default=None)
    kind = serializers.CharField(required=False, default="", allow_blank=True, max_length=20)
    since = serializers.DateField(required=False, default=None)
    until = serializers.DateField(required=False, default=None)
    cursor = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)


class FoundConversationSerializer(serializers.Serializer):
    """Where something was found; `title` is the other person's name in a direct one."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Conversation.Kind.choices)
    title = serializers.CharField()
    picture = serializers.CharField()


class FoundSerializer(serializers.Serializer):
    """One message that was found: `hits` are [start, end] in code points of `excerpt`."""

    id = serializers.UUIDField()
    seq = serializers.IntegerField()
    conversation = FoundConversationSerializer()
    author = CardSerializer(allow_null=True)
    created_at = serializers.DateTimeField()
    kinds = serializers.ListField(child=serializers.CharField())
    excerpt = serializers.CharField()
    hits = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class FoundPageSerializer(serializers.Serializer):
    """Newest first; `next` is the address of what follows."""

    results = FoundSerializer(many=True)
    next = serializers.URLField(allow_null=True)
