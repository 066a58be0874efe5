"""A video to take along by REST, marked with Medley's sign and its author's name."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.media import serve
from accounts.requests import SignedInApiRequest
from videos.actions.downloading import Download, ask_for_download, download_of
from videos.api.base import find_video
from videos.serializers.downloading import DownloadSerializer


def _told(video_id: UUID, download: Download, code: int) -> Response:
    is_ready = download.state == Download.READY
    url = reverse("api:video-download-file", args=[video_id]) if is_ready else None
    told = {"state": download.state, "percent": download.percent, "size": download.size, "url": url}
    return Response(DownloadSerializer(told).data, code)


class DownloadDoor(APIView):
    """The copy of a video."""

    @extend_schema(responses=DownloadSerializer)
    def get(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """How it stands; 403 where the author lets nobody have one."""
        found = download_of(request.user, find_video(request, video_id))
        return _told(video_id, found, status.HTTP_200_OK)

    @extend_schema(request=None, responses={200: DownloadSerializer, 202: DownloadSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Have it made: 202 until it is ready, then 200. It is kept for three days."""
        asked = ask_for_download(request.user, find_video(request, video_id))
        is_ready = asked.state == Download.READY
        return _told(video_id, asked, status.HTTP_200_OK if is_ready else status.HTTP_202_ACCEPTED)


class DownloadFile(APIView):
    """The copy itself."""

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: SignedInApiRequest, video_id: UUID) -> HttpResponseBase:
        """An MP4, by Range; 404 until it is made."""
        video = find_video(request, video_id)
        found = download_of(request.user, video)
        if found.state != Download.READY:
            raise Http404
        name = f"medley-{video.author.get_username()}-{video.pk.hex[-8:]}.mp4"
        return serve(request._request, found.file.file, public=False, download_as=name)
