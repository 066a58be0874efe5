"""The shapes of notifications in REST."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.notifications import Section


class ActorSerializer(serializers.Serializer):
    """Whoever did it, in one line, with the address of the profile."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    avatar = serializers.CharField(allow_blank=True)
    hue = serializers.IntegerField()
    initials = serializers.CharField()
    url = serializers.CharField()


class NotificationSerializer(serializers.Serializer):
    """One line; `count` people did it, `actors` are the latest of them, at most three."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="As videos.like; new ones come, so expect others.")
    section = serializers.ChoiceField(choices=Section.choices)
    text = serializers.CharField(help_text="The sentence, in the request's language.")
    actors = ActorSerializer(many=True)
    count = serializers.IntegerField()
    href = serializers.CharField(allow_blank=True, help_text="Where it leads, on this site.")
    words = serializers.CharField(allow_blank=True, help_text="What it is about says of itself.")
    picture = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    is_read = serializers.BooleanField()
    revision = serializers.IntegerField()


class StandingOfNotificationsSerializer(serializers.Serializer):
    """The number on the badge, and how far the person's line is."""

    unread = serializers.IntegerField()
    revision = serializers.IntegerField()


class NotificationPageSerializer(StandingOfNotificationsSerializer):
    """A page of lines."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = NotificationSerializer(many=True)


class NotificationChangesSerializer(StandingOfNotificationsSerializer):
    """What a device has missed; `reset`: too much for that, so it reads the list anew."""

    results = NotificationSerializer(many=True)
    gone = serializers.ListField(child=serializers.UUIDField())
    reset = serializers.BooleanField()


class SeenNotificationsSerializer(serializers.Serializer):
    """How far the list was looked at."""

    up_to = serializers.IntegerField(min_value=0, max_value=2**62)


class ReadNotificationsSerializer(serializers.Serializer):
    """Which lines were read: some, or all up to a revision."""

    ids = serializers.ListField(child=serializers.UUIDField(), max_length=500, required=False)
    up_to = serializers.IntegerField(min_value=0, max_value=2**62, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError(
                _("Say which lines, or up to where."), code="required"
            )
        return attrs
