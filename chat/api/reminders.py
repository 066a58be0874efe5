"""The REST door to a person's reminders."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView
from chat.cards.own import Card, reminder_cards
from chat.models import Reminder


class RemindersView(ChatView):
    def card(self, reminder: Reminder) -> Card:
        return reminder_cards(self.actor, [reminder])[0]


class Reminders(RemindersView):
    @extend_schema(responses=shapes.ReminderSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The person's own: those that came first, then the soonest; a plain list."""
        return Response(reminder_cards(self.actor, Reminder.objects.of(self.actor)))


class MessageReminder(RemindersView):
    @extend_schema(request=shapes.NewReminderSerializer, responses=shapes.ReminderSerializer)
    def put(self, request: Request, pk: UUID, seq: int) -> Response:
        """Be reminded of a message; the time of one that waits already is changed."""
        wanted = self.read(shapes.NewReminderSerializer)
        return Response(
            self.card(actions.remind(self.actor, self.conversation(pk), seq=seq, **wanted))
        )


class ReminderDoor(RemindersView):
    """One reminder."""

    @extend_schema(request=shapes.NewReminderSerializer, responses=shapes.ReminderSerializer)
    def patch(self, request: Request, reminder_id: UUID) -> Response:
        """Another time, also again."""
        wanted = self.read(shapes.NewReminderSerializer)
        return Response(self.card(actions.move_reminder(self.actor, reminder_id, **wanted)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, reminder_id: UUID) -> Response:
        """Done with it, or no longer wanted."""
        actions.finish_reminder(self.actor, reminder_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
