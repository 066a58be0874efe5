"""What a webhook receives, for the schema's `webhooks`."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, OpenApiWebhook, extend_schema, inline_serializer
from rest_framework import serializers

from commerce.models import WebhookEvent
from commerce.webhooks.shapes import (
    Moment,
    OrderEventSerializer,
    ReturnEventSerializer,
    StockEventSerializer,
    TestEventSerializer,
)

WORDS = (
    "Posted to the shop's own webhooks, with the headers `webhook-id`, `webhook-timestamp` and"
    " `webhook-signature` of Standard Webhooks 1.0.0. Any 2xx within 15 seconds takes it; all else"
    " is tried again, ten times in 76 hours."
)


def _event(name: str, summary: str, data: Any) -> OpenApiWebhook:
    kinds = [kind.value for kind in WebhookEvent.Kind if kind.startswith(f"{name}.")]
    body = inline_serializer(
        f"{name.capitalize()}Webhook",
        {
            "type": serializers.ChoiceField(kinds or [WebhookEvent.TEST]),
            "timestamp": Moment(help_text="When it happened."),
            "shop": serializers.CharField(help_text="The shop's address."),
            "data": data,
        },
    )
    taken = {200: OpenApiResponse(description="Taken.")}
    said = extend_schema(summary=summary, description=WORDS, request=body, responses=taken)
    return OpenApiWebhook(name, said)


EVENTS = [
    _event("order", "A step of an order", OrderEventSerializer()),
    _event("return", "A step of a return", ReturnEventSerializer()),
    _event("stock", "Something runs low, or out", StockEventSerializer()),
    _event("webhook", "A test that people of the shop asked for", TestEventSerializer()),
]
