"""The REST door to the inbox: conversations listed, begun, asked for."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, cards
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView, person
from chat.models import Membership
from config.api import CursorPagination


class InboxPagination(CursorPagination):
    """Liveliest first."""

    ordering = ("-active_at", "-pk")  # type: ignore[assignment]


class Conversations(ChatView):
    """The inbox."""

    rows = staticmethod(Membership.objects.inbox)

    @extend_schema(
        operation_id="conversations_inbox",
        parameters=[
            OpenApiParameter("search", description="Words of a name in it"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", WHOLE_NUMBER),
        ],
        responses=shapes.ConversationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Conversations the person takes part in, liveliest first: `{next, previous, results}`."""
        rows: Any = self.rows(self.actor)
        if words := request.query_params.get("search", "").strip():
            rows = rows.search(words)
        pages = InboxPagination()
        page: list[Membership] | None = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response([cards.conversation_card(row) for row in page or ()])

    @extend_schema(
        request=shapes.NewConversationSerializer,
        responses={201: shapes.ConversationDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        """Start a direct conversation (the one there is, if there is one) or make a group."""
        wanted = self.read(shapes.NewConversationSerializer)
        members = [person(username) for username in wanted["members"]]
        if wanted["kind"] == "direct":
            made, kept_out = actions.start_direct(self.actor, members[0]), []
        else:
            made = actions.create_group(self.actor, title=wanted["title"], members=members)
            kept_out = [_not_added(each) for each in made.not_added]
        return Response(self.detail(made.pk, not_added=kept_out), status.HTTP_201_CREATED)


def _not_added(kept_out: actions.NotAdded) -> dict[str, str]:
    return {
        "username": kept_out.person.username,
        "code": kept_out.code,
        "detail": str(kept_out.detail),
    }


class Requests(Conversations):
    """What waits for the person's yes."""

    rows = staticmethod(Membership.objects.requests)
    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="conversations_requests",
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", WHOLE_NUMBER)],
        responses=shapes.ConversationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Message requests and invitations, newest first: `{next, previous, results}`."""
        return super().get(request)
