"""The feed by REST: its pages, why a video is there, and what one tells it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from videos import actions, feed
from videos.api.base import NO_CONTENT, find_video
from videos.feed import explained
from videos.models import Taste
from videos.reading import attach_hashtags
from videos.serializers.feed import (
    ExplainedSerializer,
    FeedSerializer,
    FeedSettingsSerializer,
    LessSerializer,
    NewTasteSerializer,
    TasteSerializer,
    WhySerializer,
)

PAGE = FeedSerializer()  # one for all: what it is made of takes longer to make than to use


class Feed(APIView):
    """The feed."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        parameters=[
            OpenApiParameter("tab", str, enum=list(feed.TABS), default=feed.FOR_YOU),
            OpenApiParameter("cursor", str, description="`next` of the page before."),
        ],
        responses=FeedSerializer,
    )
    def get(self, request: Request) -> Response:
        """Ten videos at a time, each with its reason; signed out too."""
        asked = request.query_params
        tab = asked.get("tab", feed.FOR_YOU)
        page = actions.feed_page(request.user, tab=tab, cursor=asked.get("cursor", ""))
        attach_hashtags([item.video for item in page.items])
        return Response(PAGE.to_representation(page))


class Explained(APIView):
    """What decides which videos come."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=ExplainedSerializer)
    def get(self, request: Request) -> Response:
        """The parameters and what each weighs, as they are used now; signed out too (R47)."""
        told = {
            "shares": explained.shares(),
            "responses": explained.responses(),
            "ties": explained.ties(),
        }
        return Response(ExplainedSerializer(told).data)


class Why(APIView):
    """The reason for one video."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        parameters=[OpenApiParameter("tab", str, enum=list(feed.TABS), default=feed.FOR_YOU)],
        responses=WhySerializer,
    )
    def get(self, request: Request, video_id: UUID) -> Response:
        """Why the asking person sees this video there."""
        in_time = feed.is_in_time(request.query_params.get("tab", ""))
        found = feed.why(request.user, find_video(request, video_id), in_time=in_time)
        return Response(WhySerializer(found).data)


class NotInterested(APIView):
    """Less of a video."""

    @extend_schema(request=LessSerializer, responses={201: TasteSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Show no more of this video, its author, its sound or one of its topics."""
        parsed = LessSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video = find_video(request, video_id)
        taste = actions.not_interested(request.user, video, **parsed.validated_data)
        return Response(TasteSerializer(taste).data, status.HTTP_201_CREATED)


class FeedSettings(APIView):
    """How one's own feed is made."""

    @extend_schema(responses=FeedSettingsSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """Whether it is made for the person."""
        return Response({"is_personal": feed.is_personal(request.user)})

    @extend_schema(request=FeedSettingsSerializer, responses=FeedSettingsSerializer)
    def patch(self, request: SignedInApiRequest) -> Response:
        """Turn the profile on, or off: then it is forgotten, and none is made."""
        parsed = FeedSettingsSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        actions.set_personal(request.user, **parsed.validated_data)
        return self.get(request)


class Reset(APIView):
    """A new beginning."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def post(self, request: SignedInApiRequest) -> Response:
        """Forget what the feed learned and what it was told."""
        actions.reset_feed(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Tastes(generics.ListAPIView):
    """What one told one's own feed, newest first."""

    serializer_class = TasteSerializer
    queryset = Taste.objects.none()
    pagination_class = None

    def get_queryset(self) -> QuerySet[Taste]:
        return Taste.objects.of(self.request.user)

    @extend_schema(request=NewTasteSerializer, responses={201: TasteSerializer, 204: None})
    def post(self, request: SignedInApiRequest) -> Response:
        """Move a topic's slider, or mute a word."""
        parsed = NewTasteSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        taste = _told(request, **parsed.validated_data)
        if taste is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(TasteSerializer(taste).data, status.HTTP_201_CREATED)


def _told(request: SignedInApiRequest, kind: str, key: str, level: Any) -> Taste | None:
    if kind == Taste.Kind.WORD:
        return actions.mute_word(request.user, key)
    return actions.set_topic(request.user, key, int(level))


class OneTaste(APIView):
    """One thing told."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, taste_id: int) -> Response:
        """Take it back."""
        actions.take_back(request.user, taste_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
