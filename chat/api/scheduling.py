"""The REST door to messages for later."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView
from chat.cards.own import scheduled_card
from chat.models import ScheduledMessage


class AllScheduled(ChatView):
    @extend_schema(operation_id="scheduled_all", responses=shapes.ScheduledSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The person's own in all conversations, the soonest first: a plain list."""
        return Response([scheduled_card(each) for each in ScheduledMessage.objects.of(self.actor)])


class Scheduled(ChatView):
    """What the person has scheduled in one conversation."""

    @extend_schema(responses=shapes.ScheduledSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """The soonest first: a plain list."""
        own = ScheduledMessage.objects.of(self.actor).filter(conversation=self.conversation(pk))
        return Response([scheduled_card(each) for each in own])

    @extend_schema(
        request=shapes.NewScheduledSerializer, responses={201: shapes.ScheduledSerializer}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Keep a message until its time; the same client_id again answers with the first."""
        wanted = self.read(shapes.NewScheduledSerializer)
        wanted.pop("media", None)
        scheduled = actions.schedule_message(self.actor, pk, **wanted)
        return Response(scheduled_card(scheduled), status.HTTP_201_CREATED)


class ScheduledDoor(ChatView):
    """One scheduled message."""

    @extend_schema(request=shapes.ScheduledChangeSerializer, responses=shapes.ScheduledSerializer)
    def patch(self, request: Request, scheduled_id: UUID) -> Response:
        """Other words or another time."""
        wanted = self.read(shapes.ScheduledChangeSerializer)
        return Response(scheduled_card(actions.edit_scheduled(self.actor, scheduled_id, **wanted)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, scheduled_id: UUID) -> Response:
        """Do not send it."""
        actions.cancel_scheduled(self.actor, scheduled_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SendScheduled(ChatView):
    @extend_schema(request=None, responses=shapes.MessageSerializer)
    def post(self, request: Request, scheduled_id: UUID) -> Response:
        """Send it now."""
        return Response(self.message(actions.send_scheduled(self.actor, scheduled_id).message))
