"""The REST door's shapes: what comes in, and (for the schema) what chat/cards.py sends out."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.models import Conversation, Membership

# --- In: shape only; limits are those of the verbs ------------------------------------------------


class NewConversationSerializer(serializers.Serializer):
    """Whom to talk with: one person (direct) or several friends and a title (group)."""

    kind = serializers.ChoiceField(choices=["direct", "group"])
    title = serializers.CharField(required=False, allow_blank=True, default="")
    members = serializers.ListField(child=serializers.CharField(max_length=30), max_length=1024)

    def validate(self, attrs: dict) -> dict:
        if attrs["kind"] == "direct" and len(attrs["members"]) != 1:
            raise serializers.ValidationError({"members": _("Name one person.")}, code="direct.one")
        return attrs


class TitleSerializer(serializers.Serializer):
    title = serializers.CharField(allow_blank=True)


class UsernameSerializer(serializers.Serializer):
    username = serializers.CharField(max_length=30)


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


class BodySerializer(serializers.Serializer):
    body = serializers.CharField(allow_blank=True, trim_whitespace=False)


class EmojiSerializer(serializers.Serializer):
    emoji = serializers.CharField(max_length=16)


class PlaceSerializer(serializers.Serializer):
    """A place in a conversation."""

    seq = serializers.IntegerField(min_value=0, max_value=2**62)


class ReadSerializer(serializers.Serializer):
    read_seq = serializers.IntegerField()


class DeclineSerializer(serializers.Serializer):
    block = serializers.BooleanField(required=False, default=False)


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
    body = serializers.CharField(
        required=False, default="", allow_blank=True, trim_whitespace=False
    )


# --- Out ------------------------------------------------------------------------------------------


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
    reply_to = serializers.IntegerField(allow_null=True)
    share = ShareReferenceSerializer(allow_null=True)
    media = serializers.ListField(child=serializers.DictField())
    mentions = serializers.ListField(child=serializers.UUIDField())
    reactions = ReactionsSerializer(many=True)
    poll = serializers.DictField(allow_null=True)


class MemberSerializer(CardSerializer):
    """A person with their part in the conversation."""

    role = serializers.ChoiceField(choices=Membership.Role.choices)
    state = serializers.ChoiceField(choices=Membership.State.choices)
    read_seq = serializers.IntegerField()

    class Meta(CardSerializer.Meta):
        fields = [*CardSerializer.Meta.fields, "role", "state", "read_seq"]


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
    muted = serializers.BooleanField()
    send_refusal = serializers.CharField(allow_null=True, help_text="Why sending is refused.")
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


class ConversationDetailSerializer(ConversationSerializer):
    """The same with its people."""

    members = MemberSerializer(many=True)
    authors = CardSerializer(many=True, help_text="Who left and whose messages stay.")
    not_added = NotAddedSerializer(
        many=True, required=False, help_text="On creation: who could not be added, and why."
    )


class HistorySerializer(serializers.Serializer):
    """Messages, newest first; `next` is the address of the earlier ones."""

    results = MessageSerializer(many=True)
    next = serializers.URLField(allow_null=True)


class ChangeSerializer(serializers.Serializer):
    """An event as on the socket: a message's whole fields, a member, or the conversation's name."""

    type = serializers.CharField()
    revision = serializers.IntegerField()


class ChangesSerializer(serializers.Serializer):
    """All that changed; `next` is the address of what follows, where it did not fit."""

    results = ChangeSerializer(many=True)
    head = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)


class ShareTargetSerializer(serializers.Serializer):
    """What became of a share in one place."""

    conversation = serializers.UUIDField(allow_null=True)
    username = serializers.CharField()
    sent = serializers.BooleanField()
    seq = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    detail = serializers.CharField()


class SharesSerializer(serializers.Serializer):
    results = ShareTargetSerializer(many=True)
