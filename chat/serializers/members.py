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

    class Meta(CardSerializer.Meta):
        fields = [*CardSerializer.Meta.fields, "role", "state", "read_seq"]
