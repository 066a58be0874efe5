"""Duets, stitches and replies in pictures by REST."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from videos import rights
from videos.actions import remixing
from videos.api.base import NO_CONTENT, find_video
from videos.models import Comment, Video
from videos.serializers import VideoSerializer
from videos.serializers.drafts import DraftSerializer
from videos.serializers.remixing import RemixRightsSerializer, StitchSerializer


def _begun(draft: Video) -> Response:
    return Response(DraftSerializer(draft).data, status.HTTP_201_CREATED)


class RemixRights(APIView):
    """What may be done with a video."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=RemixRightsSerializer)
    def get(self, request: Request, video_id: UUID) -> Response:
        """As it stands now; it is asked again when something is put out."""
        video = find_video(request, video_id)
        may = {
            "may_comment": rights.comment_refusal(request.user, video) is None,
            "may_duet": rights.may_duet(request.user, video),
            "may_stitch": rights.may_stitch(request.user, video),
            "may_download": rights.may_download(request.user, video),
        }
        return Response(RemixRightsSerializer(may).data)


class Duet(APIView):
    """A video beside another."""

    @extend_schema(request=None, responses={201: DraftSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Begin the draft; 403 (policy.R5, remix.audience, remix.chain)."""
        return _begun(remixing.begin_duet(request.user, find_video(request, video_id)))


class Stitch(APIView):
    """A video that begins with a stretch of another."""

    @extend_schema(request=StitchSerializer, responses={201: DraftSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Begin the draft; 400 (stitch.range), 403 as for a duet."""
        parsed = StitchSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video = find_video(request, video_id)
        return _begun(remixing.begin_stitch(request.user, video, **parsed.validated_data))


class VideoReply(APIView):
    """A video that answers a comment."""

    @extend_schema(request=None, responses={201: DraftSerializer})
    def post(self, request: SignedInApiRequest, comment_id: UUID) -> Response:
        """Begin the draft, for whoever may comment there."""
        comments = Comment.objects.visible_to(request.user).select_related("video__author")
        return _begun(
            remixing.begin_reply(request.user, get_object_or_404(comments, pk=comment_id))
        )


class TakenOut(APIView):
    """One's own video in a duet, stitch or reply of somebody else."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Take it out: a duet or stitch is its maker's alone then, a reply loses its link."""
        remixing.take_out_of(request.user, find_video(request, video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(
    parameters=[OpenApiParameter("kind", str, enum=["duet", "stitch", "reply"])],
)
class Remixes(generics.ListAPIView):
    """What was made with a video, as the asking person may see it, newest first."""

    serializer_class = VideoSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Video.objects.none()

    def get_queryset(self) -> Any:
        video = find_video(self.request, self.kwargs["video_id"])
        remixes = Video.objects.visible_to(self.request.user).liked_by(self.request.user)
        remixes = remixes.published().filter(parent=video).prefetch_related("hashtags")
        kind = self.request.query_params.get("kind", "")
        return remixes.filter(parent_kind=kind) if kind else remixes
