"""Webhooks in REST, for the people of the shop whose servers they are."""

from typing import Any

from rest_framework import serializers

from accounts.models.link import URL_LIMIT
from commerce.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookEvent
from commerce.models.webhook import NAME_LIMIT


class WebhookSerializer(serializers.ModelSerializer):
    """An address that is told of `events`. `failing_since`: nothing came through since;
    `old_secret_until`: so long the secret before signs beside the new one."""

    events = serializers.ListField(child=serializers.ChoiceField(WebhookEvent.Kind.choices))
    is_on = serializers.BooleanField()

    class Meta:
        model = WebhookEndpoint
        fields = [
            *("id", "url", "name", "events", "is_on", "state"),
            *("failing_since", "old_secret_until", "created_at"),
        ]
        read_only_fields = fields


class WebhookSecretSerializer(WebhookSerializer):
    """The same with its secret, this once."""

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]
        read_only_fields = fields


class WebhookAddSerializer(serializers.Serializer):
    """What to tell, and where."""

    url = serializers.CharField(max_length=URL_LIMIT, help_text="https, at port 443.")
    events = serializers.ListField(child=serializers.ChoiceField(WebhookEvent.Kind.choices))
    name = serializers.CharField(max_length=NAME_LIMIT, required=False, allow_blank=True)


class WebhookChangeSerializer(WebhookAddSerializer):
    """What is to be another; what is left out stays."""

    is_on: Any = serializers.BooleanField(required=False)


class WebhookDeliverySerializer(serializers.ModelSerializer):
    """An event on its way to a webhook. `event` is its `webhook-id`, `due_at` the next try's time;
    `last_status` and `last_failure` are what came of the last one."""

    webhook = serializers.UUIDField(source="endpoint_id")
    type = serializers.CharField(source="event.kind")
    at = serializers.DateTimeField(source="event.at")
    last_status = serializers.IntegerField(allow_null=True)
    last_failure = serializers.CharField(allow_null=True)

    class Meta:
        model = WebhookDelivery
        fields = [
            *("id", "webhook", "event", "type", "at", "state", "tries", "due_at"),
            *("last_status", "last_failure"),
        ]
        read_only_fields = fields


class WebhookAttemptSerializer(serializers.ModelSerializer):
    """One try: the answer's `status` and beginning, or why there was none (`failure`)."""

    class Meta:
        model = WebhookAttempt
        fields = ["at", "took", "status", "answer", "failure"]
        read_only_fields = fields


class WebhookLogSerializer(WebhookDeliverySerializer):
    """The same with what was sent and each try, the last first."""

    body = serializers.CharField(source="event.body", help_text="To the byte.")
    attempts = WebhookAttemptSerializer(many=True, source="attempts_made")

    class Meta(WebhookDeliverySerializer.Meta):
        fields = [*WebhookDeliverySerializer.Meta.fields, "body", "attempts"]
        read_only_fields = fields


class WebhookReplayedSerializer(serializers.Serializer):
    """How many are sent again."""

    count = serializers.IntegerField()
