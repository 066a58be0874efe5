"""Products in videos, by REST."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from commerce import tags
from commerce.actions import tagging
from commerce.serializers.tags import TagPlaceSerializer, TagSerializer, VideoTagSerializer
from videos.models import Video

NO_CONTENT = {204: None}


def _video(request: Request, video_id: UUID) -> Video:
    return get_object_or_404(Video.objects.watchable_by(request.user), pk=video_id)


class VideoProducts(APIView):
    """The products of one video."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=TagSerializer(many=True))
    def get(self, request: Request, video_id: UUID) -> Response:
        """In the order of their moments."""
        video = _video(request, video_id)
        found = tags.tags_in([video.pk], request.user).get(video.pk, [])
        return Response(TagSerializer(found, many=True).data)


class VideoProduct(APIView):
    """One product in one's own video."""

    @extend_schema(request=TagPlaceSerializer, responses=TagSerializer)
    def put(self, request: SignedInApiRequest, video_id: UUID, product_id: UUID) -> Response:
        """Show it, or show it at another moment or place."""
        video = _video(request, video_id)
        parsed = TagPlaceSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        tag = tagging.tag_product(request.user, video, product_id, **parsed.validated_data)
        return Response(TagSerializer(tag).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID, product_id: UUID) -> Response:
        """Show it no longer."""
        tagging.untag_product(request.user, _video(request, video_id), product_id)
        return Response(status=204)


class TaggedVideos(APIView):
    """Products of several videos at once: for a page of the feed."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[OpenApiParameter("v", UUID, many=True, description="Videos, at most 30.")],
        responses=VideoTagSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Those of the videos that one may watch; others are left out."""
        wanted = request.query_params.getlist("v")[: tags.MOST_VIDEOS]
        keys = {key for text in wanted if (key := _uuid(text))}
        found = tags.tags_in(keys, request.user)
        shown = [tag for some in found.values() for tag in some]
        return Response(VideoTagSerializer(shown, many=True).data)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
