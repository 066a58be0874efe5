"""The REST door to what was said."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from chat import actions, cards
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView
from chat.models import Message


class Messages(ChatView):
    """What was said."""

    @extend_schema(
        parameters=[
            OpenApiParameter("before", WHOLE_NUMBER, description="Only places below this seq"),
            OpenApiParameter("after", WHOLE_NUMBER, description="Those after this seq"),
            OpenApiParameter("around", WHOLE_NUMBER, description="This seq and its neighbours"),
            OpenApiParameter("thread", WHOLE_NUMBER, description="Only the thread of this seq"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="Up to 100; 50 by itself"),
        ],
        responses=shapes.HistorySerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """History, newest first."""
        conversation = self.conversation(pk)
        limit = max(1, self.number("limit", 50, largest=100) or 1)
        messages = Message.objects.visible_to(self.actor).filter(conversation=conversation)
        page = list(messages.with_parts().before(self.number("before", None))[: limit + 1])
        results, more = page[:limit], page[limit:]
        following = more and replace_query_param(
            request.build_absolute_uri(), "before", results[-1].seq
        )
        shown = cards.message_cards(results, self.actor)
        return Response({"results": shown, "next": following or None})

    @extend_schema(
        request=shapes.NewMessageSerializer,
        responses={201: shapes.MessageSerializer, 200: shapes.MessageSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say something: 201, or 200 where the same client_id was stored already."""
        said = self.read(shapes.NewMessageSerializer)
        said.pop("media", None)
        stored = actions.send_message(self.actor, pk, **said)
        code = status.HTTP_200_OK if stored.replayed else status.HTTP_201_CREATED
        return Response(self.message(stored.message), code)


class MessageDoor(ChatView):
    """One message."""

    @extend_schema(request=shapes.BodySerializer, responses=shapes.MessageSerializer)
    def patch(self, request: Request, pk: UUID, seq: int) -> Response:
        """Edit one's own words within 15 minutes."""
        body = self.read(shapes.BodySerializer)["body"]
        edited = actions.edit_message(self.actor, self.conversation(pk), seq=seq, body=body)
        return Response(self.message(edited))

    @extend_schema(responses=shapes.MessageSerializer)
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Unsend one's own message for everyone: 200 with what is left of it."""
        unsent = actions.unsend_message(self.actor, self.conversation(pk), seq=seq)
        return Response(self.message(unsent))


class Reactions(ChatView):
    """Reactions to one message."""

    @extend_schema(request=shapes.EmojiSerializer, responses=shapes.MessageSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """React with an emoji; twice is once."""
        emoji = self.read(shapes.EmojiSerializer)["emoji"]
        reacted = actions.add_reaction(self.actor, pk, seq=seq, emoji=emoji)
        return Response(self.message(reacted))

    @extend_schema(
        parameters=[OpenApiParameter("emoji", required=True)], responses=shapes.MessageSerializer
    )
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Take one's own reaction back."""
        emoji = request.query_params.get("emoji", "")
        left = actions.remove_reaction(self.actor, pk, seq=seq, emoji=emoji)
        return Response(self.message(left))
