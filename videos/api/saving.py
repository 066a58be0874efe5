"""What people keep, by REST: saved videos, collections, reposts, history."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.ports import share_reach
from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from config.preconditions import GuardedView
from videos import actions, shelves
from videos.api.base import NO_CONTENT, find_video
from videos.models import Collection, Like, Repost, Saved, Video
from videos.serializers import VideoSerializer
from videos.serializers.saving import (
    CollectionChangeSerializer,
    CollectionSerializer,
    HistorySettingSerializer,
    KeptSerializer,
    NewCollectionSerializer,
    PeopleSerializer,
)


class _Keeping(APIView):
    """Something kept by POST and let go by DELETE; either may be repeated."""

    def _shown(self, request: Request, video_id: UUID) -> Response:
        video: Any = find_video(request, video_id)
        return Response(KeptSerializer(video).data)


class Saving(_Keeping):
    """Keeping a video for oneself."""

    @extend_schema(request=None, responses=KeptSerializer)
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Keep it."""
        actions.save_video(request.user, find_video(request, video_id))
        return self._shown(request, video_id)

    @extend_schema(responses=KeptSerializer)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Keep it no longer; it leaves one's own collections too."""
        actions.unsave_video(request.user, find_video(request, video_id))
        return self._shown(request, video_id)


class Reposting(_Keeping):
    """Showing another's video to one's followers."""

    @extend_schema(request=None, responses=KeptSerializer)
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Show it; only what everybody can watch."""
        actions.repost(request.user, find_video(request, video_id))
        return self._shown(request, video_id)

    @extend_schema(responses=KeptSerializer)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Show it no longer."""
        actions.unrepost(request.user, find_video(request, video_id))
        return self._shown(request, video_id)


# --- Lists of videos ------------------------------------------------------------------------------


class _KeptPages(CursorPagination):
    ordering = "-kept_at"


class _Videos(generics.ListAPIView):
    serializer_class = VideoSerializer
    queryset = Video.objects.none()
    pagination_class: type[CursorPagination] = _KeptPages

    def shown(self) -> Any:
        viewer = self.request.user
        return Video.objects.visible_to(viewer).liked_by(viewer).prefetch_related("hashtags")


class SavedVideos(_Videos):
    """What one has saved, the latest first."""

    def get_queryset(self) -> Any:
        return self.shown().kept_by(self.request.user, Saved)


class LikedVideos(_Videos):
    """What one gave a heart, the latest first; nobody else's to see."""

    def get_queryset(self) -> Any:
        return self.shown().kept_by(self.request.user, Like)


class RepostsOf(_Videos):
    """What somebody reposted, the latest first."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self) -> Any:
        people = User.objects.visible_to(self.request.user)
        person = get_object_or_404(people.named(self.kwargs["username"]))
        return self.shown().kept_by(person, Repost)


class History(_Videos):
    """What one watched, the latest first."""

    class Pages(CursorPagination):
        ordering = "-watched_at"

    pagination_class = Pages

    def get_queryset(self) -> Any:
        viewer = self.request.user
        watched = Video.objects.all().watched_by(viewer)
        return watched.liked_by(viewer).prefetch_related("hashtags")

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest) -> Response:
        """Take everything out of it."""
        actions.clear_history(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OneOfHistory(APIView):
    """One video of one's history."""

    @extend_schema(operation_id="me_history_video_destroy", responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Take it out until it is watched again."""
        actions.forget_watching(request.user, find_video(request, video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class HistorySetting(APIView):
    """Whether one's history is kept."""

    @extend_schema(responses=HistorySettingSerializer)
    def get(self, request: SignedInApiRequest) -> Response:
        """As it is."""
        return self._shown(request)

    @extend_schema(request=HistorySettingSerializer, responses=HistorySettingSerializer)
    def put(self, request: SignedInApiRequest) -> Response:
        """Pause, or go on; what is there stays."""
        parsed = HistorySettingSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        actions.pause_history(request.user, paused=parsed.validated_data["is_paused"])
        return self._shown(request)

    def _shown(self, request: SignedInApiRequest) -> Response:
        is_paused = not actions.keeps_history(request.user)
        return Response(HistorySettingSerializer({"is_paused": is_paused}).data)


# --- Collections ----------------------------------------------------------------------------------


def find_collection(request: Request, collection_id: UUID) -> Collection:
    """A collection the asking person may see; otherwise there is none."""
    shown = Collection.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(shown, pk=collection_id)


def _context(request: Request, collections: Iterable[Collection]) -> dict[str, Any]:
    listed = list(collections)
    return {
        "viewer": request.user,
        "covers": shelves.covers_for(request.user, listed),
        "parts": shelves.parts_of(request.user, listed),
    }


def _one(request: Request, collection: Any, code: int = status.HTTP_200_OK) -> Response:
    if collection.owner_id == request.user.pk:
        collection.reach = share_reach("collection", collection.pk)
    context = _context(request, [collection])
    return Response(CollectionSerializer(collection, context=context).data, code)


class _CollectionPages(CursorPagination):
    ordering = "-touched_at"


class _Listed(generics.ListAPIView):
    serializer_class = CollectionSerializer
    pagination_class = _CollectionPages
    queryset = Collection.objects.none()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        shown = CollectionSerializer(page, many=True, context=_context(request, page))
        return self.get_paginated_response(shown.data)


class Collections(_Listed):
    """Collections to which one may add, changed last first."""

    def get_queryset(self) -> Any:
        return Collection.objects.run_by(self.request.user).lately()

    @extend_schema(request=NewCollectionSerializer, responses={201: CollectionSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Make one: 100 at most."""
        parsed = NewCollectionSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        made = actions.make_collection(request.user, **parsed.validated_data)
        return _one(request, made, status.HTTP_201_CREATED)


class CollectionsOf(_Listed):
    """The collections on somebody's profile."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    def get_queryset(self) -> Any:
        people = User.objects.visible_to(self.request.user)
        person = get_object_or_404(people.named(self.kwargs["username"]))
        return Collection.objects.visible_to(self.request.user).filter(owner=person).lately()


class OneCollection(GuardedView):
    """One collection."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    edited = ("name", "is_public")

    def held(self) -> Any:
        return Collection.objects.filter(pk=self.kwargs["collection_id"])

    @extend_schema(responses=CollectionSerializer)
    def get(self, request: Request, collection_id: UUID) -> Response:
        """Its name, owner and count."""
        return _one(request, find_collection(request, collection_id))

    @extend_schema(request=CollectionChangeSerializer, responses=CollectionSerializer)
    def patch(self, request: SignedInApiRequest, collection_id: UUID) -> Response:
        """Another name, on the profile or not; its owner's to do."""
        parsed = CollectionChangeSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        collection = find_collection(request, collection_id)
        actions.change_collection(request.user, collection, **parsed.validated_data)
        return _one(request, find_collection(request, collection_id))

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, collection_id: UUID) -> Response:
        """The collection goes; the videos stay saved."""
        actions.delete_collection(request.user, find_collection(request, collection_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CollectionVideos(_Videos):
    """What is in a collection as far as one may watch it, the latest addition first."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    class Pages(CursorPagination):
        ordering = "-added_at"

    pagination_class = Pages

    def get_queryset(self) -> Any:
        collection = find_collection(self.request, self.kwargs["collection_id"])
        viewer = self.request.user
        videos: Any = collection.videos_for(viewer)
        return videos.liked_by(viewer).prefetch_related("hashtags")


class CollectionVideo(APIView):
    """One video in a collection."""

    @extend_schema(request=None, responses=NO_CONTENT)
    def put(self, request: SignedInApiRequest, collection_id: UUID, video_id: UUID) -> Response:
        """Put it in: 1,000 at most."""
        collection = find_collection(request, collection_id)
        actions.put_in(request.user, collection, find_video(request, video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, collection_id: UUID, video_id: UUID) -> Response:
        """Take it out: who put it in may, and the owner."""
        collection = find_collection(request, collection_id)
        actions.take_out(request.user, collection, get_object_or_404(Video, pk=video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class CollectionPeople(APIView):
    """Who may add to a collection besides its owner."""

    @extend_schema(request=PeopleSerializer, responses=NO_CONTENT)
    def post(self, request: SignedInApiRequest, collection_id: UUID) -> Response:
        """Let friends in: 20 at most."""
        parsed = PeopleSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        collection = find_collection(request, collection_id)
        names = parsed.validated_data["usernames"]
        people = User.objects.visible_to(request.user).filter(username__in=names)
        actions.let_in(request.user, collection, people)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CollectionPerson(APIView):
    """One of them."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, collection_id: UUID, username: str) -> Response:
        """End their part, or one's own; what they added stays."""
        collection = find_collection(request, collection_id)
        person = get_object_or_404(User.objects.all().named(username))
        actions.let_go(request.user, collection, person)
        return Response(status=status.HTTP_204_NO_CONTENT)
