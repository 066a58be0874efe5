"""The REST door to pinned messages."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, cards, pages
from chat import serializers as shapes
from chat.api.base import ChatView


class Pins(ChatView):
    """What a conversation keeps in sight."""

    @extend_schema(responses=shapes.MessageSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """The pinned messages, the newest pin first: a plain list of at most 50."""
        found = pages.pinned(self.actor, self.conversation(pk))
        return Response(cards.message_cards(found, self.actor))


class Pin(ChatView):
    """One message among the pinned ones."""

    @extend_schema(request=None, responses=shapes.MessageSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """Pin it; twice is once."""
        pinned = actions.pin_message(self.actor, self.conversation(pk), seq=seq)
        return Response(self.message(pinned))

    @extend_schema(responses=shapes.MessageSerializer)
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Unpin it."""
        unpinned = actions.unpin_message(self.actor, self.conversation(pk), seq=seq)
        return Response(self.message(unpinned))
