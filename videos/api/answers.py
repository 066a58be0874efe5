"""Hearts and comments by REST."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.requests import SignedInApiRequest
from config.api import CursorPagination
from videos import actions
from videos.api.base import NO_CONTENT, find_video
from videos.models import Comment
from videos.serializers import (
    CommentSerializer,
    LikeSerializer,
    NewCommentSerializer,
)


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
        video = find_video(request, video_id)
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
        video = find_video(self.request, self.kwargs["video_id"])
        return Comment.objects.visible_to(self.request.user).filter(video=video)

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: SignedInApiRequest, video_id: UUID) -> Response:
        """Write one: 1 to 1,000 characters."""
        parsed = NewCommentSerializer(data=request.data)
        parsed.is_valid(raise_exception=True)
        video, wanted = find_video(request, video_id), parsed.validated_data
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
        find_video(request, comment.video_id)
        actions.delete_comment(request.user, comment)
        return Response(status=status.HTTP_204_NO_CONTENT)
