"""Sounds by REST: found, kept, used, lent."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from videos.actions import sounds
from videos.api.base import NO_CONTENT, find_video
from videos.models import Sound, Video
from videos.serializers import VideoSerializer
from videos.serializers.drafts import DraftSerializer
from videos.serializers.sounds import (
    LendingSerializer,
    OneSoundSerializer,
    SoundSearchSerializer,
    SoundSerializer,
)
from videos.sounds import finding


def find_sound(request: Request, sound_id: UUID) -> Sound:
    """A sound the asking person may hear; otherwise there is none."""
    found = Sound.objects.visible_to(request.user).saved_by(request.user)
    return get_object_or_404(found, pk=sound_id)


def _shown(request: Request, sound_id: UUID) -> Response:
    sound = find_sound(request, sound_id)
    return Response(OneSoundSerializer(sound, context={"request": request}).data)


class ByUse(CursorPagination):
    """Sounds, the most used first."""

    ordering = ("-use_count", "kind", "-id")  # type: ignore[assignment]


@extend_schema(parameters=[SoundSearchSerializer])
class Sounds(generics.ListAPIView):
    """Sounds that the asking person may use, the most used first; signed out too.

    With `list` at most 50 of that list in its own order, on one page.
    """

    serializer_class = SoundSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = ByUse
    queryset = Sound.objects.none()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = SoundSearchSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        if name := wanted["list"]:
            shown = SoundSerializer(finding.listed(request.user, name), many=True).data
            return Response({"next": None, "previous": None, "results": shown})
        found = finding.search(
            request.user, words=wanted["q"], mood=wanted["mood"], tempo=wanted["tempo"]
        )
        page = self.paginate_queryset(found)
        return self.get_paginated_response(SoundSerializer(page, many=True).data)


class OneSound(APIView):
    """One sound."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=OneSoundSerializer)
    def get(self, request: Request, sound_id: UUID) -> Response:
        """What it is and what one may do with it; 404 for what the asking person cannot hear."""
        return _shown(request, sound_id)

    @extend_schema(request=LendingSerializer, responses=OneSoundSerializer)
    def patch(self, request: SignedInApiRequest, sound_id: UUID) -> Response:
        """Let others use one's own from now on, or nobody new."""
        parsed = LendingSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        sounds.lend_sound(request.user, find_sound(request, sound_id), **parsed.validated_data)
        return _shown(request, sound_id)


class SoundVideos(generics.ListAPIView):
    """Videos that the asking person may see with this sound, newest first."""

    serializer_class = VideoSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Video.objects.none()

    def get_queryset(self) -> Any:
        sound = find_sound(self.request, self.kwargs["sound_id"])
        videos = Video.objects.visible_to(self.request.user).liked_by(self.request.user)
        return videos.published().sounding(sound).prefetch_related("hashtags")


class SavedSoundDoor(APIView):
    """A sound kept for later."""

    @extend_schema(request=None, responses=OneSoundSerializer)
    def post(self, request: SignedInApiRequest, sound_id: UUID) -> Response:
        """Keep it."""
        sounds.save_sound(request.user, find_sound(request, sound_id))
        return _shown(request, sound_id)

    @extend_schema(responses=OneSoundSerializer)
    def delete(self, request: SignedInApiRequest, sound_id: UUID) -> Response:
        """Keep it no more."""
        sounds.unsave_sound(request.user, find_sound(request, sound_id))
        return _shown(request, sound_id)


class UseSound(APIView):
    """A video that begins with a sound."""

    @extend_schema(request=None, responses={201: DraftSerializer})
    def post(self, request: SignedInApiRequest, sound_id: UUID) -> Response:
        """Begin a draft with it; 403 (policy.R5, sound.closed, remix.audience)."""
        draft = sounds.begin_with_sound(request.user, find_sound(request, sound_id))
        return Response(DraftSerializer(draft).data, status.HTTP_201_CREATED)


class WithdrawSound(APIView):
    """One's own sound in other people's videos."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def post(self, request: SignedInApiRequest, sound_id: UUID) -> Response:
        """Take it out of all of them; they fall silent within moments."""
        sounds.withdraw_sound(request.user, find_sound(request, sound_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SoundOfVideo(APIView):
    """The sound of a video: its music, else what was lifted out of it."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=OneSoundSerializer)
    def get(self, request: Request, video_id: UUID) -> Response:
        """404 where it has none, or the asking person cannot hear it."""
        sound_id = Sound.objects.of_video(find_video(request, video_id))
        if sound_id is None:
            raise Http404
        return _shown(request, sound_id)
