"""What the REST door of videos shares: which video, as this person may see it."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from videos.models import Video
from videos.serializers import OwnVideoSerializer, VideoSerializer

NO_CONTENT = {204: None}
SHOWN = PolymorphicProxySerializer(
    "ShownVideo", [OwnVideoSerializer, VideoSerializer], resource_type_field_name=None
)


def find_video(request: Request, video_id: UUID) -> Video:
    """A video the asking person may see; otherwise there is none."""
    videos = Video.objects.visible_to(request.user).liked_by(request.user)
    return get_object_or_404(videos.prefetch_related("hashtags"), pk=video_id)


def shown(request: Request, video_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    """A video as the asking person sees it; its author sees more of it."""
    video = find_video(request, video_id)
    is_own = video.author_id == request.user.pk
    return Response((OwnVideoSerializer if is_own else VideoSerializer)(video).data, code)
