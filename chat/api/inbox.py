"""The REST door to the inbox: conversations listed, begun, asked for."""

from typing import Any, Self

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as drf
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.regions import asking as regions
from chat import actions, cards
from chat import serializers as shapes
from chat.api.base import WHOLE_NUMBER, ChatView, not_added_card, people
from chat.models import Membership
from chat.pages import attach_previews, hushed_counts, listed, opening
from chat.regions import feature_of
from config.api import CursorPagination

LISTS = ["any", "all", "unread", "groups", "channels", "archive"]


class InboxPagination(CursorPagination):
    """Liveliest first; `?limit=` up to 500, so that an app begins with one question."""

    ordering = ("-active_at", "-pk")  # type: ignore[assignment]
    max_page_size = 500
    USUAL = (20, 100, 500)

    def opens(self, request: Request) -> int:
        """How many rows to read where nothing is asked for but the beginning, by one of the usual
        limits: a page's and one more. Else 0."""
        limit = self.get_page_size(request) or 0
        plain = not request.query_params.keys() - {self.page_size_query_param}
        return limit + 1 if limit in self.USUAL and plain else 0


class InOrder(list):
    """Rows read in a page's order already, where pages take a queryset."""

    def order_by(self, *_names: str) -> Self:
        return self


class Conversations(ChatView):
    """The inbox."""

    @extend_schema(
        operation_id="conversations_inbox",
        parameters=[
            OpenApiParameter("search", description="Words of a name in it"),
            OpenApiParameter("show", enum=LISTS, description="Without it: all of them"),
            OpenApiParameter("folder", OpenApiTypes.UUID, description="One of the person's own"),
            OpenApiParameter("cursor"),
            OpenApiParameter("limit", WHOLE_NUMBER, description="20 without it, 500 at most"),
        ],
        responses=shapes.ConversationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Conversations the person takes part in, liveliest first: `{next, previous, results}`."""
        pages = InboxPagination()
        rows = self.listed(request, pages)
        if words := request.query_params.get("search", "").strip():
            rows = rows.search(words)
        page: list[Membership] = pages.paginate_queryset(rows, request, view=self) or []
        attach_previews(self.actor, page, whole=True)
        return pages.get_paginated_response(cards.conversation_cards(page, hushed_counts(page)))

    def listed(self, request: Request, pages: InboxPagination) -> Any:
        """One of the person's lists, or all conversations."""
        if rows := pages.opens(request):
            return InOrder(opening(self.actor, rows))
        wanted = drf.ChoiceField(choices=LISTS, default="any").run_validation
        show = wanted(request.query_params.get("show") or "any")
        folder = request.query_params.get("folder")
        folder_id = drf.UUIDField().run_validation(folder) if folder else None
        return listed(self.actor, show=show, folder=folder_id).prefetch_related(None)

    @extend_schema(
        request=shapes.NewConversationSerializer,
        responses={201: shapes.ConversationDetailSerializer},
    )
    def post(self, request: Request) -> Response:
        """Start a direct conversation (or open the one there is), make a group or a channel."""
        wanted = self.read(shapes.NewConversationSerializer)
        members = people(wanted["members"])
        kept_out: list[dict[str, str]] = []
        regions.permit(request, feature_of(wanted["kind"]))
        if wanted["kind"] == "direct":
            made = actions.start_direct(self.actor, members[0])
        elif wanted["kind"] == "channel":
            named = {name: wanted[name] for name in ("title", "handle", "description")}
            made = actions.create_channel(self.actor, **named)
        else:
            made = actions.create_group(self.actor, title=wanted["title"], members=members)
            kept_out = [not_added_card(each) for each in made.not_added]
        return Response(self.detail(made.pk, not_added=kept_out), status.HTTP_201_CREATED)


class Requests(Conversations):
    """What waits for the person's yes."""

    http_method_names = ["get", "head", "options"]

    @extend_schema(
        operation_id="conversations_requests",
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", WHOLE_NUMBER)],
        responses=shapes.ConversationPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Message requests and invitations, newest first: `{next, previous, results}`."""
        return super().get(request)

    def listed(self, request: Request, pages: InboxPagination) -> Any:
        return Membership.objects.requests(self.actor).prefetch_related(None)
