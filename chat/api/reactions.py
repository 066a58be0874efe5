"""The REST door to reactions."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, cards, reactors
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView
from chat.models import Reaction
from config.api import CursorPagination


class ReactionPagination(CursorPagination):
    """The oldest first, as they stand under the message."""

    ordering = ("created_at", "pk")  # type: ignore[assignment]


class Reactions(ChatView):
    """Reactions to one message."""

    @extend_schema(
        parameters=[
            OpenApiParameter("emoji", description="Only this one"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", WHOLE_NUMBER),
        ],
        responses=shapes.ReactionPageSerializer,
    )
    def get(self, request: Request, pk: UUID, seq: int) -> Response:
        """Who reacted, and with what, the oldest first; in a channel for those who run it."""
        given = reactors.reactions_to(self.actor, self.conversation(pk), seq)
        if emoji := request.query_params.get("emoji"):
            given = given.filter(emoji=emoji)
        paging = ReactionPagination()
        page: list[Reaction] | None = paging.paginate_queryset(given, request, view=self)
        return paging.get_paginated_response([_reaction(each) for each in page or ()])

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


def _reaction(reaction: Reaction) -> cards.Card:
    return {
        "emoji": reaction.emoji,
        "user": reaction.user.card(),
        "reacted_at": cards.moment(reaction.created_at),
    }
