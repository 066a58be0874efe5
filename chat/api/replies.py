"""The REST door to followers' replies to a channel's posts."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions
from chat import serializers as shapes
from chat.actions.replies import post_for
from chat.api.base import WHOLE_NUMBER, ChatView
from chat.cards import channels as channel_cards
from chat.models import Reply
from config.api import CursorPagination


class ReplyPagination(CursorPagination):
    """Newest first: ids rise with time."""

    ordering = "-id"


class Replies(ChatView):
    """Replies to one post."""

    @extend_schema(
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", WHOLE_NUMBER)],
        responses=shapes.ReplyPageSerializer,
    )
    def get(self, request: Request, pk: UUID, seq: int) -> Response:
        """Replies to a post, newest first."""
        _membership, post = post_for(self.actor, self.conversation(pk), seq)
        replies = Reply.objects.visible_to(self.actor).filter(post=post).select_related("author")
        pages = ReplyPagination()
        page: Any = pages.paginate_queryset(replies, request, view=self)
        return pages.get_paginated_response([channel_cards.reply_card(each) for each in page])

    @extend_schema(request=shapes.NewReplySerializer, responses={201: shapes.ReplySerializer})
    def post(self, request: Request, pk: UUID, seq: int) -> Response:
        """Answer a post, where the channel's hosts opened replies."""
        said = self.read(shapes.NewReplySerializer)
        made = actions.reply(self.actor, self.conversation(pk), seq=seq, **said)
        return Response(channel_cards.reply_card(made), status.HTTP_201_CREATED)


class ReplyDoor(ChatView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, reply_id: UUID) -> Response:
        """Take one's own reply back; hosts take any away."""
        actions.remove_reply(self.actor, self.conversation(pk), reply_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
