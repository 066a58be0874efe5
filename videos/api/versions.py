"""The films of one's own video by REST; a new one also comes by resumable upload, as the purpose
"version" with the video's id as `video`."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from videos.actions import replacing
from videos.api.base import NO_CONTENT
from videos.models import Video
from videos.serializers.versions import NewVersionSerializer, VersionSerializer


class Versions(APIView):
    """What a video plays, what it played, and what is on its way."""

    parser_classes = [MultiPartParser]

    @extend_schema(responses=VersionSerializer(many=True))
    def get(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """The newest first; none before the first film was replaced."""
        versions = _own(request, video_id).versions.all()
        return Response(VersionSerializer(versions, many=True).data)

    @extend_schema(request=NewVersionSerializer, responses={202: VersionSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Send another film. The old one plays until the new one can; follow `video.replacing` on
        the socket. Likes, comments, views and links stay."""
        parsed = NewVersionSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video = _own(request, video_id)
        version = replacing.replace_film(request.user, video, parsed.validated_data["file"])
        return Response(VersionSerializer(version).data, status.HTTP_202_ACCEPTED)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Take back what is on its way; 404 where nothing is."""
        replacing.take_version_back(request.user, _own(request, video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(request: SignedInApiRequest, video_id: UUID) -> Video:
    return get_object_or_404(Video.objects.filter(author=request.user).with_parts(), pk=video_id)
