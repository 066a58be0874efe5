"""Search and what is going on, by REST."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from videos import search
from videos.serializers.finding import DiscoverSerializer, ResultsSerializer


class Search(APIView):
    """Search."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words, `@name` or `#topic`."),
            OpenApiParameter("tab", str, enum=list(search.TABS), default="all"),
        ],
        responses=ResultsSerializer,
    )
    def get(self, request: Request) -> Response:
        """People, topics, sounds and videos; typing errors are mended where nothing is found."""
        asked = request.query_params
        results = search.find(request.user, asked.get("q", ""), tab=asked.get("tab", "all"))
        return Response(ResultsSerializer(results).data)


class Discover(APIView):
    """What is going on."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=DiscoverSerializer)
    def get(self, request: Request) -> Response:
        """Topics, sounds, people and videos of the moment."""
        return Response(DiscoverSerializer(search.going_on(request.user)).data)
