"""The REST door to one conversation: what it is, what changed, the person's own part in it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from chat import actions, changes
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView
from chat.models import Conversation, Membership
from config.preconditions import GuardedView


class ConversationDoor(GuardedView, ChatView):
    """One conversation."""

    edited = ("title", "settings")

    def held(self) -> QuerySet[Conversation]:
        return Conversation.objects.filter(pk=self.kwargs["pk"])

    @extend_schema(responses=shapes.ConversationDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """With its members, and authors who left."""
        return Response(self.detail(pk))

    @extend_schema(request=shapes.AboutSerializer, responses=shapes.ConversationDetailSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Give a group another name, description or rules."""
        wanted, group = self.read(shapes.AboutSerializer), self.conversation(pk)
        if "title" in wanted:
            actions.rename(self.actor, group, title=wanted.pop("title"))
        if wanted:
            actions.describe(self.actor, group, **wanted)
        return Response(self.detail(pk))


class Changes(ChatView):
    """What a client missed."""

    @extend_schema(
        parameters=[
            OpenApiParameter("after", WHOLE_NUMBER, description="The revision one has come to"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="Up to 200"),
        ],
        responses=shapes.ChangesSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Each thing changed since, once, in its present state, by revision; gaps are normal."""
        row = self.row(pk)
        if row.state == Membership.State.INVITED:
            raise Http404
        limit = max(1, self.number("limit", changes.PAGE, largest=changes.PAGE) or 1)
        found = changes.changes_after(
            pk,
            self.number("after", 0) or 0,
            from_seq=row.from_seq,
            limit=limit,
            viewer=self.actor,
        )
        following = found.more and replace_query_param(
            request.build_absolute_uri(), "after", found.reached
        )
        return Response({"results": found.events, "head": found.head, "next": following or None})


class Read(ChatView):
    @extend_schema(request=shapes.PlaceSerializer, responses=shapes.ReadSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Say up to where one has read."""
        seq = self.read(shapes.PlaceSerializer)["seq"]
        return Response({"read_seq": actions.mark_read(self.actor, self.conversation(pk), seq=seq)})


class Typing(ChatView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Say that one is typing."""
        actions.note_typing(self.actor, self.conversation(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Leave(ChatView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Leave a group quietly."""
        actions.leave(self.actor, self.conversation(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Accept(ChatView):
    @extend_schema(request=None, responses=shapes.ConversationDetailSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Say yes to a request or an invitation."""
        actions.accept(self.actor, self.conversation(pk))
        return Response(self.detail(pk))


class Decline(ChatView):
    @extend_schema(request=shapes.DeclineSerializer, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        """Say no; with `block` also never again."""
        block = self.read(shapes.DeclineSerializer)["block"]
        actions.decline(self.actor, self.conversation(pk), block=block)
        return Response(status=status.HTTP_204_NO_CONTENT)
