"""Subtitles by REST: sent as a file or as rows, read by whoever may watch."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from videos.actions import tracks
from videos.api.base import NO_CONTENT, find_video
from videos.models import CaptionTrack, Video
from videos.serializers.subtitles import (
    NewTrackSerializer,
    SubtitlesSerializer,
    TrackChangeSerializer,
    TrackSerializer,
)
from videos.subtitles import parse_webvtt
from videos.subtitles.webvtt import MOST_BYTES


class Subtitles(APIView):
    """The subtitles of a video."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    parser_classes = [MultiPartParser]

    @extend_schema(responses=SubtitlesSerializer(many=True))
    def get(self, request: Request, video_id: UUID) -> Response:
        """The languages there are."""
        video = find_video(request, video_id)
        return Response(SubtitlesSerializer(video.subtitles, many=True).data)

    @extend_schema(request=NewTrackSerializer, responses={201: TrackSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Send a file for one's own video, in place of what is there in its language.

        400 names the line that cannot be read.
        """
        parsed = NewTrackSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        cues = parse_webvtt(parsed.validated_data["file"].read(MOST_BYTES + 1))
        video = find_video(request, video_id)
        track = tracks.write_track(request.user, video, parsed.validated_data["language"], cues)
        return Response(TrackSerializer(track).data, status.HTTP_201_CREATED)


class OneTrack(APIView):
    """The subtitles of a video in one language."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=TrackSerializer)
    def get(self, request: Request, video_id: UUID, language: str) -> Response:
        """All that is read, with its times."""
        return Response(TrackSerializer(find_track(request, video_id, language)).data)

    @extend_schema(request=TrackChangeSerializer, responses=TrackSerializer)
    def put(self, request: SignedInApiRequest, video_id: UUID, language: str) -> Response:
        """Write them; 409 (subtitles.changed) where `version` is not the present one."""
        parsed = TrackChangeSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video = find_video(request, video_id)
        track = tracks.write_track(request.user, video, language, **parsed.validated_data)
        return Response(TrackSerializer(track).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID, language: str) -> Response:
        """Take them away."""
        tracks.delete_track(request.user, find_video(request, video_id), language)
        return Response(status=status.HTTP_204_NO_CONTENT)


def find_track(request: Request, video_id: UUID, language: str) -> CaptionTrack:
    """Of a video that the asking person may watch; otherwise there is none. One query."""
    watchable = Video.objects.watchable_by(request.user).filter(pk=video_id)
    return get_object_or_404(CaptionTrack, video__in=watchable, language=language)
