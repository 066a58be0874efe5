"""The REST door to what was said."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from chat import actions, cards, mentions, passages
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView, person
from chat.models import Conversation, Message
from chat.models.message import MessageQuerySet
from chat.passages import Passage
from config.preconditions import GuardedView


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
        """A stretch of history, newest first: the end of it, or what a place is asked for."""
        messages = Message.objects.visible_to(self.actor).filter(conversation=self.conversation(pk))
        passage = self.passage(messages)
        found = passage.messages[::-1]
        return Response(
            {
                "results": cards.message_cards(found, self.actor),
                "next": self.beyond("before", found[-1:] if passage.has_older else []),
                "newer": self.beyond("after", found[:1] if passage.has_newer else []),
            }
        )

    def passage(self, messages: MessageQuerySet) -> Passage:
        """What the query asks for."""
        limit = max(1, self.number("limit", 50, largest=100) or 1)
        if (thread := self.number("thread", None)) is not None:
            messages = messages.in_thread(thread)
        if (place := self.number("around", None)) is not None:
            return passages.around(messages, place, limit)
        if (place := self.number("after", None)) is not None:
            return passages.after(messages, place, limit)
        return passages.before(messages, self.number("before", None), limit)

    def beyond(self, name: str, last: list[Message]) -> str | None:
        """The address of what follows the last message of a page."""
        url = self.request.build_absolute_uri()
        for other in ("before", "after", "around"):
            url = remove_query_param(url, other)
        return replace_query_param(url, name, last[0].seq) if last else None

    @extend_schema(
        request=shapes.NewMessageSerializer,
        responses={201: shapes.MessageSerializer, 200: shapes.MessageSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say something: 201, or 200 where the same client_id was stored already."""
        said = self.read(shapes.NewMessageSerializer)
        stored = actions.send_message(self.actor, pk, **said)
        code = status.HTTP_200_OK if stored.replayed else status.HTTP_201_CREATED
        return Response(self.message(stored.message), code)


class MessageDoor(GuardedView, ChatView):
    """One message."""

    edited = ("body", "edited_at", "mentions", "unsent_at")

    def held(self) -> QuerySet[Conversation]:
        return Conversation.objects.filter(pk=self.kwargs["pk"])

    @extend_schema(
        operation_id="conversations_message_retrieve", responses=shapes.MessageSerializer
    )
    def get(self, request: Request, pk: UUID, seq: int) -> Response:
        """As it is now."""
        messages = Message.objects.visible_to(self.actor).with_parts()
        found = get_object_or_404(messages, conversation=self.conversation(pk), seq=seq)
        return Response(self.message(found))

    @extend_schema(request=shapes.BodySerializer, responses=shapes.MessageSerializer)
    def patch(self, request: Request, pk: UUID, seq: int) -> Response:
        """Edit one's own words within 15 minutes."""
        wanted = self.read(shapes.BodySerializer)
        edited = actions.edit_message(self.actor, self.conversation(pk), seq=seq, **wanted)
        return Response(self.message(edited))

    @extend_schema(responses=shapes.MessageSerializer)
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Unsend one's own message for everyone: 200 with what is left of it."""
        unsent = actions.unsend_message(self.actor, self.conversation(pk), seq=seq)
        return Response(self.message(unsent))


class Links(ChatView):
    """The cards of what a message links to."""

    @extend_schema(responses=shapes.MessageSerializer)
    def delete(self, request: Request, pk: UUID, seq: int) -> Response:
        """Show none under one's own message: 200 with the message as it is now."""
        actions.unlink_message(self.actor, self.conversation(pk), seq=seq)
        shown = Message.objects.with_parts().get(conversation=pk, seq=seq)
        return Response(self.message(shown))


class Edits(ChatView):
    """What a message said before."""

    @extend_schema(responses=shapes.EditSerializer(many=True))
    def get(self, request: Request, pk: UUID, seq: int) -> Response:
        """The earlier versions of one's own message, oldest first: a plain list."""
        edits = actions.earlier(self.actor, self.conversation(pk), seq=seq)
        shown = [{"body": e.body, "replaced_at": cards.moment(e.replaced_at)} for e in edits]
        return Response(shown)


class Mentions(ChatView):
    """Unread messages that mention the person."""

    @extend_schema(responses=shapes.MentionsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Their places, oldest first; at most the 200 newest."""
        return Response({"results": mentions.unread(self.row(pk))})


class Forwards(ChatView):
    """Sending messages on to other conversations."""

    @extend_schema(request=shapes.NewForwardSerializer, responses=shapes.SharesSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """One result for each conversation, then for each person; a refusal loses no other."""
        wanted = self.read(shapes.NewForwardSerializer)
        wanted["users"] = [person(username) for username in wanted["users"]]
        targets = actions.forward(self.actor, self.conversation(pk), **wanted)
        return Response({"results": [target.card for target in targets]})


class TranslationDoor(ChatView):
    """A message in another language."""

    @extend_schema(request=shapes.LanguageSerializer, responses=shapes.TranslationSerializer)
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """Its words in `to`, else in one's own language; 404 where nothing can translate."""
        to = self.read(shapes.LanguageSerializer)["to"]
        found = actions.translate_message(self.actor, self.conversation(pk), seq=seq, to=to)
        return Response({"words": found.words, "language": found.source})
