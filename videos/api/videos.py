"""Videos by REST: sent in, shown, changed, taken away."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.requests import SignedInApiRequest
from config.preconditions import GuardedView
from videos import actions
from videos.api.base import NO_CONTENT, SHOWN, find_video, shown
from videos.models import Video
from videos.serializers import (
    CoverSerializer,
    DescriptionSerializer,
    UploadSerializer,
    VideoSerializer,
)


class Uploads(APIView):
    """New videos."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=UploadSerializer, responses={201: SHOWN})
    def post(self, request: SignedInApiRequest) -> Response:
        """Upload a file (MP4, MOV or WebM; 3 minutes, 200 MB); follow `state` until published."""
        parsed = UploadSerializer(data=request.data, context={"request": request})
        parsed.is_valid(raise_exception=True)
        file = parsed.validated_data.pop("file")
        video = actions.upload_video(request.user, file, **parsed.validated_data)
        return shown(request, video.pk, status.HTTP_201_CREATED)


class OneVideo(GuardedView):
    """One video."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    edited = tuple(DescriptionSerializer().fields)

    def held(self) -> Any:
        return Video.objects.filter(pk=self.kwargs["video_id"])

    @extend_schema(responses=SHOWN)
    def get(self, request: Request, video_id: UUID) -> Response:
        """Its state, files and counts; 404 for what the asking person may not see."""
        return shown(request, video_id)

    @extend_schema(request=DescriptionSerializer, responses=SHOWN)
    def patch(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Change what one says about one's own; 403 (policy.R5, policy.R7, label.moderator,
        chosen.friends_only)."""
        video = find_video(request, video_id)
        parsed = DescriptionSerializer(
            data=request.data, partial=True, context={"request": request}
        )
        parsed.is_valid(raise_exception=True)
        actions.edit_video(request.user, video, **parsed.validated_data)
        return shown(request, video_id)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Take one's own away for good."""
        actions.delete_video(request.user, find_video(request, video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Cover(APIView):
    """The cover of a posted video."""

    @extend_schema(request=CoverSerializer, responses={202: None})
    def put(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Make the picture at that moment the cover of one's own, within seconds; 400
        (cover.range), 403 (cover.unpublished)."""
        parsed = CoverSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        actions.choose_cover(
            request.user, find_video(request, video_id), parsed.validated_data["at_ms"]
        )
        return Response(status=status.HTTP_202_ACCEPTED)


class Retry(APIView):
    """A failed video."""

    @extend_schema(request=None, responses=SHOWN)
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Prepare one's own failed video once more."""
        actions.retry_video(request.user, find_video(request, video_id))
        return shown(request, video_id)


class VideosOf(generics.ListAPIView):
    """One person's videos that the asking person may see, newest first."""

    serializer_class = VideoSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Video.objects.none()

    def get_queryset(self) -> Any:
        people = User.objects.visible_to(self.request.user)
        author = get_object_or_404(people.named(self.kwargs["username"]))
        videos = Video.objects.visible_to(self.request.user).liked_by(self.request.user)
        return videos.made_by(author).prefetch_related("hashtags")
