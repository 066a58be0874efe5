"""The shapes of members."""

from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.models import Membership


class UsernameSerializer(serializers.Serializer):
    username = serializers.CharField(max_length=30)


class MemberSerializer(CardSerializer):
    """A person with their part in the conversation."""

    role = serializers.ChoiceField(choices=Membership.Role.choices)
    state = serializers.ChoiceField(choices=Membership.State.choices)
    read_seq = serializers.IntegerField()
    silenced_until = serializers.DateTimeField(allow_null=True)

    class Meta(CardSerializer.Meta):
        fields = [*CardSerializer.Meta.fields, "role", "state", "read_seq", "silenced_until"]


class NamedMemberSerializer(MemberSerializer):
    """A member as "@" offers them."""

    is_friend = serializers.BooleanField()

    class Meta(MemberSerializer.Meta):
        fields = [*MemberSerializer.Meta.fields, "is_friend"]


class MentionableSerializer(serializers.Serializer):
    """Whom one may name."""

    results = NamedMemberSerializer(many=True)


class MemberPageSerializer(serializers.Serializer):
    """A page of members; `next` is the address of the one after it."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = MemberSerializer(many=True)
