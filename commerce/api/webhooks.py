"""Where a shop's own servers are told what happens, by REST (docs/webhooks.md)."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.secrets import secret
from accounts.requests import SignedInApiRequest
from commerce.actions import webhooks
from commerce.api.selling import NO_CONTENT, SHOP, find_shop
from commerce.models import Shop, WebhookDelivery
from commerce.people import SETTINGS
from commerce.serializers.webhooks import (
    WebhookAddSerializer,
    WebhookChangeSerializer,
    WebhookDeliverySerializer,
    WebhookLogSerializer,
    WebhookReplayedSerializer,
    WebhookSecretSerializer,
    WebhookSerializer,
)
from config.api import CursorPagination

STATE = OpenApiParameter("state", str, enum=WebhookDelivery.State.values)


class Webhooks(APIView):
    """Addresses that are told."""

    @extend_schema(parameters=[SHOP], responses=WebhookSerializer(many=True))
    def get(self, request: SignedInApiRequest) -> Response:
        """All of the shop, at most ten."""
        found = find_shop(request, SETTINGS).webhooks.order_by("pk")
        return Response(WebhookSerializer(found, many=True).data)

    @extend_schema(
        parameters=[SHOP], request=WebhookAddSerializer, responses={201: WebhookSecretSerializer}
    )
    def post(self, request: SignedInApiRequest) -> Response:
        """One more. Its secret is in this answer and in no other."""
        shop = find_shop(request, SETTINGS)
        sent = WebhookAddSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = webhooks.add(request.user, shop, **sent.validated_data)
        return secret(WebhookSecretSerializer(made).data)


class OneWebhook(APIView):
    """One address."""

    @extend_schema(parameters=[SHOP], responses=WebhookSerializer)
    def get(self, request: SignedInApiRequest, webhook_id: UUID) -> Response:
        """How it stands."""
        found = get_object_or_404(find_shop(request, SETTINGS).webhooks, pk=webhook_id)
        return Response(WebhookSerializer(found).data)

    @extend_schema(parameters=[SHOP], request=WebhookChangeSerializer, responses=WebhookSerializer)
    def patch(self, request: SignedInApiRequest, webhook_id: UUID) -> Response:
        """Another address, other events, on or off. What waits for one that is turned off has
        failed."""
        shop = find_shop(request, SETTINGS)
        sent = WebhookChangeSerializer(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        changed = webhooks.change(request.user, shop, webhook_id, **sent.validated_data)
        return Response(WebhookSerializer(changed).data)

    @extend_schema(parameters=[SHOP], responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, webhook_id: UUID) -> Response:
        """It is told no more; its log goes with it."""
        webhooks.remove(request.user, find_shop(request, SETTINGS), webhook_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WebhookSecret(APIView):
    """What one signs with."""

    @extend_schema(parameters=[SHOP], request=None, responses={201: WebhookSecretSerializer})
    def post(self, request: SignedInApiRequest, webhook_id: UUID) -> Response:
        """A new one, in this answer only; the one before signs beside it for 24 hours."""
        shop = find_shop(request, SETTINGS)
        changed = webhooks.rotate(request.user, shop, webhook_id)
        return secret(WebhookSecretSerializer(changed).data)


class WebhookTest(APIView):
    """Whether it hears."""

    @extend_schema(parameters=[SHOP], request=None, responses={202: WebhookDeliverySerializer})
    def post(self, request: SignedInApiRequest, webhook_id: UUID) -> Response:
        """Send it an event of the type "webhook.test"; 409 while it is off."""
        shop = find_shop(request, SETTINGS)
        return _shown(shop, webhooks.test(request.user, shop, webhook_id))


class WebhookReplay(APIView):
    """What failed."""

    @extend_schema(parameters=[SHOP], request=None, responses={202: WebhookReplayedSerializer})
    def post(self, request: SignedInApiRequest, webhook_id: UUID) -> Response:
        """Send all of it again, the oldest first and 500 at once; 409 while it is off."""
        count = webhooks.replay_failed(request.user, find_shop(request, SETTINGS), webhook_id)
        shown = WebhookReplayedSerializer({"count": count}).data
        return Response(shown, status.HTTP_202_ACCEPTED)


class ByEvent(CursorPagination):
    """What happened last first."""

    ordering: Any = "-id"


class WebhookDeliveries(generics.ListAPIView):
    """What a webhook was told."""

    serializer_class = WebhookDeliverySerializer
    pagination_class = ByEvent
    queryset = WebhookDelivery.objects.none()

    def get_queryset(self) -> Any:
        shop = find_shop(self.request, SETTINGS)
        endpoint = get_object_or_404(shop.webhooks, pk=self.kwargs["webhook_id"])
        found = WebhookDelivery.objects.of_shop(shop).filter(endpoint=endpoint).with_last_attempt()
        state = self.request.query_params.get("state")
        return found.filter(state=state) if state else found

    @extend_schema(parameters=[SHOP, STATE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """All of the last 30 days."""
        return super().get(request, *args, **kwargs)


class OneWebhookDelivery(APIView):
    """One event on its way to a webhook."""

    @extend_schema(parameters=[SHOP], responses=WebhookLogSerializer)
    def get(self, request: SignedInApiRequest, delivery_id: UUID) -> Response:
        """What was sent, and what came of each try."""
        found = WebhookDelivery.objects.of_shop(find_shop(request, SETTINGS)).with_last_attempt()
        return Response(WebhookLogSerializer(get_object_or_404(found, pk=delivery_id)).data)


class WebhookDeliveryReplay(APIView):
    """Once more."""

    @extend_schema(parameters=[SHOP], request=None, responses={202: WebhookDeliverySerializer})
    def post(self, request: SignedInApiRequest, delivery_id: UUID) -> Response:
        """Send it again under the same id; 409 while it is on its way, or the webhook is off."""
        shop = find_shop(request, SETTINGS)
        return _shown(shop, webhooks.replay(request.user, shop, delivery_id))


def _shown(shop: Shop, delivery: WebhookDelivery) -> Response:
    found = WebhookDelivery.objects.of_shop(shop).with_last_attempt().get(pk=delivery.pk)
    return Response(WebhookDeliverySerializer(found).data, status.HTTP_202_ACCEPTED)
