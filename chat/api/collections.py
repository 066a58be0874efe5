"""The REST door to a conversation's collection."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from chat import actions, pages
from chat.api.base import WHOLE_NUMBER, ChatView
from chat.cards import moment
from chat.models import CollectedVideo
from chat.serializers import collections as shapes
from config.api import CursorPagination


class CollectionPagination(CursorPagination):
    """The last saved first."""

    ordering = ("-saved_at", "-pk")  # type: ignore[assignment]


class Collection(ChatView):
    """Videos that the people of a conversation saved for each other."""

    @extend_schema(
        parameters=[OpenApiParameter("cursor"), OpenApiParameter("limit", WHOLE_NUMBER)],
        responses=shapes.CollectionPageSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What the person may watch of it, the last saved first: `{next, previous, results}`."""
        membership = self.part(pk)
        paging = CollectionPagination()
        page: list[CollectedVideo] | None = paging.paginate_queryset(
            pages.collection_of(self.actor, membership.conversation), request, view=self
        )
        tiles = pages.tiles(self.actor, membership, page or [])
        return paging.get_paginated_response([_shown(tile) for tile in tiles])

    @extend_schema(
        request=shapes.SavedVideoSerializer, responses={201: shapes.CollectedVideoSerializer}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Save a video; twice is once."""
        video = self.read(shapes.SavedVideoSerializer)["video"]
        saved = actions.collect_video(self.actor, self.conversation(pk), video=video)
        tile = pages.tiles(self.actor, self.part(pk), [saved])[0]
        return Response(_shown(tile), status.HTTP_201_CREATED)


class CollectedDoor(ChatView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: UUID, video: UUID) -> Response:
        """Take a video out."""
        actions.remove_from_collection(self.actor, self.conversation(pk), video=video)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(tile: pages.Tile) -> dict[str, Any]:
    return {
        "video": str(tile.saved.video_id),
        "card": tile.card,
        "saved_by": tile.saved_by,
        "saved_at": moment(tile.saved.saved_at),
    }
