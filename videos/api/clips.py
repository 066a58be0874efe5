"""The films of one's drafts by REST; new ones come by resumable upload, as the purpose "clip"."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.media import serve
from accounts.requests import SignedInApiRequest
from videos.actions import clips
from videos.api.base import NO_CONTENT
from videos.models import Clip
from videos.serializers.clips import ClipSerializer


def _own(request: SignedInApiRequest, clip_id: UUID) -> Clip:
    mine = Clip.objects.select_related("video").filter(video__author=request.user)
    return get_object_or_404(mine, pk=clip_id)


class OneClip(APIView):
    """One film of one's own draft."""

    @extend_schema(responses=ClipSerializer)
    def get(self, request: SignedInApiRequest, clip_id: UUID) -> Response:
        """How it stands; `clip.changed` tells the same over the socket."""
        return Response(ClipSerializer(_own(request, clip_id).card()).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, clip_id: UUID) -> Response:
        """Take it out of the draft for good, also while it is on its way."""
        clips.remove_clip(request.user, _own(request, clip_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ClipPreview(APIView):
    """What the editor plays of it."""

    @extend_schema(responses={(200, "video/mp4"): OpenApiTypes.BINARY})
    def get(self, request: SignedInApiRequest, clip_id: UUID) -> HttpResponseBase:
        """A 360p MP4, by Range; 404 until it is made."""
        clip = _own(request, clip_id)
        if not clip.preview:
            raise Http404
        return serve(request._request, clip.preview, public=False)
