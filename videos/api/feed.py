"""The feed by REST."""

from django.db.models import prefetch_related_objects
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from videos import feed
from videos.serializers import (
    FeedSerializer,
)


class Feed(APIView):
    """The feed."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        parameters=[
            OpenApiParameter("tab", str, enum=list(feed.TABS), default=feed.FOR_YOU),
            OpenApiParameter("cursor", str, description="`next` of the page before."),
        ],
        responses=FeedSerializer,
    )
    def get(self, request: Request) -> Response:
        """Six videos at a time, each with its reason; signed out too."""
        asked = request.query_params
        tab = asked.get("tab", feed.FOR_YOU)
        page = feed.page(request.user, tab=tab, cursor=asked.get("cursor", ""))
        prefetch_related_objects([item.video for item in page.items], "hashtags")
        return Response(FeedSerializer(page).data)
