"""The REST door to who takes part."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, cards
from chat import serializers as shapes
from chat.api.base import ChatView, person


class Members(ChatView):
    """Who takes part."""

    @extend_schema(responses=shapes.MemberSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Everybody who takes part, longest-standing first: a plain list."""
        return Response(self.detail(pk)["members"])

    @extend_schema(request=shapes.UsernameSerializer, responses={201: shapes.MemberSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a friend; `state` says whether they joined or were invited."""
        added = person(self.read(shapes.UsernameSerializer)["username"])
        membership = actions.add_member(self.actor, self.conversation(pk), added)
        return Response(cards.member_card(membership), status.HTTP_201_CREATED)


class MemberDoor(ChatView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, username: str) -> Response:
        """Remove somebody: nothing more reaches them."""
        actions.remove_member(self.actor, self.conversation(pk), person(username))
        return Response(status=status.HTTP_204_NO_CONTENT)
