"""Co-creators by REST: invited by the author, answered by themselves."""

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

from accounts.models import User
from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from videos.actions import crediting
from videos.api.base import NO_CONTENT, find_video
from videos.models import Credit, Video
from videos.serializers.credits import (
    CreditSerializer,
    InvitationSerializer,
    OwnCreditSerializer,
)


class Credits(APIView):
    """The co-creators of a video."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=CreditSerializer(many=True))
    def get(self, request: Request, video_id: UUID) -> Response:
        """Who accepted; to the author also who was asked."""
        return Response(CreditSerializer(_shown(request, video_id), many=True).data)

    @extend_schema(request=InvitationSerializer, responses={201: CreditSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Ask a friend to be named in one's own video: at most 5."""
        parsed = InvitationSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video = find_video(request, video_id)
        person = _person(request, parsed.validated_data["username"])
        credit = crediting.invite_co_creator(request.user, video, person)
        return Response(CreditSerializer(credit).data, status.HTTP_201_CREATED)


def _shown(request: Request, video_id: UUID) -> Any:
    video = find_video(request, video_id)
    if request.user.is_authenticated and video.author_id == request.user.pk:
        return video.credits.standing().select_related("user").order_by("pk")
    return video.credits.all().visible_to(request.user)


class OneCredit(APIView):
    """One co-creator of one's own video."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID, username: str) -> Response:
        """Take the invitation back, or the name away."""
        person = get_object_or_404(User.objects.named(username))
        crediting.remove_co_creator(request.user, find_video(request, video_id), person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnCredit(APIView):
    """One's own part in somebody else's video, whoever can watch that by now."""

    @extend_schema(request=None, responses=CreditSerializer)
    def put(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Accept the invitation."""
        credit = crediting.accept_credit(request.user, _video(video_id))
        return Response(CreditSerializer(credit).data)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Decline it, or be named no more."""
        crediting.end_credit(request.user, _video(video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ByAsking(CursorPagination):
    """What one was asked last comes first."""

    ordering = "-asked_at"


class OwnCredits(generics.ListAPIView):
    """Every video of others that one was asked to be named in, or is."""

    serializer_class = OwnCreditSerializer
    pagination_class = ByAsking
    queryset = Credit.objects.none()

    def get_queryset(self) -> Any:
        return Credit.objects.of(self.request.user)


def _video(video_id: UUID) -> Video:
    return get_object_or_404(Video, pk=video_id)


def _person(request: SignedInApiRequest, username: str) -> User:
    """Whom one can name; `Http404` for others, as on their own page."""
    person = User.objects.visible_to(request.user).named(username).first()
    if person is None:
        raise Http404
    return person
