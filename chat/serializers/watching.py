"""The shapes of watching together."""

from rest_framework import serializers

from chat.actions.watching import CONTROLS
from chat.models.watching import QUEUE_LIMIT


class NewWatchingSerializer(serializers.Serializer):
    """What to begin with, and what comes behind it."""

    video = serializers.CharField(max_length=64, help_text="The id of a video.")
    queue = serializers.ListField(
        child=serializers.CharField(max_length=64),
        required=False,
        default=list,
        max_length=QUEUE_LIMIT,
    )


class ControlSerializer(serializers.Serializer):
    """One action, with what goes with it."""

    action = serializers.ChoiceField(choices=list(CONTROLS))
    position_ms = serializers.IntegerField(required=False, min_value=0, help_text="Of seek.")
    version = serializers.IntegerField(
        required=False, help_text="Of next and ended: what they are about."
    )
    on = serializers.BooleanField(required=False, help_text="Of host_only.")
    to = serializers.UUIDField(required=False, help_text="Of host: whose it is from now on.")


class QueueVideoSerializer(serializers.Serializer):
    video = serializers.CharField(max_length=64, help_text="The id of a video.")


class QueuePlaceSerializer(serializers.Serializer):
    place = serializers.IntegerField(min_value=0, help_text="0 is next.")


class QueueEntrySerializer(serializers.Serializer):
    id = serializers.CharField()
    video = serializers.UUIDField()
    by = serializers.UUIDField(help_text="Who added it.")


class WatchSerializer(serializers.Serializer):
    """Where a shared player stands: `position_ms` at the time `at`, which may be just ahead."""

    video = serializers.UUIDField(allow_null=True)
    duration_ms = serializers.IntegerField()
    position_ms = serializers.IntegerField()
    at = serializers.DateTimeField()
    playing = serializers.BooleanField()
    rate = serializers.FloatField()
    loops = serializers.BooleanField(help_text="While nothing waits in the queue.")
    host = serializers.UUIDField(allow_null=True)
    host_only = serializers.BooleanField()
    queue = QueueEntrySerializer(many=True)
    people = serializers.ListField(child=serializers.UUIDField())
    count = serializers.IntegerField()
    started_at = serializers.DateTimeField()


class WatchReportSerializer(serializers.Serializer):
    """The report of the highest version is the present one; `watch` is null once it is over."""

    version = serializers.IntegerField()
    watch = WatchSerializer(allow_null=True)
    now = serializers.DateTimeField(help_text="The server's clock.")
    cards = serializers.DictField(
        child=serializers.DictField(),
        help_text="By id, of its videos those that the asking person may watch.",
    )
