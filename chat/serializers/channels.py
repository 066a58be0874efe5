"""The shapes of channels and fan groups."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.serializers import CardSerializer
from chat.models import Membership


class ChannelSerializer(serializers.Serializer):
    """A channel as the asking person finds it."""

    id = serializers.UUIDField()
    handle = serializers.CharField()
    title = serializers.CharField()
    picture = serializers.CharField()
    description = serializers.CharField()
    url = serializers.CharField()
    follower_count = serializers.IntegerField()
    opens_replies = serializers.BooleanField()
    hosts = CardSerializer(many=True)
    role = serializers.ChoiceField(
        choices=Membership.Role.choices, allow_null=True, help_text="Null: does not follow."
    )
    asked = serializers.BooleanField(help_text="Whether the person is asked to host it.")
    active_at = serializers.DateTimeField()


class ChannelPageSerializer(serializers.Serializer):
    """A page of channels; `next` is the address of the one after it."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ChannelSerializer(many=True)


class ChannelChangeSerializer(serializers.Serializer):
    """What is left out stays."""

    handle = serializers.CharField(required=False, max_length=64)
    opens_replies = serializers.BooleanField(required=False)

    def validate(self, attrs: dict) -> dict:
        if not attrs:
            raise serializers.ValidationError({"handle": _("Say what to change.")}, code="required")
        return attrs


class HostSerializer(CardSerializer):
    """Somebody who runs a channel, or is asked to."""

    accepted_at = serializers.DateTimeField(allow_null=True)

    class Meta(CardSerializer.Meta):
        fields = [*CardSerializer.Meta.fields, "accepted_at"]


class NewReplySerializer(serializers.Serializer):
    """An answer to a post; `client_id` makes saying it twice harmless."""

    client_id = serializers.CharField(max_length=64)
    body = serializers.CharField(allow_blank=True, trim_whitespace=False)


class ReplySerializer(serializers.Serializer):
    id = serializers.UUIDField()
    author = CardSerializer(allow_null=True)
    body = serializers.CharField()
    created_at = serializers.DateTimeField()


class ReplyPageSerializer(serializers.Serializer):
    """A page of replies; `next` is the address of the one after it."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ReplySerializer(many=True)


class JoinRulesSerializer(serializers.Serializer):
    """`[{"kind": "follows", "days": 7}, {"kind": "entitlement", "name": ...}, {"kind": "code",
    "code": ...}]`: all have to be met."""

    rules = serializers.ListField(child=serializers.DictField(), max_length=5)


class NewFanGroupSerializer(JoinRulesSerializer):
    title = serializers.CharField(allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True, default="")


class GivenSerializer(serializers.Serializer):
    """What the person entered, by the kind of rule: `{"code": "..."}`."""

    given = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False, default=dict
    )


class ConditionSerializer(serializers.Serializer):
    kind = serializers.CharField()
    words = serializers.CharField()
    missing = serializers.CharField(allow_null=True, help_text="What is left to do, or null.")
    asks_for = serializers.CharField(help_text="What has to be entered, or nothing.")


class FanGroupRowSerializer(serializers.Serializer):
    """A fan group as the asking person finds it in a list."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    picture = serializers.CharField()
    description = serializers.CharField()
    creator = CardSerializer(allow_null=True)
    member_count = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Membership.Role.choices, allow_null=True)


class FanGroupSerializer(FanGroupRowSerializer):
    """The same with what it asks for."""

    conditions = ConditionSerializer(many=True)
    met = serializers.BooleanField()


class EntrySerializer(serializers.Serializer):
    state = serializers.CharField(help_text="`active`, or `waiting` for approval.")
