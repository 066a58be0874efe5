"""The shapes of polls."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.serializers import CardSerializer


class _NewPollShape(serializers.Serializer):
    question = serializers.CharField(max_length=300)
    options = serializers.ListField(child=serializers.CharField(), help_text="2 to 12.")
    multiple = serializers.BooleanField(required=False, help_text="Several answers.")
    anonymous = serializers.BooleanField(required=False)
    hidden = serializers.BooleanField(required=False, help_text="Results once it is closed.")
    adding = serializers.BooleanField(required=False, help_text="Others may add answers.")
    closes_at = serializers.DateTimeField(required=False, allow_null=True)


@extend_schema_field(_NewPollShape)
class NewPollSerializer(serializers.JSONField):
    """Read by chat/cards/polls.py, whose limits and codes are the same at every door."""

    def to_representation(self, value: Any) -> Any:
        return value


class PollOptionSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    text = serializers.CharField()
    votes = serializers.IntegerField(allow_null=True, help_text="Null while results are hidden.")
    latest = serializers.ListField(
        child=serializers.UUIDField(), help_text="Who voted last, up to 3; none if anonymous."
    )


class PollSerializer(serializers.Serializer):
    """A poll as it stands; `mine` is null where it is told to everybody at once."""

    question = serializers.CharField()
    multiple = serializers.BooleanField()
    anonymous = serializers.BooleanField()
    hidden = serializers.BooleanField()
    adding = serializers.BooleanField()
    closes_at = serializers.DateTimeField(allow_null=True)
    closed = serializers.BooleanField()
    voters = serializers.IntegerField()
    options = PollOptionSerializer(many=True)
    mine = serializers.ListField(child=serializers.IntegerField(), allow_null=True)


class VotesSerializer(serializers.Serializer):
    """All of one's own votes; an empty list takes them back."""

    options = serializers.ListField(child=serializers.IntegerField(), max_length=12)


class OptionTextSerializer(serializers.Serializer):
    text = serializers.CharField(allow_blank=True)


class VoteSerializer(serializers.Serializer):
    """Somebody's vote for one answer."""

    option = serializers.IntegerField()
    user = CardSerializer()
    voted_at = serializers.DateTimeField()


class VotePageSerializer(serializers.Serializer):
    """A page of a list; `next` is the address of the one after it."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = VoteSerializer(many=True)
