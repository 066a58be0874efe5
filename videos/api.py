"""The REST door of videos."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from videos import actions, feed
from videos.models import Comment, Video
from videos.serializers import (
    CommentSerializer,
    FeedSerializer,
    LikeSerializer,
    NewCommentSerializer,
    UploadSerializer,
    VideoSerializer,
)

NO_CONTENT = {204: None}


def _video(request: Request, video_id: UUID) -> Video:
    """A video the asking person may see; otherwise there is none."""
    videos = Video.objects.visible_to(request.user).liked_by(request.user)
    return get_object_or_404(videos.prefetch_related("hashtags"), pk=video_id)


def _shown(request: Request, video_id: UUID, code: int = status.HTTP_200_OK) -> Response:
    return Response(VideoSerializer(_video(request, video_id)).data, code)


class Uploads(APIView):
    """New videos."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=UploadSerializer, responses={201: VideoSerializer})
    def post(self, request: SignedInApiRequest) -> Response:
        """Upload a file (MP4, MOV or WebM; 3 minutes, 200 MB); follow `state` until published."""
        parsed = UploadSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        file = parsed.validated_data.pop("file")
        video = actions.upload_video(request.user, file, **parsed.validated_data)
        return _shown(request, video.pk, status.HTTP_201_CREATED)


class OneVideo(APIView):
    """One video."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(responses=VideoSerializer)
    def get(self, request: Request, video_id: UUID) -> Response:
        """Its state, files and counts; 404 for what the asking person may not see."""
        return _shown(request, video_id)

    @extend_schema(request=VideoSerializer, responses=VideoSerializer)
    def patch(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Change caption, alt_text or audience of one's own."""
        video = _video(request, video_id)
        parsed = VideoSerializer(video, data=request.data, partial=True)
        parsed.is_valid(raise_exception=True)
        actions.edit_video(request.user, video, **parsed.validated_data)
        return _shown(request, video_id)

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Take one's own away for good."""
        actions.delete_video(request.user, _video(request, video_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Retry(APIView):
    """A failed video."""

    @extend_schema(request=None, responses=VideoSerializer)
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Prepare one's own failed video once more."""
        actions.retry_video(request.user, _video(request, video_id))
        return _shown(request, video_id)


class LikeDoor(APIView):
    """The heart on a video."""

    @extend_schema(request=None, responses=LikeSerializer)
    def post(self, request: Request, video_id: UUID) -> Response:
        """Give it."""
        return self._answer(request, video_id, actions.like, is_liked=True)

    @extend_schema(responses=LikeSerializer)
    def delete(self, request: Request, video_id: UUID) -> Response:
        """Take it back."""
        return self._answer(request, video_id, actions.unlike, is_liked=False)

    def _answer(self, request: Request, video_id: UUID, verb: Any, *, is_liked: bool) -> Response:
        video = _video(request, video_id)
        verb(request.user, video)
        video.refresh_from_db(fields=["like_count"])
        shown = LikeSerializer({"like_count": video.like_count, "is_liked": is_liked})
        return Response(shown.data)


class Comments(generics.ListAPIView):
    """What is written under a video, newest first; answers carry `parent`."""

    serializer_class = CommentSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = CursorPagination
    queryset = Comment.objects.none()

    def get_queryset(self) -> Any:
        video = _video(self.request, self.kwargs["video_id"])
        return Comment.objects.visible_to(self.request.user).filter(video=video)

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Write one: 1 to 1,000 characters."""
        parsed = NewCommentSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video, wanted = _video(request, video_id), parsed.validated_data
        comments = Comment.objects.visible_to(request.user)
        parent = get_object_or_404(comments, pk=wanted["parent"]) if wanted["parent"] else None
        comment = actions.add_comment(request.user, video, body=wanted["body"], parent=parent)
        return Response(CommentSerializer(comment).data, status.HTTP_201_CREATED)


class OneComment(APIView):
    """One comment."""

    @extend_schema(responses=NO_CONTENT)
    def delete(self, request: SignedInApiRequest, comment_id: UUID) -> Response:
        """Take away one's own, or one under one's own video."""
        comment = get_object_or_404(Comment.objects.select_related("video"), pk=comment_id)
        _video(request, comment.video_id)
        actions.delete_comment(request.user, comment)
        return Response(status=status.HTTP_204_NO_CONTENT)


class VideosOf(generics.ListAPIView):
    """One person's videos that the asking person may see, newest first."""

    serializer_class = VideoSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Video.objects.none()

    def get_queryset(self) -> Any:
        people = User.objects.visible_to(self.request.user)
        author = get_object_or_404(people.named(self.kwargs["username"]))
        videos = Video.objects.visible_to(self.request.user).liked_by(self.request.user)
        return videos.filter(author=author).prefetch_related("hashtags")


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
        """Six videos at a time, each with its reason; signed out too."""
        asked = request.query_params
        tab = asked.get("tab", feed.FOR_YOU)
        page = feed.page(request.user, tab=tab, cursor=asked.get("cursor", ""))
        prefetch_related_objects([item.video for item in page.items], "hashtags")
        return Response(FeedSerializer(page).data)
