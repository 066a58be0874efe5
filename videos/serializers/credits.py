"""Co-creators as the REST door speaks of them."""

from rest_framework import serializers

from videos.models import Credit
from videos.serializers.people import PersonCardSerializer

STANDING = [Credit.State.INVITED.value, Credit.State.ACCEPTED.value]


class CreditSerializer(serializers.Serializer):
    """Somebody who was asked to be named beside the author, or is."""

    person = PersonCardSerializer(source="user")
    state = serializers.ChoiceField(STANDING)
    asked_at = serializers.DateTimeField()


class InvitationSerializer(serializers.Serializer):
    """Whom to ask."""

    username = serializers.CharField(max_length=150)


class OwnCreditSerializer(serializers.Serializer):
    """A video that one was asked to be named in, or is."""

    video = serializers.UUIDField(source="video_id")
    title = serializers.CharField(source="video.title")
    url = serializers.CharField(source="video.get_absolute_url")
    author = PersonCardSerializer(source="video.author")
    state = serializers.ChoiceField(STANDING)
    asked_at = serializers.DateTimeField()
