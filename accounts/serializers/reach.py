"""How far a thing went, as the REST doors of all apps speak it."""

from rest_framework import serializers


class ReachSerializer(serializers.Serializer):
    """How often it was shared: in so many conversations, by so many people."""

    conversations = serializers.IntegerField()
    people = serializers.IntegerField()
