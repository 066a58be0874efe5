"""The shapes of conversations."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.models import Conversation, Membership
from chat.serializers.groups import (
    GroupSettingsSerializer,
    JoinRequestSerializer,
    WritingSerializer,
)
from chat.serializers.members import MemberSerializer
from chat.serializers.messages import MessageSerializer
from chat.serializers.own import OwnSettingsSerializer


class NewConversationSerializer(serializers.Serializer):
    """Whom to talk with: one person (direct), or several friends and a title (group). A channel has
    a title and a handle."""

    kind = serializers.ChoiceField(choices=Conversation.Kind.choices)
    title = serializers.CharField(required=False, allow_blank=True, default="")
    handle = serializers.CharField(required=False, allow_blank=True, default="")
    description = serializers.CharField(required=False, allow_blank=True, default="")
    members = serializers.ListField(
        child=serializers.CharField(max_length=30), max_length=1024, required=False, default=list
    )

    def validate(self, attrs: dict) -> dict:
        if attrs["kind"] == "direct" and len(attrs["members"]) != 1:
            raise serializers.ValidationError({"members": _("Name one person.")}, code="direct.one")
        return attrs


class PlaceSerializer(serializers.Serializer):
    """A place in a conversation."""

    seq = serializers.IntegerField(min_value=0, max_value=2**62)


class ReadSerializer(serializers.Serializer):
    read_seq = serializers.IntegerField()


class DeclineSerializer(serializers.Serializer):
    block = serializers.BooleanField(required=False, default=False)


class StreakSerializer(serializers.Serializer):
    """Days in a row on which they wrote, up to `on` (UTC); broken once a whole day has passed."""

    days = serializers.IntegerField()
    on = serializers.DateField(allow_null=True)


class ConversationSerializer(serializers.Serializer):
    """A conversation as the asking person sees it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Conversation.Kind.choices)
    title = serializers.CharField()
    picture = serializers.CharField()
    state = serializers.ChoiceField(choices=Membership.State.choices)
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    accepted = serializers.BooleanField(help_text="False while a direct one is a request.")
    other = CardSerializer(allow_null=True, help_text="The other person of a direct one.")
    invited_by = CardSerializer(allow_null=True)
    revision = serializers.IntegerField()
    last_seq = serializers.IntegerField()
    read_seq = serializers.IntegerField()
    unread = serializers.IntegerField()
    pinned = serializers.BooleanField()
    archived = serializers.BooleanField()
    marked_unread = serializers.BooleanField()
    muted = serializers.BooleanField()
    mentioned = serializers.BooleanField(help_text="An unread message mentions them.")
    send_refusal = serializers.CharField(allow_null=True, help_text="Why sending is refused.")
    silenced_until = serializers.DateTimeField(allow_null=True)
    writing = WritingSerializer(allow_null=True)
    timer = serializers.IntegerField(help_text="Seconds that new messages stay; 0 for ever.")
    streak = StreakSerializer(allow_null=True)
    active_at = serializers.DateTimeField()
    last_message = MessageSerializer(allow_null=True)


class ConversationPageSerializer(serializers.Serializer):
    """A page of a list; `next` is the address of the one after it."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ConversationSerializer(many=True)


class NotAddedSerializer(serializers.Serializer):
    username = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class AdditionsSerializer(serializers.Serializer):
    """What became of several people who were to be added."""

    added = MemberSerializer(many=True)
    waiting = JoinRequestSerializer(many=True)
    not_added = NotAddedSerializer(many=True)


class ChannelFactsSerializer(serializers.Serializer):
    """What members know of a channel besides."""

    handle = serializers.CharField()
    follower_count = serializers.IntegerField()
    opens_replies = serializers.BooleanField()


class ConversationDetailSerializer(ConversationSerializer):
    """The same with its people."""

    channel = ChannelFactsSerializer(allow_null=True)
    settings = GroupSettingsSerializer(allow_null=True)
    own = OwnSettingsSerializer()
    members = MemberSerializer(many=True)
    authors = CardSerializer(many=True, help_text="Who left and whose messages stay.")
    not_added = NotAddedSerializer(
        many=True, required=False, help_text="On creation: who could not be added, and why."
    )


class ChangeSerializer(serializers.Serializer):
    """An event as on the socket: a message's whole fields, a member, or the conversation's name."""

    type = serializers.CharField()
    revision = serializers.IntegerField()


class ChangesSerializer(serializers.Serializer):
    """All that changed; `next` is the address of what follows, where it did not fit."""

    results = ChangeSerializer(many=True)
    head = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
