"""The REST door to how long messages stay, to streaks, and to words not sent yet."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat import serializers as shapes
from chat.api.base import ChatView
from chat.cards.own import words_card
from chat.models import KeptWords


class Timer(ChatView):
    @extend_schema(request=shapes.TimerSerializer, responses=shapes.ConversationDetailSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        """Let new messages disappear after a time, or never."""
        wanted = self.read(shapes.TimerSerializer)
        actions.set_timer(self.actor, self.conversation(pk), **wanted)
        return Response(self.detail(pk))


class Streaks(ChatView):
    @extend_schema(request=shapes.StreaksSerializer, responses=shapes.StreaksSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        """Take part in this conversation's streak, or not."""
        wanted = self.read(shapes.StreaksSerializer)
        membership = actions.set_streaks(self.actor, self.conversation(pk), **wanted)
        return Response({"on": membership.keeps_streaks})


class Drafts(ChatView):
    @extend_schema(operation_id="drafts_all", responses=shapes.WordsSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What the person began to write, in all conversations; the newest first: a plain list."""
        own = KeptWords.objects.of(self.actor)
        return Response([words_card(kept.membership.conversation_id, kept) for kept in own])


class Draft(ChatView):
    @extend_schema(request=shapes.NewWordsSerializer, responses=shapes.WordsSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        """Keep what is not sent yet; answers what is kept now, by another device perhaps."""
        kept = actions.keep_words(self.actor, pk, **self.read(shapes.NewWordsSerializer))
        return Response(words_card(pk, kept))
